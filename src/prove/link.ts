/** The exposure of one link to one vantage: every door of every entry point, rule by rule. */
import type { Link, LoadBalancer, Rule, VpcLink } from '#topology/model.ts'
import { outcomeOf } from './alb/interpret.ts'
import { apiExposure } from './api-gateway/exposure.ts'
import { type Backend, forwardsOf, type Relation, relationOf } from './backend.ts'
import type { Door } from './door.ts'
import { withEdgeFunctions } from './edge-functions.ts'
import type { Entry } from './entry.ts'
import type { Exposure, Obligation, Reason, Vantage, Witness } from './exposure.ts'
import { insideOfRule, noteRefusal, throughBoth } from './kubernetes/rule.ts'
import type { Inside } from './kubernetes/way.ts'
import { functionUrlExposure } from './lambda-url/exposure.ts'
import type { Prover } from './prover.ts'
import { coveredBy, obligationFor } from './rule-gate.ts'
import { bucketExposure } from './s3/exposure.ts'
import { strangersOf, unseenBeside } from './strangers.ts'
import { mayBringSecret, throughLink } from './through-link.ts'
import { distinctReasons, gapReasons, notModelled, unreadReasons } from './uncertainty.ts'
import { waysIn } from './ways-in.ts'

export const exposureOf = (prover: Prover, link: Link, vantage: Vantage): Exposure =>
  withEdgeFunctions(link, withoutEdgeFunctions(prover, link, vantage))

const withoutEdgeFunctions = (prover: Prover, link: Link, vantage: Vantage): Exposure => {
  if (link.target.kind === 'function-url') return functionUrlExposure(link.target, vantage, prover.now)
  if (link.target.kind === 'bucket') return bucketExposure(link.target, link.origin, vantage, prover.now)
  if (link.target.kind === 'api') return apiExposure(link.target, link.origin, vantage, prover)
  const doubts = undecided(link)
  if (doubts.length > 0) return unknown(doubts)
  const backend = prover.backendOf(link)
  const { balancers, entries, reasons, reliesOn } = waysIn(prover, link, backend, vantage)
  const found = nothingFound()
  found.reasons.push(...gapReasons(link.target.kind === 'load-balancer' ? link.target.gaps : []), ...reasons)
  found.reliesOn.push(...reliesOn)
  for (const entry of entries) {
    const open = tryEntry(prover, link, backend, entry, vantage, found)
    if (open !== null) return reached('open', open)
  }
  if (found.guessable !== null) return reached('guessable', found.guessable)
  // Load balancers that were not wholly read matter only where everything else is closed.
  if (found.reasons.length === 0) addStrangers(prover, link, backend, balancers, vantage, found)
  if (found.reasons.length > 0) return unknown(found.reasons)
  return accounted(found)
}

export interface Found {
  readonly obligations: Obligation[]
  readonly reasons: Reason[]
  readonly reliesOn: string[]
  guessable: Witness | null
  /** A request that meets a login in front of the backend. */
  login: Witness | null
  logins: number
}

const nothingFound = (): Found => ({
  obligations: [],
  reasons: [],
  reliesOn: [],
  guessable: null,
  login: null,
  logins: 0,
})

const reached = (verdict: 'open' | 'guessable', witness: Witness): Exposure => ({
  verdict,
  witness,
  certificate: null,
  reasons: [],
})

const unknown = (reasons: readonly Reason[]): Exposure => ({
  verdict: 'unknown',
  witness: null,
  certificate: null,
  reasons: distinctReasons(reasons),
})

const accounted = ({ obligations, reliesOn, login, logins }: Found): Exposure => ({
  verdict: logins > 0 ? 'authenticated' : 'closed',
  witness: logins > 0 ? login : null,
  certificate: { obligations, reliesOn: [...new Set(reliesOn)].toSorted() },
  reasons: [],
})

/** A witness that needs nothing ends the search; everything else is noted in `found`. */
const tryEntry = (
  prover: Prover,
  link: Link,
  backend: Backend,
  entry: Entry,
  vantage: Vantage,
  found: Found,
): Witness | null =>
  entry.way.kind === 'vpc-link' && entry.way.link !== null
    ? tryLinked(prover, link, backend, entry, entry.way.link, vantage, found)
    : tryDoors(prover, link, backend, entry, vantage, found)

/** What the load balancer itself keeps out needs no word of the APIs in front of it, unless they bring what it asks for. */
const tryLinked = (
  prover: Prover,
  link: Link,
  backend: Backend,
  entry: Entry,
  vpcLink: VpcLink,
  vantage: Vantage,
  found: Found,
): Witness | null => {
  const own = nothingFound()
  const open = tryDoors(prover, link, backend, entry, vantage, own)
  if (open !== null) return open
  const isBackend = (rule: Rule): boolean => relationTo(prover, backend, rule).kind === 'same'
  const { verdict, witness, certificate, reasons } =
    own.reasons.length === 0 && !mayBringSecret(vpcLink, link, entry.balancer)
      ? accounted(own)
      : throughLink(prover, { link, entry, vpcLink, vantage, isBackend })
  if (verdict === 'open') return witness
  found.obligations.push(...(certificate?.obligations ?? []))
  found.reliesOn.push(...(certificate?.reliesOn ?? []))
  found.reasons.push(...reasons)
  found.login ??= witness
  if (verdict === 'authenticated') found.logins++
  return null
}

