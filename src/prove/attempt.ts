/** Tries to get through one rule behind one door, and says what keeps it from being certain where that fails. */
import { addressFamily } from '#base/ip-set.ts'
import type { Condition, Rule } from '#topology/model.ts'
import { isSealed } from '#topology/sealed.ts'
import { isRewritten } from './alb/condition.ts'
import { endingOf } from './alb/gate.ts'
import { interpretListener, isTlsListener, outcomeOf } from './alb/interpret.ts'
import type { AlbRequest } from './alb/request.ts'
import { type CoverProblem, coverOf, type Remainder } from './cover/cover.ts'
import { doubtsOf } from './cover/doubts.ts'
import type { Door } from './door.ts'
import { addedHeaders, isEdgeHeader, unknownHeaders } from './edge-headers.ts'
import type { Reason, Witness } from './exposure.ts'
import type { Budget } from './language/search.ts'
import { type Problem, solve } from './solve/solve.ts'
import { clientMethods, edgeMethods } from './solve/state.ts'
import { distinctReasons, notModelled, uncertain } from './uncertainty.ts'
import { isUnderstood } from './value.ts'
import { webAclGate } from './web-acl-gate.ts'
import { witnessOf } from './witness.ts'

export type Attempt =
  /** Nothing gets there, because earlier rules take everything. */
  | { readonly kind: 'covered'; readonly by: readonly Rule[] }
  | { readonly kind: 'through'; readonly guessed: boolean; readonly witness: Witness }
  | { readonly kind: 'unknown'; readonly reasons: readonly Reason[] }

/** `hosts`: names worth trying as Host. */
export const attempt = (door: Door, rule: Rule, hosts: readonly string[], budget: Budget): Attempt => {
  const tried = getThrough(door, rule, hosts, budget)
  if (tried.kind !== 'unknown') return tried
  const cover = coverOf(coverProblemOf(door, rule))
  if (cover.kind === 'covered') return cover
  if (tried.reasons.length > 0) return tried
  return unknown(cover.kind === 'left' ? unproved(door, cover.remainder) : [givenUp])
}

/** With no reasons where nothing but the search itself says that there is no request. */
const getThrough = (door: Door, rule: Rule, hosts: readonly string[], budget: Budget): Attempt => {
  if (endingOf(rule) === 'unrecognised') return unknown(unreadable(rule))
  if (!carriesWeb(door))
    return unknown([notModelled(`Requests over ${door.listener.protocol} are not decided by this version.`)])
  if (door.reach.kind === 'unknown') return unknown(door.reach.reasons)
  if (door.listener.mutualTls === 'unknown') return unknown([unseenTls])
  const problem = problemOf(door, rule, hosts, budget)
  const { request, guessed, reasons } = solve(problem)
  if (request === null) return unknown(explain(problem, door, reasons))
  const doubt = edgeDoubt(door, rule, request)
  if (doubt.length > 0) return unknown(doubt)
  return { kind: 'through', guessed, witness: witnessOf(door, rule, request) }
}

const unknown = (reasons: readonly Reason[]): Attempt => ({
  kind: 'unknown',
  reasons: distinctReasons(reasons),
})

const unseenTls = notModelled('Whether the listener verifies client certificates was not observed.')

const unreadable = (rule: Rule): readonly Reason[] => {
  const outcome = outcomeOf(rule.actions)
  return outcome.kind === 'unknown'
    ? outcome.reasons
    : [notModelled('The rule has an action of an unknown kind.')]
}

/** Whether TCP, and with it HTTP, gets through the listener. */
const carriesWeb = ({ listener }: Door): boolean => !['UDP', 'QUIC', 'GENEVE'].includes(listener.protocol)

const problemOf = (door: Door, rule: Rule, hosts: readonly string[], budget: Budget): Problem => {
  const { sender, balancer, listener, reach } = door
  const sources = reach.kind === 'open' ? reach.sources : null
  const symbol = sources !== null && addressFamily(sources.example) === null ? sources.example : null
  const tenant = sender === 'tenant'
  return {
    earlier: door.rules.slice(0, door.rules.indexOf(rule)),
    rule,
    webAcl: balancer.webAcl,
    start: {
      methods: tenant ? edgeMethods : clientMethods,
      hosts: [balancer.dnsName, ...hosts],
      sources: sources?.sure ?? [],
      symbol,
      budget,
    },
    wire: { port: listener.port, tls: speaksTls(door), added: addedHeaders(sender, 0) },
    addedNames: unknownHeaders(sender),
    cannotSend: name => (tenant && isEdgeHeader(name)) || isDropped(door, name),
    mayRepeat: !tenant,
  }
}

