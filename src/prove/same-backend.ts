/** Which ways through CloudFront lead to the same backend, told by target identity. */
import { normalName } from '#base/domain-name.ts'
import type { Link } from '#topology/model.ts'
import type { Backend } from './backend.ts'
import type { Way } from './fronts.ts'
import type { Prover } from './prover.ts'

export interface SameBackend {
  /** Ways that lead to the backend of the link, or may. */
  candidates(link: Link): Iterable<Way>
  /** Told by targets; where those of one are none, by VPC origin or name. */
  isSame(a: Link, b: Link): boolean | 'unknown'
  /** Whether too little was read to tell where the link leads. */
  isLost(link: Link): boolean
}

/** What was worked out for a link; links that lead alike share one. */
interface Place {
  readonly number: number
  readonly backend: Backend
  /** Without targets: name and VPC origin. */
  readonly names: readonly string[]
  readonly lost: boolean
}

export const sameBackend = (ways: readonly Way[], prover: Prover): SameBackend => {
  const placeOf = places(prover)
  const byKey = new Map<string, Way[]>()
  const lost: Way[] = []
  for (const way of ways) {
    const place = placeOf(way.link)
    if (place.lost) lost.push(way)
    for (const key of keysOf(place)) {
      const group = byKey.get(key)
      if (group) group.push(way)
      else byKey.set(key, [way])
    }
  }
  const known = new Map<string, boolean | 'unknown'>()
  return {
    candidates: link => new Set([...keysOf(placeOf(link)).flatMap(key => byKey.get(key) ?? []), ...lost]),
    isSame: (a, b) => {
      if (a.id === b.id) return true
      const [one, other] = [placeOf(a), placeOf(b)]
      const key = `${one.number} ${other.number}`
      const same = known.get(key) ?? compare(one, other)
      known.set(key, same)
      return same
    },
    isLost: link => placeOf(link).lost,
  }
}

const places = (prover: Prover): ((link: Link) => Place) => {
  const ofLink = new Map<Link, Place>()
  const alike = new Map<string, Place>()
  return link => {
    const before = ofLink.get(link)
    if (before) return before
    const backend = prover.backendOf(link)
    const names = namesOf(link)
    const lost = leadsAnywhere(link, backend)
    const signature = JSON.stringify([[...backend.targets], [...backend.maybe], names, lost])
    const place = alike.get(signature) ?? { number: alike.size, backend, names, lost }
    alike.set(signature, place)
    ofLink.set(link, place)
    return place
  }
}

/**
 * A stage of an API is one place, whichever of its names an origin has, and an origin that leaves the stage to the viewer
 * leads to each; a bucket has several host names.
 */
const nameOf = ({ origin, target }: Link): readonly string[] => {
  if (target.kind === 'load-balancer' || target.kind === 'instance') return []
  if (target.kind === 'api') return stagesOf(target).map(stage => `api ${target.api.ref.arn} ${stage}`)
  const name = `name ${normalName(origin.domainName)}`
  return target.kind === 'bucket' ? [name, `bucket ${target.name}`] : [name]
}

const stagesOf = ({ api, stage }: Extract<Link['target'], { kind: 'api' }>): readonly string[] => {
  if (stage !== null) return [stage]
  return ['*', ...(api.stages.known ? api.stages.value.map(s => s.name) : [])]
}

const namesOf = (link: Link): readonly string[] => [
  ...nameOf(link),
  ...(link.origin.vpcOriginId === null ? [] : [`vpc ${link.origin.vpcOriginId}`]),
]

const keysOf = ({ backend: { targets, maybe }, names }: Place): readonly string[] => [
  ...[...targets, ...maybe].map(id => `target ${id}`),
  ...names,
]

const leadsAnywhere = ({ target }: Link, { targets, maybe, reasons }: Backend): boolean => {
  if (target.kind === 'unknown' || reasons.length > 0) return true
  if (target.kind !== 'load-balancer' && target.kind !== 'instance') return false
  return targets.size + maybe.size === 0 || (target.kind === 'load-balancer' && !isRead(target))
}

const isRead = ({ loadBalancer, others }: Extract<Link['target'], { kind: 'load-balancer' }>): boolean =>
  [loadBalancer, ...others].every(lb => lb.listeners.known && lb.listeners.value.every(l => l.rules.known))

const compare = (a: Place, b: Place): boolean | 'unknown' => {
  const [one, other] = [a.backend, b.backend]
  if ([...one.targets].some(id => other.targets.has(id))) return true
  const told = one.targets.size > 0 && other.targets.size > 0
  if (!told && a.names.some(name => b.names.includes(name))) return true
  const perhaps = [...one.targets, ...one.maybe].some(id => other.targets.has(id) || other.maybe.has(id))
  return perhaps || a.lost || b.lost ? 'unknown' : false
}
