/** Whether some choice of what the requester controls makes a policy allow the request, with that choice as witness. */
import { type Choices, choicesFor, type Use } from './choices.ts'
import { knowledgeOf, type PolicyRequest, resourceKey, type View } from './context.ts'
import { allowed, notDenied, statementHolds } from './evaluate.ts'
import type { Judgement } from './judgement.ts'
import type { Policy, Statement } from './policy.ts'
import { sessionArn } from './principal.ts'
import { variablesIn } from './variables.ts'

export type Answer =
  | {
      readonly outcome: 'allow'
      /** What the requester must choose; what is not listed is free. The resource is the key `resource`. */
      readonly witness: Readonly<Record<string, readonly string[]>>
    }
  | {
      readonly outcome: 'deny'
      /** A Deny statement answers whatever the requester chooses; otherwise nothing allows. */
      readonly explicit: boolean
    }
  | {
      readonly outcome: 'unknown'
      /** Sentences, each naming its statement. */
      readonly reasons: readonly string[]
    }

/** Evaluations that one question may take. */
const mostEvaluations = 5_000
const tooMany = 'the policy has more combinations of choices than are tried'
const inexact = (key: string): string =>
  `the choices for ${key} could not all be tried, because of how the policy compares it`

/**
 * Exact where every key is decided or chosen by the requester; keys that nobody knows make the answer unknown where
 * they matter. Keys are independent of one another: what cannot be chosen together belongs in requests of their own.
 */
export const mayPass = (policy: Policy, request: PolicyRequest): Answer => {
  // Whatever is chosen, the other statements say nothing.
  const spoken = { ...policy, statements: policy.statements.filter(s => maySpeakOf(s, policy, request)) }
  const free = openKeys(spoken, request)
  const passes = search(free, request, view => allowed(spoken, view))
  if (passes.found) return { outcome: 'allow', witness: shown(passes.found, policy) }
  if (passes.reasons.length > 0) return { outcome: 'unknown', reasons: passes.reasons }
  const escapes = search(free, request, view => notDenied(spoken, view))
  return { outcome: 'deny', explicit: escapes.found === null && escapes.reasons.length === 0 }
}

interface Search {
  readonly found: View | null
  /** Why nothing found does not mean that there is nothing. */
  readonly reasons: readonly string[]
}

const search = (
  free: readonly OpenKey[],
  request: PolicyRequest,
  judge: (view: View) => Judgement,
): Search => {
  const reasons = new Set<string>()
  let left = mostEvaluations
  const visit = (view: View, at: number): View | null => {
    left -= 1
    if (left < 0) {
      reasons.add(tooMany)
      return null
    }
    const { truth, reasons: why } = judge(view)
    if (truth === true) return view
    if (truth === false) return null
    const next = free[at]
    if (next === undefined) {
      for (const reason of why) reasons.add(reason)
      return null
    }
    if (!next.choices.complete) reasons.add(inexact(next.written))
    for (const values of next.choices.values) {
      const found = visit({ request, chosen: new Map([...view.chosen, [next.key, values]]) }, at + 1)
      if (found) return found
    }
    return null
  }
  const found = visit({ request, chosen: new Map() }, 0)
  return { found, reasons: [...reasons] }
}

const maySpeakOf = (statement: Statement, policy: Policy, request: PolicyRequest): boolean =>
  statementHolds(statement, policy, { request, chosen: new Map() }).truth !== false

interface OpenKey {
  readonly key: string
  readonly written: string
  readonly choices: Choices
}

/** The keys that the policy compares and the requester chooses, the fewest choices first. */
const openKeys = (policy: Policy, request: PolicyRequest): readonly OpenKey[] => {
  const uses = usesOf(policy)
  return [...uses]
    .map(([key, used]) => {
      const choices = choicesFor(knowledgeOf(request, key), used.uses, policy.variables)
      return { key, written: used.written, choices }
    })
    .filter(({ key }) => !['is', 'undecided'].includes(knowledgeOf(request, key).kind))
    .sort((a, b) => a.choices.values.length - b.choices.values.length)
}

/** The role that a session ARN belongs to, as far as its name tells. */
const rolesOf = (arn: string): readonly string[] => {
  const [, partition, account, role] = sessionArn.exec(arn) ?? []
  return role === undefined ? [] : [`arn:${partition}:iam::${account}:role/${role}`]
}

interface Used {
  readonly written: string
  readonly uses: readonly Use[]
}

const usesOf = (policy: Policy): ReadonlyMap<string, Used> => {
  const found = new Map<string, Used>()
  const add = (key: string, written: string, ...more: readonly Use[]) =>
    found.set(key, { written, uses: [...(found.get(key)?.uses ?? []), ...more] })
  const mention = (text: string) => {
    if (policy.variables) for (const key of variablesIn(text)) add(key, key)
  }
  for (const { tests, resource, principal } of policy.statements) {
    for (const { key, written, operator, operands } of tests) {
      add(key, written, { base: operator.base, operands })
      operands.forEach(mention)
    }
    const patterns = resource.terms.filter(term => term !== '*')
    if (patterns.length > 0) add(resourceKey, 'resource', { base: 'like', operands: patterns })
    patterns.forEach(mention)
    const arns = principal.terms.filter(t => t.kind === 'arn').flatMap(t => [t.arn, ...rolesOf(t.arn)])
    if (arns.length > 0) add('aws:principalarn', 'aws:PrincipalArn', { base: 'equals', operands: arns })
  }
  return found
}

const shown = ({ chosen }: View, policy: Policy): Readonly<Record<string, readonly string[]>> => {
  const written = new Map([...usesOf(policy)].map(([key, used]) => [key, used.written]))
  return Object.fromEntries([...chosen].map(([key, values]) => [written.get(key) ?? key, values]))
}
