/** What a web ACL does with a request: the walk over its rules, with every decision that is possible. */
import type { WebAcl, WebAclRule } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { agreement, no, type Reading, unknownBecause } from '../reading.ts'
import { distinctReasons, gapReasons, notModelled } from '../uncertainty.ts'
import { lacksForwardedHeader } from './address.ts'
import { asConfig } from './component.ts'
import { type Labels, noLabels, withLabels } from './labels.ts'
import type { WafRequest } from './request.ts'
import { meetsStatement, statementKind } from './statement.ts'

/** `challenge`: a puzzle that a person, or a browser, can solve. */
type WafDecision = 'allow' | 'block' | 'challenge'

interface Decision {
  readonly decision: WafDecision
  /** Null for the default action. */
  readonly rule: WebAclRule | null
  readonly why: readonly Reason[]
}

export interface WafOutcome {
  /** `unknown` where more than one decision is possible. */
  readonly decision: WafDecision | 'unknown'
  /** Nobody passes: not even somebody who has solved every puzzle on the way. */
  readonly stops: boolean
  /** Every decision that is possible, in the order of the rules. */
  readonly possible: readonly Decision[]
  /** With `unknown`. */
  readonly reasons: readonly Reason[]
}

export const evaluateWebAcl = (acl: WebAcl, request: WafRequest): WafOutcome => {
  const walk: Walk = {
    acl,
    request,
    owner: acl.ref.arn,
    labels: noLabels,
    possible: [],
    solved: [],
    puzzled: false,
    ended: false,
  }
  walkRules(walk, acl.rules)
  if (!walk.ended) note(walk, { decision: acl.defaultAction, rule: null, why: [] })
  const { possible } = walk
  const stops = [...possible, ...walk.solved].every(d => d.decision !== 'allow')
  const kinds = new Set(possible.map(d => d.decision))
  const [only] = kinds
  if (kinds.size === 1 && only !== undefined) return { decision: only, stops, possible, reasons: [] }
  return { decision: 'unknown', stops, possible, reasons: reasonsOf(acl, possible) }
}

/** Behind a puzzle that everybody meets, a decision is one for those who have solved it. */
const note = (walk: Walk, ...decisions: readonly Decision[]): void => {
  ;(walk.puzzled ? walk.solved : walk.possible).push(...decisions)
}

const reasonsOf = (acl: WebAcl, possible: readonly Decision[]): readonly Reason[] =>
  distinctReasons(
    possible
      .filter(d => d.rule !== null && d.why.length > 0)
      .flatMap(d => [
        notModelled(
          `Web ACL ${acl.name}: whether rule ${d.rule?.name} takes the request is not known (${d.decision}).`,
        ),
        ...d.why,
      ]),
  )

interface Walk {
  readonly acl: WebAcl
  readonly request: WafRequest
  /** ARN of the web ACL or rule group whose rules are tried. */
  owner: string
  labels: Labels
  readonly possible: Decision[]
  /** Decisions for those who have solved a puzzle that everybody else is stopped by. */
  readonly solved: Decision[]
  /** Everybody has met a puzzle: who solved it goes on as if the rule had counted. */
  puzzled: boolean
  /** A rule has ended the evaluation for sure. */
  ended: boolean
}

const walkRules = (walk: Walk, rules: readonly WebAclRule[], override?: Overrides): void => {
  for (const rule of rules) {
    if (walk.ended) return
    tryRule(walk, rule, override?.(rule.name) ?? rule.action)
  }
}

const tryRule = (walk: Walk, rule: WebAclRule, action: WebAclRule['action']): void => {
  const { kind, body } = statementKind(rule.statement)
  if (kind === 'ManagedRuleGroupStatement') tryManagedGroup(walk, rule, action, body ?? {})
  else if (kind === 'RuleGroupReferenceStatement') tryGroup(walk, rule, action, body ?? {})
  else tryOwnRule(walk, rule, action, kind === 'RateBasedStatement')
}

const tryOwnRule = (walk: Walk, rule: WebAclRule, action: WebAclRule['action'], isRate: boolean): void => {
  const met = isRate ? rateBased(action) : ruleMet(walk, rule)
  if (met.truth === false) return
  const decisions = effects[action]
  // Of decisions whose rule matches for sure there is no doubt to explain.
  const why = met.truth === true && decisions.length === 1 ? [] : [...met.why, undecided]
  note(walk, ...decisions.map(decision => ({ decision, rule, why })))
  const puzzle = action === 'captcha' || action === 'challenge'
  if (decisions.length > 0 && met.truth === true) {
    if (puzzle) walk.puzzled = true
    else walk.ended = true
  }
  walk.labels = withLabels(walk.labels, rule.labels, met.truth, walk.owner)
}

