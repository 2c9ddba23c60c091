/** Evaluates a policy for one request: explicit deny first, then allow, else neither. */

import { testHolds } from './condition.ts'
import { isValues, resourceKey, seen, type View } from './context.ts'
import { allInTurn, allOf, anyOf, doubt, type Judgement, notSo, sure } from './judgement.ts'
import { elementHolds, matchesAction, matchesResource } from './match.ts'
import type { Policy, Statement } from './policy.ts'
import { principalHolds } from './principal.ts'
import { resolve } from './variables.ts'

export const allowed = (policy: Policy, view: View): Judgement =>
  allOf([applies(policy, 'Allow', view), notSo(applies(policy, 'Deny', view))])

export const notDenied = (policy: Policy, view: View): Judgement => notSo(applies(policy, 'Deny', view))

const applies = (policy: Policy, effect: Statement['effect'], view: View): Judgement =>
  anyOf(policy.statements.filter(s => s.effect === effect).map(s => statementHolds(s, policy, view)))

/** Whether the statement speaks of the request. */
export const statementHolds = (statement: Statement, policy: Policy, view: View): Judgement => {
  const { truth, reasons } = allInTurn(partsOf(statement, policy, view))
  return { truth, reasons: reasons.map(reason => `${statement.name}: ${reason}`) }
}

function* partsOf(statement: Statement, policy: Policy, view: View): Generator<Judgement> {
  const { problems } = statement
  if (problems.length > 0) yield doubt(`it has ${problems.join(', ')}`)
  // A statement whose own elements could not be read may speak of anything.
  if (problems.some(p => /Principal|Action|Resource/.test(p))) return
  yield elementHolds(statement.action, pattern => sure(matchesAction(pattern, view.request.action)))
  yield principalHolds(statement.principal, view)
  yield elementHolds(statement.resource, pattern => resourceMatches(pattern, view, policy.variables))
  for (const test of statement.tests) yield testHolds(test, view, policy.variables)
}

const resourceMatches = (pattern: string, view: View, variables: boolean): Judgement => {
  const resource = seen(view, resourceKey)
  if (pattern === '*') return sure(true)
  const resolved = resolve(pattern, view, variables)
  if (resolved.kind === 'nothing') return sure(false)
  if (resolved.kind === 'unknown') return doubt(resolved.why)
  if (!isValues(resource))
    return 'open' in resource ? doubt() : doubt(`the resource is not known because ${resource.why}`)
  return resolved.kind === 'open' ? doubt() : matchesResource(resolved.tokens, resource[0] ?? '')
}