const tryDoors = (
  prover: Prover,
  link: Link,
  backend: Backend,
  entry: Entry,
  vantage: Vantage,
  found: Found,
): Witness | null => {
  const { doors, obligations, reasons, reliesOn } = prover.doorsOf(entry, vantage)
  found.obligations.push(...obligations)
  found.reasons.push(...reasons)
  found.reliesOn.push(...reliesOn)
  for (const door of doors) {
    for (const rule of plainestFirst(door.rules)) {
      const open = tryRule(prover, link, backend, door, rule, found)
      if (open !== null) return open
    }
  }
  return null
}

/** The default rule asks for nothing, so that its witness is the simplest. */
const plainestFirst = (rules: readonly Rule[]): readonly Rule[] => [
  ...rules.filter(r => r.priority === 'default'),
  ...rules.filter(r => r.priority !== 'default'),
]

const tryRule = (
  prover: Prover,
  link: Link,
  backend: Backend,
  door: Door,
  rule: Rule,
  found: Found,
): Witness | null => {
  const gate = prover.gateOf(door, rule)
  if (gate !== null) {
    found.obligations.push(gate)
    return null
  }
  const relation = relationTo(prover, backend, rule)
  if (relation.kind === 'different') {
    const text = 'The rule forwards to targets that the origin does not serve.'
    found.obligations.push(obligationFor(door, rule, 'DIFFERENT_BACKEND', text))
    return null
  }
  const inside = insideOfRule(prover, link, door, rule)
  if (inside?.kind === 'refuses') {
    noteRefusal(door, rule, inside, found)
    return null
  }
  const login = outcomeOf(rule.actions)
  if (login.kind === 'authenticate') {
    noteLogin(prover, door, rule, login.with, found)
    return null
  }
  return noteAttempt(prover, link, door, rule, relation, inside, found)
}

/** Groups of weight 0 receive nothing; where all have weight 0 that is not certain. */
const relationTo = (prover: Prover, backend: Backend, rule: Rule): Relation => {
  const all = forwardsOf(rule)
  const used = all.filter(f => f.weight > 0)
  const groups = (used.length > 0 ? used : all).map(f => f.group)
  const relation = relationOf(backend, groups, prover.index.balancers)
  if (rule.actions.some(a => a.kind === 'unrecognised'))
    return { kind: 'maybe', reasons: [notModelled('The rule has an action of an unknown kind.')] }
  if (used.length > 0 || relation.kind === 'different') return relation
  return { kind: 'maybe', reasons: [notModelled('Every target group of the forward action has weight 0.')] }
}

const noteLogin = (prover: Prover, door: Door, rule: Rule, provider: string, found: Found): void => {
  const tried = prover.attempt(door, rule)
  if (tried.kind === 'covered') {
    found.obligations.push(coveredBy(door, rule, tried.by))
    return
  }
  found.logins++
  found.obligations.push(
    obligationFor(door, rule, 'AUTH', `The rule asks for ${provider} authentication first.`),
  )
  if (tried.kind === 'through' && !tried.guessed) found.login ??= tried.witness
}

const noteAttempt = (
  prover: Prover,
  link: Link,
  door: Door,
  rule: Rule,
  relation: Relation,
  inside: Inside | null,
  found: Found,
): Witness | null => {
  const tried = prover.attempt(door, rule)
  if (tried.kind === 'covered') {
    found.obligations.push(coveredBy(door, rule, tried.by))
    return null
  }
  if (tried.kind === 'unknown') {
    found.reasons.push(...tried.reasons)
    return null
  }
  if (relation.kind === 'maybe') {
    found.reasons.push(...relation.reasons)
    return null
  }
  const whole = inside === null ? tried : throughBoth(prover, link, tried, inside, found)
  if (whole === null) return null
  if (!whole.guessed) return whole.witness
  found.guessable ??= whole.witness
  return null
}

const addStrangers = (
  prover: Prover,
  link: Link,
  backend: Backend,
  balancers: readonly LoadBalancer[],
  vantage: Vantage,
  found: Found,
): void => {
  const { obligations, reasons, reliesOn } = strangersOf(prover, vantage, balancers, backend.reasons)
  found.obligations.push(...obligations)
  found.reasons.push(...reasons, ...unseenBeside(prover, link, balancers))
  found.reliesOn.push(...reliesOn)
}

/** Why an origin is none that can be decided; none for load balancers and for instances whose hosts were read. */
const undecided = ({ target, origin }: Link): readonly Reason[] => {
  switch (target.kind) {
    case 'load-balancer':
      return []
    case 'unknown':
      return gapReasons(target.gaps)
    case 'dangling':
      return [notModelled(`Nothing is there to reach: ${target.reason}.`)]
    case 'external':
      return [notModelled(`${origin.domainName} is no host of the accounts that were read.`)]
    case 'instance':
      if (target.hosts?.known && target.hosts.value.length > 0) return []
      return unreadReasons(
        target.hosts?.known === false ? target.hosts.gaps : [],
        `The network interface of ${target.ref.name}`,
      )
    default:
      return [notModelled(`Origins of the kind ${origin.kind} are not decided by this version.`)]
  }
}
