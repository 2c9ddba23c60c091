/** Ways to change a request under construction so that a web ACL lets it pass. */
import { foldCase, type GlobToken } from '#base/glob.ts'
import { exampleAddress, intersectCidrs, subtractCidrs } from '#base/ip-set.ts'
import type { WebAcl } from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { filledGlob, globMachine, literalTokens } from '../language/glob-machine.ts'
import type { Machine } from '../language/machine.ts'
import { regexMachine } from '../language/regex-machine.ts'
import type { Budget } from '../language/search.ts'
import { narrowed } from '../language/text.ts'
import { isStrong, isUnderstood } from '../value.ts'
import { asConfig } from '../waf/component.ts'
import type { WafOutcome } from '../waf/evaluate.ts'
import { noLabels } from '../waf/labels.ts'
import type { WafRequest } from '../waf/request.ts'
import { meetsStatement, statementKind } from '../waf/statement.ts'
import { transformNames } from '../waf/transform.ts'
import { withHeaderText, withoutHeaderText, withSealedHeader } from './narrow.ts'
import type { State } from './state.ts'

type Config = Readonly<Record<string, unknown>>

export interface WebAclProblem {
  readonly acl: WebAcl
  /** What the web ACL sees of a request under construction. */
  readonly seen: (state: State) => WafRequest | null
  readonly budget: Budget
}

/** More ways than this from one statement are not followed. */
const mostWays = 16

/** Escapes the first rule that stops the request, or meets an Allow in front of it. */
export const waysPast = (problem: WebAclProblem, outcome: WafOutcome, state: State): readonly State[] => {
  const stop = outcome.possible.find(d => d.decision !== 'allow')
  if (stop === undefined) return []
  const escapes = stop.rule === null ? [] : force(problem, state, stop.rule.statement, false)
  const last = stop.rule === null ? problem.acl.rules.length : problem.acl.rules.indexOf(stop.rule)
  const before = last < 0 ? [] : problem.acl.rules.slice(0, last)
  const allowed = before
    .filter(rule => rule.action === 'allow')
    .flatMap(rule => force(problem, state, rule.statement, true))
  return [...escapes, ...allowed].filter(next => next !== state)
}

/** Requests like this one for which the statement is, for sure, as wanted. */
const force = (
  problem: WebAclProblem,
  state: State,
  statement: unknown,
  wanted: boolean,
): readonly State[] => {
  const request = problem.seen(state)
  if (request === null) return []
  const { truth } = meetsStatement(statement, {
    acl: problem.acl,
    request,
    labels: noLabels,
    owner: problem.acl.ref.arn,
  })
  if (truth === wanted) return [state]
  const { kind, body } = statementKind(statement)
  if (kind === null || body === null) return []
  if (kind === 'NotStatement') return force(problem, state, body.Statement, !wanted)
  if (kind === 'AndStatement' || kind === 'OrStatement') {
    const parts: readonly unknown[] = Array.isArray(body.Statements) ? body.Statements : []
    const together = (kind === 'AndStatement') === wanted
    return together
      ? parts.reduce<readonly State[]>(
          (states, part) => states.flatMap(s => force(problem, s, part, wanted)).slice(0, mostWays),
          [state],
        )
      : parts.flatMap(part => force(problem, state, part, wanted)).slice(0, mostWays)
  }
  return forceLeaf(problem, state, kind, body, wanted)
}

const forceLeaf = (
  problem: WebAclProblem,
  state: State,
  kind: string,
  body: Config,
  wanted: boolean,
): readonly State[] => {
  switch (kind) {
    case 'ByteMatchStatement':
      return forceBytes(problem, state, body, wanted)
    case 'RegexMatchStatement':
      return typeof body.RegexString === 'string'
        ? inComponent(problem, state, body, wanted, expressionMachine(body.RegexString, wanted), [])
        : []
    case 'IPSetReferenceStatement':
      return forceAddress(problem, state, body, wanted)
    default:
      return []
  }
}

