/**
 * Looks for a request that a rule takes, that no earlier rule takes, that the web ACL passes, and that needs no strong
 * secret. It builds a request, asks the interpreter's own condition functions what is in its way, and branches over the
 * ways around that. What it returns holds under every reading of the semantics, because only a certain yes or no counts;
 * that it returns nothing proves nothing.
 */
import type { Known } from '#base/known.ts'
import type { Truth } from '#base/truth.ts'
import type { Condition, Rule, WebAcl } from '#topology/model.ts'
import { meetsCondition, meetsConditions } from '../alb/condition.ts'
import type { AlbRequest } from '../alb/request.ts'
import type { Reason } from '../exposure.ts'
import { distinctReasons, gapReasons, notModelled, uncertain } from '../uncertainty.ts'
import { evaluateWebAcl, type WafOutcome } from '../waf/evaluate.ts'
import { rewritten, type WafRequest, wafRequestOf } from '../waf/request.ts'
import { avoidCondition, requireCondition } from './narrow.ts'
import { requestOf, type Start, type State, startState, type Wire } from './state.ts'
import { waysPast } from './web-acl-ways.ts'

export interface Problem {
  /** Rules that are tried before this one. */
  readonly earlier: readonly Rule[]
  readonly rule: Rule
  readonly webAcl: Known<WebAcl | null>
  readonly start: Start
  readonly wire: Wire
  /** Names (lower case) of headers that the way writes, as the web ACL may see them. */
  readonly addedNames: readonly string[]
  /** Headers (lower case) that this sender cannot write. */
  readonly cannotSend: (name: string) => boolean
  /** A header can be sent more than once. */
  readonly mayRepeat: boolean
}

export interface Solution {
  readonly request: AlbRequest | null
  /** The request names a value that stands in a gate: weak, wildcard or public. */
  readonly guessed: boolean
  /** What kept other requests from being certain; empty with a request. */
  readonly reasons: readonly Reason[]
}

/** Requests that are looked at for one rule at the most. */
const mostRequests = 400
const mostVariants = 32

export const solve = (problem: Problem): Solution => {
  const search: Search = { problem, why: [], left: mostRequests, tried: new Set() }
  for (const state of startStates(problem)) {
    const found = descend(search, state)
    if (found !== null) return { ...found, reasons: [] }
  }
  const spent = search.left <= 0 || problem.start.budget.left <= 0
  if (spent) search.why.push(notModelled('The search for a request was given up after its budget of steps.'))
  return { request: null, guessed: false, reasons: distinctReasons(search.why) }
}

interface Search {
  readonly problem: Problem
  readonly why: Reason[]
  left: number
  /** Web ACL changes that were made already, so that none is made twice. */
  readonly tried: Set<string>
}

const startStates = ({ rule, start, wire }: Problem): readonly State[] => {
  const free = startState(start)
  if (free === null) return []
  return rule.conditions.reduce<readonly State[]>(
    (states, condition) => {
      const met = states.flatMap(state => {
        const request = requestOf(state, wire)
        const already = request !== null && isSentAnyway(condition, request, wire)
        return already ? [state] : requireCondition(state, condition, start.budget)
      })
      return met.slice(0, mostVariants)
    },
    [free],
  )
}

/** Headers that the way itself writes may meet the condition already. */
const isSentAnyway = (condition: Condition, request: AlbRequest, { added }: Wire): boolean =>
  condition.field === 'http-header' &&
  meetsCondition(condition, { ...request, headers: added }).truth === true

type Found = { readonly request: AlbRequest; readonly guessed: boolean }

const descend = (search: Search, state: State): Found | null => {
  const { problem } = search
  if (--search.left < 0 || problem.start.budget.left <= 0) return null
  const request = requestOf(state, problem.wire)
  if (request === null) return null
  const blocker = problem.earlier.find(rule => mayHold(meetsConditions(rule.conditions, request).truth))
  if (blocker !== undefined) return around(search, state, request, blocker)
  const own = meetsConditions(problem.rule.conditions, request)
  if (own.truth !== true) return dead(search, own.why)
  const unsendable = whyUnsendable(problem, request)
  if (unsendable.length > 0) return dead(search, unsendable)
  return past(search, state, request)
}

