/** Plays a witness against the topology again: network, listener, web ACL and target, with no part of the search. */
import type { Link, Topology } from '#topology/model.ts'
import type { Value } from '#topology/sealed.ts'
import { interpretListener } from './alb/interpret.ts'
import { type AlbRequest, splitTarget } from './alb/request.ts'
import { type Balancers, backendOf, relationOf } from './backend.ts'
import { unknownHeaders } from './edge-headers.ts'
import type { Witness } from './exposure.ts'
import type { Approach } from './kubernetes/arrival.ts'
import { behindOf, controllerBehind } from './kubernetes/behind.ts'
import { grantOf } from './lambda-url/grants.ts'
import { replayApi } from './replay/api.ts'
import { stoppedInCluster } from './replay/cluster.ts'
import { replayLinked } from './replay/link.ts'
import { type Arrival, arrivalsOf } from './replay-network.ts'
import { stoppedAtBucket } from './s3/exposure.ts'
import { clusterValues, sealedValues } from './sealed-values.ts'
import { targetIndex } from './target-index.ts'
import { evaluateWebAcl } from './waf/evaluate.ts'
import { rewritten, wafRequestOf } from './waf/request.ts'

export type Replay =
  | { readonly end: 'backend' | 'login' }
  /** What stopped it, or is not known. */
  | { readonly end: 'stopped'; readonly why: string }

export const replayWitness = (topology: Topology, link: Link, witness: Witness): Replay => {
  if (link.target.kind === 'function-url')
    return invoked(link.target, witness, Date.parse(topology.observedAt))
  if (link.target.kind === 'bucket') {
    const why = stoppedAtBucket(link.target, link.origin, witness, Date.parse(topology.observedAt))
    return why === null ? { end: 'backend' } : stopped(why)
  }
  if (link.target.kind === 'api') return replayApi(topology, link.target, witness)
  const { balancers } = targetIndex(topology)
  const linked = replayLinked(
    topology,
    [...balancers.values()],
    witness,
    (arrival, seen) => throughRules(topology, arrival, link, seen, balancers).end === 'backend',
  )
  if (linked !== null) return linked
  const ends = arrivalsOf(topology, witness).map(arrival =>
    throughRules(topology, arrival, link, witness, balancers),
  )
  return (
    ends.find(e => e.end !== 'stopped') ??
    ends[0] ??
    stopped(`the network does not carry it to ${witness.connect}`)
  )
}

const stopped = (why: string): Replay => ({ end: 'stopped', why })

const invoked = (
  { url, siblings }: Extract<Link['target'], { kind: 'function-url' }>,
  { connect, vantage }: Witness,
  now: number,
): Replay => {
  const asked = [url, ...(siblings.known ? siblings.value : [])].find(one => one.host === connect)
  if (asked === undefined) return stopped(`${connect} is no URL of the function`)
  const { kind } = grantOf(asked, vantage === 'tenant', now)
  return kind === 'granted' ? { end: 'backend' } : stopped(`the function URL is ${kind}`)
}

const throughRules = (
  topology: Topology,
  arrival: Arrival,
  link: Link,
  witness: Witness,
  balancers: Balancers,
): Replay => {
  if (arrival.source === null && asksForSource(arrival))
    return stopped('the rules ask for an address that is not known')
  const request = requestFrom(topology, witness, arrival)
  if (request === null) return stopped('a sealed value of the request is not one of the gate')
  const { rule, outcome } = interpretListener(arrival.listener, request)
  if (outcome.kind === 'authenticate') return { end: 'login' }
  if (outcome.kind !== 'forward') return stopped(`the listener ends in ${outcome.kind}`)
  if (!passesWebAcl(arrival, request, rule?.transforms ?? true))
    return stopped('the web ACL does not pass it for sure')
  const relation = relationOf(backendOf(link, balancers), outcome.groups, balancers)
  if (relation.kind !== 'same') return stopped(`the targets are ${relation.kind}, not the backend`)
  const behind = controllerBehind(behindOf(topology, balancers), outcome.groups, balancers)
  const why = behind && stoppedInCluster(link, witness, behind, approachOf(arrival, outcome.groups, witness))
  return why === null ? { end: 'backend' } : stopped(why)
}

const approachOf = (
  { balancer, by }: Arrival,
  groups: Approach['groups'],
  { source }: Witness,
): Approach => ({ balancer, groups, by, clients: [source] })

const asksForSource = ({ listener: { rules } }: Arrival): boolean =>
  rules.known && rules.value.some(r => r.conditions.some(c => c.field === 'source-ip'))

const passesWebAcl = ({ balancer, sender }: Arrival, request: AlbRequest, transforms: boolean): boolean => {
  if (!balancer.webAcl.known) return false
  const acl = balancer.webAcl.value
  if (acl === null) return true
  const seen = wafRequestOf(request, unknownHeaders(sender))
  const models = transforms ? [seen, rewritten(seen)] : [seen]
  return models.every(model => evaluateWebAcl(acl, model).decision === 'allow')
}

/** Sealed names stand for the patterns of the same load balancer; null where one is not among them. */
const requestFrom = (
  topology: Topology,
  witness: Witness,
  { balancer, listener }: Arrival,
): AlbRequest | null => {
  const values = new Map([...clusterValues(topology), ...sealedValues(balancer)])
  const unsealed = (text: string): Value | null => {
    const name = /^\$\{(sealed:[0-9a-f]{8})\}$/.exec(text)?.[1]
    return name === undefined ? text : (values.get(name) ?? null)
  }
  const { path, query } = splitTarget(witness.path)
  const headers = witness.headers.map(([name, text]) => ({ name, value: unsealed(text) }))
  const pairs = query.map(({ key, value }) => ({
    key,
    value: typeof value === 'string' ? unsealed(value) : value,
  }))
  const whole = headers.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]))
  if (whole.length < headers.length) return null
  return {
    source: witness.source,
    port: listener.port,
    tls: witness.scheme === 'https',
    method: witness.method,
    host: witness.host === '' ? null : witness.host,
    path,
    query: pairs,
    headers: whole,
  }
}