/** On a plain TCP listener the port tells, as it does for a browser. */
const speaksTls = ({ listener }: Door): boolean =>
  isTlsListener(listener) || (listener.protocol !== 'HTTP' && listener.port === 443)

/** With the other example of what CloudFront adds the request must end the same way. */
const edgeDoubt = (door: Door, rule: Rule, request: AlbRequest): readonly Reason[] => {
  if (door.sender !== 'tenant') return []
  const own = request.headers.slice(addedHeaders('tenant', 0).length)
  const other = interpretListener(door.listener, {
    ...request,
    headers: [...addedHeaders('tenant', 1), ...own],
  })
  return other.rule === rule
    ? []
    : [notModelled('The outcome turns on a value that CloudFront makes up for each request.')]
}

/** Names outside letters, digits and hyphens may be taken off before the rules are tried. */
const isDropped = ({ balancer: { attributes } }: Door, name: string): boolean => {
  if (/^[a-z0-9-]+$/i.test(name)) return false
  return !attributes.known || attributes.value['routing.http.drop_invalid_header_fields.enabled'] === 'true'
}

const coverProblemOf = (door: Door, rule: Rule): CoverProblem => ({
  rule,
  earlier: door.rules.slice(0, door.rules.indexOf(rule)),
  sources: possibleSources(door),
  refused: isWeb(door) ? ['TRACE'] : [],
  budget: coverBudget(door),
})

/** Steps that the proofs behind one door may take: that earlier rules take everything. */
const coverSteps = 300_000
const coverBudgets = new WeakMap<Door, Budget>()

const coverBudget = (door: Door): Budget => {
  const before = coverBudgets.get(door)
  if (before !== undefined) return before
  const made = { left: coverSteps }
  coverBudgets.set(door, made)
  return made
}

const isWeb = ({ listener }: Door): boolean => ['HTTP', 'HTTPS'].includes(listener.protocol)

/** Behind another load balancer the rules may see that one's own address. */
const possibleSources = ({ entry, balancer, reach }: Door): readonly string[] => {
  if (entry.balancer !== balancer) return ['0.0.0.0/0', '::/0']
  return reach.kind === 'open' ? reach.sources.possible : reach.possible
}

const givenUp = notModelled('The search for a request was given up after its budget of steps.')

/** Why what is left to the rule is no witness. */
const unproved = ({ vantage }: Door, remainder: Remainder): readonly Reason[] => {
  const doubts = doubtsOf(remainder, vantage === 'tenant' ? edgeMethods : clientMethods, isRewritten)
  return doubts.length > 0 ? doubts : [unfound]
}

const unfound = notModelled(
  'No request was found that takes this way for sure, although nothing shows that there is none.',
)

/** What kept requests from being certain. */
const explain = (problem: Problem, door: Door, reasons: readonly Reason[]): readonly Reason[] => {
  const gate = webAclGate(door.balancer)
  if (gate.kind === 'unsure') return [...gate.reasons, ...reasons]
  return [...reasons, ...problem.rule.conditions.flatMap(unclear)]
}

/** What a condition itself leaves open. */
const unclear = (condition: Condition): readonly Reason[] => {
  if (condition.field === 'unrecognised')
    return [notModelled(`A condition of the kind ${condition.name} is not known.`)]
  if (condition.field !== 'http-header' && condition.field !== 'query-string') return []
  const values =
    condition.field === 'http-header'
      ? [...condition.globs, ...condition.regexes]
      : condition.pairs.map(p => p.value)
  const unread = values.some(v => isSealed(v) && !isUnderstood(v))
  return [
    ...(condition.field === 'http-header' && isRewritten(condition.name) ? [uncertain('U-24')] : []),
    ...(unread ? [notModelled('How strong a sealed value is could not be told when it was read.')] : []),
  ]
}