const mayHold = (truth: Truth): boolean => truth !== false

const dead = (search: Search, why: readonly Reason[]): null => {
  search.why.push(...why)
  return null
}

/** The blocker has conditions that must all hold: breaking one for sure is enough. */
const around = (search: Search, state: State, request: AlbRequest, blocker: Rule): Found | null => {
  const { problem } = search
  for (const condition of inPreference(blocker.conditions)) {
    const before = meetsCondition(condition, request)
    for (const next of avoidCondition(state, condition, problem.start.budget)) {
      const changed = requestOf(next, problem.wire)
      if (changed === null || mayHold(meetsCondition(condition, changed).truth)) continue
      const found = descend(search, next)
      if (found !== null) return found
    }
    search.why.push(...before.why)
  }
  return null
}

const preference: Readonly<Record<Condition['field'], number>> = {
  'http-header': 0,
  'query-string': 1,
  'path-pattern': 2,
  'host-header': 3,
  'http-request-method': 4,
  'source-ip': 5,
  unrecognised: 6,
}

const inPreference = (conditions: readonly Condition[]): readonly Condition[] =>
  conditions.toSorted((a, b) => preference[a.field] - preference[b.field])

const whyUnsendable = ({ cannotSend, mayRepeat, wire }: Problem, request: AlbRequest): readonly Reason[] => {
  const names = request.headers.slice(wire.added.length).map(h => h.name.toLowerCase())
  const barred = names.filter(cannotSend)
  const repeated = new Set(names).size < names.length
  return [
    ...barred.map(name =>
      notModelled(`Whether the header ${name} arrives as this sender writes it is not known.`),
    ),
    ...(repeated && !mayRepeat
      ? [notModelled('Whether CloudFront sends one header twice is not known.')]
      : []),
  ]
}

/** The web ACL must pass the request as it came and as the rule rewrites it (U-07). */
const past = (search: Search, state: State, request: AlbRequest): Found | null => {
  const { problem } = search
  const guessed = state.headers.length > 0 || state.query.length > 0
  const { webAcl } = problem
  if (!webAcl.known) return dead(search, gapReasons(webAcl.gaps))
  if (webAcl.value === null) return { request, guessed }
  const acl = webAcl.value
  const outcome = webAclOutcome(problem, acl, request)
  if (outcome.decision === 'allow') return { request, guessed }
  search.why.push(...outcome.reasons)
  const seen = (s: State): WafRequest | null => {
    const made = requestOf(s, problem.wire)
    return made && wafRequestOf(made, problem.addedNames)
  }
  const ways = waysPast({ acl, seen, budget: problem.start.budget }, outcome, state)
  // A request without any value to guess is worth more, so those come first.
  for (const next of ways.toSorted((a, b) => a.headers.length - b.headers.length)) {
    const changed = requestOf(next, problem.wire)
    const key = JSON.stringify(changed)
    if (search.tried.has(key)) continue
    search.tried.add(key)
    const found = descend(search, next)
    if (found !== null) return found
  }
  if (outcome.decision === 'challenge')
    search.why.push(notModelled(`Web ACL ${acl.name} answers with a puzzle that a browser can solve.`))
  return null
}

const webAclOutcome = (problem: Problem, acl: WebAcl, request: AlbRequest): WafOutcome => {
  const seen = wafRequestOf(request, problem.addedNames)
  const outcome = evaluateWebAcl(acl, seen)
  if (!problem.rule.transforms) return outcome
  const after = evaluateWebAcl(acl, rewritten(seen))
  if (after.decision === outcome.decision) return outcome
  if (outcome.decision !== 'allow') return { ...outcome, reasons: [...outcome.reasons, uncertain('U-07')] }
  return {
    decision: 'unknown',
    stops: false,
    possible: after.possible,
    reasons: [uncertain('U-07'), ...after.reasons],
  }
}
