/** Asks again which behaviours two requests are taken by and which object they mean, without the search that found them. */
import { normalName } from '#base/domain-name.ts'
import { matchesGlob } from '#base/glob.ts'
import type { Behavior, Link, Topology } from '#topology/model.ts'
import type { Twin, TwinPlace } from '../exposure.ts'
import { backendTargets, balancersOf } from './backend.ts'

const ofTopologies = new WeakMap<Topology, ReadonlyMap<string, Link>>()

/** By id; one and the same map for one topology. */
const linksOf = (topology: Topology): ReadonlyMap<string, Link> => {
  const links = ofTopologies.get(topology) ?? new Map(topology.links.map(l => [l.id, l]))
  ofTopologies.set(topology, links)
  return links
}

/** What is wrong with a twin that is called certain, a sentence each. */
export const twinFaults = (
  topology: Topology,
  { kind, signed, unsigned, signedPath, unsignedPath, object }: Twin,
): readonly string[] => {
  const [guarded, free] = [signed, unsigned].map(({ link }) => linksOf(topology).get(link))
  if (guarded === undefined || free === undefined) return ['One of its origins is not there.']
  return [
    ...(kind === 'order'
      ? orderFaults(guarded, signed, unsigned, signedPath)
      : takenFaults(guarded, signed, signedPath, true)),
    ...takenFaults(free, unsigned, unsignedPath, false),
    ...(sameBackend(topology, guarded, free) ? [] : ['The two origins do not lead to the same backend.']),
    ...[meant(guarded, signedPath), meant(free, unsignedPath)].flatMap(found =>
      found === object ? [] : [`A request means ${found}, not ${object}.`],
    ),
  ]
}

/** The signed pattern names the path, and comes after the other. */
const orderFaults = (
  { distribution: { behaviors } }: Link,
  signed: TwinPlace,
  unsigned: TwinPlace,
  path: string,
): readonly string[] => {
  const [late, early] = [signed, unsigned].map(({ pathPattern }) =>
    behaviors.findIndex(b => b.pathPattern === pathPattern),
  )
  const named = behaviors[late ?? -1]
  if (named === undefined || early === undefined || early < 0) return ['One of its behaviours is not there.']
  if (signed.arn !== unsigned.arn || early > (late ?? -1))
    return [`${unsigned.pathPattern} does not come first.`]
  return named.signed && takes(named, path) ? [] : [`${signed.pathPattern} asks for no signature on ${path}.`]
}

const takenFaults = (
  { distribution, behaviors }: Link,
  { pathPattern }: TwinPlace,
  path: string,
  signed: boolean,
): readonly string[] => {
  const taker = distribution.behaviors.find(b => takes(b, path))
  if (taker?.pathPattern !== pathPattern)
    return [`${path} is taken by ${taker?.pathPattern ?? 'nothing'}, not by ${pathPattern}.`]
  if (!behaviors.includes(taker)) return [`${pathPattern} does not lead to the origin.`]
  return taker.signed === signed
    ? []
    : [`${pathPattern} ${taker.signed ? 'asks for a' : 'asks for no'} signature.`]
}

const takes = ({ isDefault, pathPattern }: Behavior, path: string): boolean =>
  isDefault || matchesGlob(pathPattern.startsWith('/') ? pathPattern : `/${pathPattern}`, normalised(path))

/** By RFC 3986, as CloudFront documents: unreserved characters are decoded, nothing else. */
const normalised = (path: string): string =>
  path.replaceAll(/%[0-9A-F]{2}/gi, code => {
    const c = String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return /[A-Za-z0-9\-._~]/.test(c) ? c : code
  })

const meant = ({ origin }: Link, path: string): string => `${origin.originPath}${decodeURIComponent(path)}`

const sameBackend = (topology: Topology, a: Link, b: Link): boolean => {
  if (a.target.kind === 'bucket' && b.target.kind === 'bucket') return a.target.name === b.target.name
  if (a.origin.vpcOriginId !== null)
    return a.origin.vpcOriginId === b.origin.vpcOriginId || shared(topology, a, b)
  return normalName(a.origin.domainName) === normalName(b.origin.domainName) || shared(topology, a, b)
}

const shared = (topology: Topology, a: Link, b: Link): boolean => {
  const balancers = balancersOf(topology)
  const [one, other] = [a, b].map(link => backendTargets(link, balancers).targets)
  return [...(one ?? [])].some(id => other?.has(id))
}
