/**
 * Re-validates a certificate without any part of the search that made it: every rule of every listener of every entry
 * point, for both address families, must be covered by an obligation that still holds.
 */
import type { Link, Listener, LoadBalancer, Rule, Topology } from '#topology/model.ts'
import { backendTargets, balancersOf, behind, entryPoints, groupsOf } from './check/backend.ts'
import { obligationHolds, type Place } from './check/obligation-holds.ts'
import type { Certificate, Obligation, Vantage } from './exposure.ts'

/** What is wrong with the certificate, a sentence each; empty where it proves that the link is closed. */
export const checkCertificate = (
  topology: Topology,
  link: Link,
  vantage: Vantage,
  certificate: Certificate,
): readonly string[] => {
  if (link.target.kind !== 'load-balancer') return ['The origin of the link is no load balancer.']
  const balancers = balancersOf(topology)
  const backend = backendTargets(link, balancers)
  const entries = entryPoints(link, backend, balancers)
  const check: Check = {
    certificate: byPlace(certificate),
    place: { topology, balancers, backend, vantage },
  }
  const unseen = link.target.gaps.map(gap => gap.message)
  // Targets that were not read may be behind any load balancer.
  if (backend.partly && balancers.size > entries.length) unseen.push('Targets of the origin were not read.')
  return [
    ...unseen,
    ...entries.flatMap(entry => ([4, 6] as const).flatMap(family => checkEntry(check, entry, family))),
  ]
}

interface Check {
  readonly certificate: ReadonlyMap<string, readonly Obligation[]>
  readonly place: Pick<Place, 'topology' | 'balancers' | 'backend' | 'vantage'>
}

const key = (entry: string, family: number, listener: string | null, rule: string | null): string =>
  JSON.stringify([entry, family, listener, rule])

/** Listeners of a classic load balancer share one ARN, so that a place may have several. */
const byPlace = ({ obligations }: Certificate): ReadonlyMap<string, readonly Obligation[]> =>
  Map.groupBy(obligations, o => key(o.entryPoint, o.family, o.listener, o.rule))

interface At {
  readonly entry: LoadBalancer
  readonly balancer: LoadBalancer
  readonly family: 4 | 6
  readonly listener: Listener | null
  readonly rule: Rule | null
}

const obligationsAt = (
  { certificate }: Check,
  { entry, family, listener, rule }: At,
): readonly Obligation[] =>
  certificate.get(key(entry.ref.arn, family, listener?.ref.arn ?? null, rule?.ref.arn ?? null)) ?? []

/** Null where no obligation speaks of the place; a sentence or none where one does. */
const covered = (check: Check, at: At): readonly string[] | null => {
  const said = obligationsAt(check, at)
  if (said.length === 0) return null
  if (said.some(o => obligationHolds(o, { ...check.place, ...at }))) return []
  const { entry, listener, rule, family } = at
  return [`${said[0]?.kind} does not hold for ${(rule ?? listener ?? entry).ref.arn} (IPv${family}).`]
}

const checkEntry = (check: Check, entry: LoadBalancer, family: 4 | 6): readonly string[] => {
  const whole = covered(check, { entry, balancer: entry, family, listener: null, rule: null })
  if (whole !== null) return whole
  if (!entry.listeners.known) return [`The listeners of ${entry.ref.arn} were not read.`]
  return entry.listeners.value.flatMap(listener => {
    const own = checkListener(check, entry, entry, family, listener)
    const at = { entry, balancer: entry, family, listener, rule: null }
    const reachable = obligationsAt(check, at).every(o => o.kind !== 'NET_UNREACHABLE')
    if (entry.kind !== 'network' || !listener.rules.known || !reachable) return own
    const inner = listener.rules.value.flatMap(groupsOf).flatMap(f => behind(f.group, check.place.balancers))
    return [...own, ...inner.flatMap(d => checkListener(check, entry, d.balancer, family, d.listener))]
  })
}

const checkListener = (
  check: Check,
  entry: LoadBalancer,
  balancer: LoadBalancer,
  family: 4 | 6,
  listener: Listener,
): readonly string[] => {
  const at = { entry, balancer, family, listener }
  const whole = covered(check, { ...at, rule: null })
  if (whole !== null) return whole
  if (!listener.rules.known) return [`The rules of ${listener.ref.arn} were not read.`]
  if (!listener.rules.value.some(r => r.priority === 'default'))
    return [`${listener.ref.arn} shows no default rule.`]
  return listener.rules.value.flatMap(
    rule => covered(check, { ...at, rule }) ?? [`Nothing closes ${rule.ref.arn} (IPv${family}).`],
  )
}