const undecided = notModelled('The statement asks for something that is not known of the request.')

const effects: Readonly<Record<WebAclRule['action'], readonly WafDecision[]>> = {
  allow: ['allow'],
  block: ['block'],
  captcha: ['challenge'],
  challenge: ['challenge'],
  count: [],
  group: ['allow', 'block'],
  unrecognised: ['allow', 'block'],
}

const ruleMet = ({ acl, request, labels, owner }: Walk, rule: WebAclRule): Reading => {
  const met = meetsStatement(rule.statement, { acl, request, labels, owner })
  return lacksForwardedHeader(rule.statement, request) === false ? met : agreement([met, no], 'U-10')
}

/**
 * One request does not exceed a rate: never a gate, and never in the way. As an Allow it may still let through, and as a
 * Count it may set labels.
 */
const rateBased = (action: WebAclRule['action']): Reading =>
  action === 'allow' || action === 'count' ? unknownBecause() : no

/** AWS's and vendors' groups: what they block is not published, so that they may block anything and gate nothing. */
const tryManagedGroup = (
  walk: Walk,
  rule: WebAclRule,
  action: WebAclRule['action'],
  body: Readonly<Record<string, unknown>>,
): void => {
  if (outOfScope(walk, body)) return
  walk.labels = { ...walk.labels, managed: true }
  if (action === 'count') return
  const mayAllow = body.VendorName !== 'AWS' || overridesOf(body).some(o => o.action === 'allow')
  const why = [notModelled(`What the managed rule group ${String(body.Name)} blocks is not published.`)]
  note(walk, { decision: 'block', rule, why })
  if (mayAllow) note(walk, { decision: 'allow', rule, why })
}

const outOfScope = (
  { acl, request, labels, owner }: Walk,
  body: Readonly<Record<string, unknown>>,
): boolean => {
  const scope = asConfig(body.ScopeDownStatement)
  return scope !== null && meetsStatement(scope, { acl, request, labels, owner }).truth === false
}

/** A rule group of the account: its rules decide, unless the group as a whole only counts. */
const tryGroup = (
  walk: Walk,
  rule: WebAclRule,
  action: WebAclRule['action'],
  body: Readonly<Record<string, unknown>>,
): void => {
  const group = typeof body.ARN === 'string' ? walk.acl.ruleGroups?.[body.ARN] : undefined
  if (action === 'count') {
    // Counted rules still set their labels.
    if (!group?.known || group.value.some(r => r.labels === undefined || r.labels.length > 0))
      walk.labels = { ...walk.labels, others: true }
    return
  }
  if (group?.known) {
    const overrides = overridesOf(body)
    const outer = walk.owner
    walk.owner = String(body.ARN)
    walkRules(walk, group.value, name => overrides.find(o => o.name === name)?.action)
    walk.owner = outer
    return
  }
  const why = [notModelled('The rules of a rule group were not read.'), ...gapReasons(group?.gaps ?? [])]
  walk.labels = { ...walk.labels, others: true }
  note(walk, { decision: 'block', rule, why }, { decision: 'allow', rule, why })
}

type Overrides = (name: string) => WebAclRule['action'] | undefined

const actionNames: Readonly<Record<string, WebAclRule['action']>> = {
  Allow: 'allow',
  Block: 'block',
  Count: 'count',
  Captcha: 'captcha',
  Challenge: 'challenge',
}

/** `RuleActionOverrides`, and the older `ExcludedRules`, which means Count. */
const overridesOf = (
  body: Readonly<Record<string, unknown>>,
): readonly { readonly name: string; readonly action: WebAclRule['action'] }[] => {
  const listed = (list: unknown): readonly Readonly<Record<string, unknown>>[] =>
    (Array.isArray(list) ? list : []).map(asConfig).filter(c => c !== null)
  const excluded = listed(body.ExcludedRules).map(o => ({ name: String(o.Name), action: 'count' as const }))
  const overridden = listed(body.RuleActionOverrides).map(o => {
    const [key = ''] = Object.keys(asConfig(o.ActionToUse) ?? {})
    return { name: String(o.Name), action: actionNames[key] ?? 'unrecognised' }
  })
  return [...overridden, ...excluded]
}
