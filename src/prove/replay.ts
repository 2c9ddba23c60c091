/** Plays a witness against the topology again: network, listener, web ACL and target, with no part of the search. */
import { addressFamily, containsAddress } from '#base/ip-set.ts'
import type { Link, Topology } from '#topology/model.ts'
import type { Value } from '#topology/sealed.ts'
import { interpretListener } from './alb/interpret.ts'
import { type AlbRequest, splitTarget } from './alb/request.ts'
import { type Balancers, backendOf, relationOf } from './backend.ts'
import { type Door, doorsOf } from './door.ts'
import { unknownHeaders } from './edge-headers.ts'
import type { Witness } from './exposure.ts'
import { spacesOf } from './network/space.ts'
import { sealedValues } from './sealed-values.ts'
import { targetIndex } from './target-index.ts'
import { evaluateWebAcl } from './waf/evaluate.ts'
import { rewritten, wafRequestOf } from './waf/request.ts'

export type Replay =
  | { readonly end: 'backend' | 'login' }
  /** What stopped it, or is not known. */
  | { readonly end: 'stopped'; readonly why: string }

export const replayWitness = (topology: Topology, link: Link, witness: Witness): Replay => {
  const { balancers } = targetIndex(topology)
  const entry = [...balancers.values()].find(lb => lb.dnsName === witness.connect)
  if (entry === undefined) return stopped(`${witness.connect} is no load balancer of the topology`)
  const doors = doorsOf(spacesOf(topology), balancers, entry, witness.vantage).doors
  const open = doors.filter(door => admits(door, witness))
  const ends = open.map(door => throughDoor(door, link, witness, balancers))
  return ends.find(e => e.end !== 'stopped') ?? ends[0] ?? stopped('the network does not carry it there')
}

const stopped = (why: string): Replay => ({ end: 'stopped', why })

const admits = ({ family, entryListener, reach }: Door, witness: Witness): boolean => {
  if (family !== witness.family || entryListener.port !== witness.port || reach.kind !== 'open') return false
  if (addressFamily(witness.source) === null) return reach.sources.example === witness.source
  return containsAddress(reach.sources.sure, witness.source)
}

const throughDoor = (door: Door, link: Link, witness: Witness, balancers: Balancers): Replay => {
  const request = requestFrom(witness, door)
  if (request === null) return stopped('a sealed value of the request is not one of the gate')
  const { rule, outcome } = interpretListener(door.listener, request)
  if (outcome.kind === 'authenticate') return { end: 'login' }
  if (outcome.kind !== 'forward') return stopped(`the listener ends in ${outcome.kind}`)
  if (!passesWebAcl(door, request, rule?.transforms ?? true))
    return stopped('the web ACL does not pass it for sure')
  const relation = relationOf(backendOf(link, balancers), outcome.groups, balancers)
  return relation.kind === 'same'
    ? { end: 'backend' }
    : stopped(`the targets are ${relation.kind}, not the backend`)
}

const passesWebAcl = ({ balancer, vantage }: Door, request: AlbRequest, transforms: boolean): boolean => {
  if (!balancer.webAcl.known) return false
  const acl = balancer.webAcl.value
  if (acl === null) return true
  const seen = wafRequestOf(request, unknownHeaders(vantage))
  const models = transforms ? [seen, rewritten(seen)] : [seen]
  return models.every(model => evaluateWebAcl(acl, model).decision === 'allow')
}

/** Sealed names stand for the patterns of the same load balancer; null where one is not among them. */
const requestFrom = (witness: Witness, door: Door): AlbRequest | null => {
  const values = sealedValues(door.balancer)
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
    port: door.listener.port,
    tls: witness.scheme === 'https',
    method: witness.method,
    host: witness.host === '' ? null : witness.host,
    path,
    query: pairs,
    headers: whole,
  }
}