const expressionMachine = (pattern: string, wanted: boolean): Machine | null =>
  regexMachine(pattern, { whole: wanted, ignoreCase: false })

const forceBytes = (
  problem: WebAclProblem,
  state: State,
  body: Config,
  wanted: boolean,
): readonly State[] => {
  const search = body.SearchString
  if (isSealed(search)) return wanted ? guessed(state, body, search) : []
  if (typeof search !== 'string' || search === '') return []
  const star = '*' as const
  const before = ['ENDS_WITH', 'CONTAINS', 'CONTAINS_WORD'].includes(String(body.PositionalConstraint))
  const after = ['STARTS_WITH', 'CONTAINS', 'CONTAINS_WORD'].includes(String(body.PositionalConstraint))
  const tokens: readonly GlobToken[] = [
    ...(before ? [star] : []),
    ...literalTokens(search),
    ...(after ? [star] : []),
  ]
  const ignoreCase = transformNames(body)?.includes('LOWERCASE') ?? false
  const machine = globMachine([tokens], { ignoreCase })
  return inComponent(problem, state, body, wanted, machine, [filledGlob(tokens, ''), filledGlob(tokens, 'x')])
}

/** A weak sealed search string in a header: whoever guesses it writes it there. */
const guessed = (state: State, body: Config, search: Value): readonly State[] => {
  const name = headerName(body)
  if (name === null || name === 'host' || !isSealed(search) || isStrong(search) || !isUnderstood(search))
    return []
  return [withSealedHeader(state, name, search)]
}

const headerName = (body: Config): string | null => {
  const name = asConfig(asConfig(body.FieldToMatch)?.SingleHeader)?.Name
  return typeof name === 'string' ? foldCase(name) : null
}

const inComponent = (
  { budget }: WebAclProblem,
  state: State,
  body: Config,
  wanted: boolean,
  machine: Machine | null,
  prefer: readonly string[],
): readonly State[] => {
  if (machine === null) return []
  const narrowing = wanted ? { all: [machine], prefer } : { none: [machine] }
  const field = asConfig(body.FieldToMatch)
  if (field?.UriPath) {
    const path = narrowed(state.path, narrowing, budget)
    return path ? [{ ...state, path }] : []
  }
  if (field?.Method) {
    const methods = state.methods.filter(m => meets(machine, m) === wanted)
    return methods.length > 0 ? [{ ...state, methods }] : []
  }
  const name = headerName(body)
  if (name === null) return []
  if (name === 'host') {
    const host = narrowed(state.host, narrowing, budget)
    return host ? [{ ...state, host }] : []
  }
  if (wanted) return withHeaderText(state, name, narrowing, budget)
  const left = withoutHeaderText(state, name, [machine], budget)
  return left ? [left] : []
}

const meets = (machine: Machine, word: string): boolean =>
  machine.accepts([...word].reduce((s, letter) => machine.step(s, letter), machine.start))

/** The sender's own address, or one that it claims in a header. */
const forceAddress = (
  { acl, budget }: WebAclProblem,
  state: State,
  body: Config,
  wanted: boolean,
): readonly State[] => {
  const set = typeof body.ARN === 'string' ? acl.ipSets?.[body.ARN] : undefined
  if (!set?.known) return []
  const forwarded = asConfig(body.IPSetForwardedIPConfig)
  if (forwarded === null) {
    const sources = wanted
      ? intersectCidrs(state.sources, set.value)
      : subtractCidrs(state.sources, set.value)
    return sources.length > 0 ? [{ ...state, sources, symbol: null }] : []
  }
  const claimed = exampleAddress(set.value)
  if (!wanted || claimed === null || typeof forwarded.HeaderName !== 'string') return []
  const machine = globMachine([literalTokens(claimed)])
  return withHeaderText(state, forwarded.HeaderName, { all: [machine], prefer: [claimed] }, budget)
}
