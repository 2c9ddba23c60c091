/** What an origin name leads to, and the kind of origin that makes it. */
import { accessPointHostOf } from '#base/access-point-host.ts'
import { bucketHostOf } from '#base/bucket-host.ts'
import { compareText } from '#base/canonical.ts'
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import { accessPointTarget } from './access-point-target.ts'
import { apiTarget } from './api-target.ts'
import { bucketTarget } from './bucket.ts'
import { call, gapAbout } from './calls.ts'
import { shapeOf } from './classify.ts'
import { textAt } from './config.ts'
import type { End } from './ends.ts'
import type { Estate } from './estate.ts'
import { refOf } from './facts.ts'
import { functionUrlTarget } from './function-url.ts'
import { instanceHosts } from './host.ts'
import type { Api, LoadBalancer, OriginKind, Target } from './model.ts'
import type { Destination } from './names.ts'

const isEnd =
  <K extends End['kind']>(kind: K) =>
  (end: End): end is Extract<End, { kind: K }> =>
    end.kind === kind

const inWords = (end: End): string => {
  switch (end.kind) {
    case 'load-balancer':
    case 'instance':
      return end.resource.arn
    case 'service':
      return end.name
    case 'address':
      return end.address
    case 'nowhere':
      return `nothing, as ${end.reason}`
    case 'gap':
      return end.gap.message
  }
}

const alsoLeads = (names: readonly string[], end: End): Gap => {
  const name = names[0] ?? ''
  return gapAbout(call('Resolve', name), 'unresolved', `${name} also leads to ${inWords(end)}.`)
}

const unknown = (names: readonly string[], gaps: readonly Gap[]): Target => ({ kind: 'unknown', names, gaps })

const balancersOf = (estate: Estate, ends: readonly End[]): readonly Known<LoadBalancer>[] =>
  [...new Set(ends.filter(isEnd('load-balancer')).map(end => end.resource))].map(estate.loadBalancer)

const serviceTarget = (
  estate: Estate,
  { name, shape }: Extract<End, { kind: 'service' }>,
  names: readonly string[],
  originPath: string,
): Target => {
  const { facts } = estate
  if (shape === 'lambda-url') return functionUrlTarget(facts, name, names)
  if (shape === 'execute-api' || shape === 'api-domain') return apiTarget(estate, name, names, originPath)
  // S3 takes the bucket from the Host header, which is that of the origin's own name.
  if (names.length > 1) return { kind: 'service', names }
  const host = bucketHostOf(name)
  if (host) return bucketTarget(facts, host, names)
  const point = accessPointHostOf(name)
  return point ? accessPointTarget(facts, point, names) : { kind: 'service', names }
}

/** A target where the name leads to no load balancer and everything it leads to is known. */
const otherTarget = (
  estate: Estate,
  names: readonly string[],
  ends: readonly End[],
  originPath: string,
): Target => {
  const [first, ...rest] = ends
  const stranger = rest.find(end => end.kind !== first?.kind || end.kind === 'service')
  if (first === undefined || stranger)
    return unknown(
      names,
      ends.map(end => alsoLeads(names, end)),
    )
  const instances = ends.filter(isEnd('instance'))
  const [instance] = instances
  if (instance) {
    const several = instances.filter(i => i.resource !== instance.resource)
    if (several.length > 0)
      return unknown(
        names,
        instances.map(end => alsoLeads(names, end)),
      )
    const own = textAt(instance.resource.config, 'PublicIpAddress') ?? null
    const addresses = instances.map(i => i.address ?? own).filter(a => a !== null)
    const name = textAt(instance.resource.config, 'InstanceId') ?? instance.resource.arn
    return {
      kind: 'instance',
      ref: refOf(instance.resource, name),
      addresses: [...new Set(addresses)].toSorted(),
      names,
      hosts: instanceHosts(estate.facts, instance.resource),
    }
  }
  if (first.kind === 'service') return serviceTarget(estate, first, names, originPath)
  if (first.kind === 'nowhere') return { kind: 'dangling', names, reason: first.reason }
  const addresses = new Set(ends.filter(isEnd('address')).map(end => end.address))
  return {
    kind: 'external',
    names,
    addresses: [...addresses].toSorted(),
    heldByZones: names.every(name => estate.zones.lookUp(name).sets.length > 0),
  }
}

/**
 * The target of a name. Where it leads to several load balancers the first by ARN is the main one and the others stand
 * beside it; whatever else it leads to, or could not be followed to, stays as a gap. Below the origin path, which decides
 * the API and stage behind a name.
 */
export const targetOf = (estate: Estate, { names, ends }: Destination, originPath: string): Target => {
  const balancers = balancersOf(estate, ends)
  const gaps = [
    ...ends.filter(isEnd('gap')).map(end => end.gap),
    ...balancers.flatMap(balancer => (balancer.known ? [] : balancer.gaps)),
  ]
  const [loadBalancer, ...others] = balancers
    .flatMap(balancer => (balancer.known ? [balancer.value] : []))
    .toSorted((a, b) => compareText(a.ref.arn, b.ref.arn))
  const rest = ends.filter(end => end.kind !== 'load-balancer' && end.kind !== 'gap')
  if (loadBalancer === undefined)
    return gaps.length > 0 ? unknown(names, gaps) : otherTarget(estate, names, rest, originPath)
  const strays = rest.map(end => alsoLeads(names, end))
  return { kind: 'load-balancer', loadBalancer, others, names, vpcOrigin: null, gaps: [...gaps, ...strays] }
}

const balancerKinds: Readonly<Record<LoadBalancer['kind'], OriginKind>> = {
  application: 'alb',
  network: 'nlb',
  classic: 'clb',
  gateway: 'unknown',
}

/**
 * The kind of an endpoint by its name. A name does not tell a REST from an HTTP API: where the API was not found, a stage in
 * the origin path is taken for the former, which always needs one, and none for the `$default` stage of the latter. Nothing
 * safe follows from either. A custom domain name of API Gateway may serve both.
 */
const serviceKind = (names: readonly string[], originPath: string): OriginKind => {
  const shape = shapeOf(names.at(-1) ?? '')
  switch (shape) {
    case 's3-rest':
    case 's3-website':
    case 'nlb':
    case 'lambda-url':
    case 'ec2':
    case 'mediastore':
    case 'mediapackage':
      return shape
    case 'execute-api':
      return originPath === '' ? 'api-http' : 'api-rest'
    default:
      return 'unknown'
  }
}

const apiKinds: Readonly<Record<Api['kind'], OriginKind>> = {
  rest: 'api-rest',
  http: 'api-http',
  websocket: 'unknown',
}

export const kindOf = (target: Target, originPath: string): OriginKind => {
  if (target.kind === 'load-balancer') return balancerKinds[target.loadBalancer.kind]
  if (target.kind === 'instance') return 'ec2'
  if (target.kind === 'api') return apiKinds[target.api.kind]
  const byName = serviceKind(target.names, originPath)
  if (target.kind !== 'external') return byName
  return byName === 'unknown' ? 'external' : byName
}
