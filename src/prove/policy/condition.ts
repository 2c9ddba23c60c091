/** Whether one test of a condition holds for a request. */
import { compare } from './compare.ts'
import { isValues, seen, type View } from './context.ts'
import { allOf, anyOf, doubt, type Judgement, notSo, sure } from './judgement.ts'
import type { Test } from './policy.ts'

/**
 * Strong Kleene: what is open or not known stays so.
 * Source: IAM User Guide, "Condition operators" and "Multivalued context keys".
 */
export const testHolds = (test: Test, view: View, variables: boolean): Judgement => {
  const values = seen(view, test.key)
  if (!isValues(values))
    return 'open' in values ? doubt() : doubt(`${test.written} is not known because ${values.why}`)
  const { base, quantifier } = test.operator
  if (base === 'null') return isNull(test, values)
  if (values.length === 0) return missing(test)
  const holds = (value: string): Judgement => {
    const matched = anyOf(test.operands.map(o => compare(base, o, value, view, variables)))
    return named(test.operator.negated ? notSo(matched) : matched, test)
  }
  if (quantifier === 'any') return anyOf(values.map(holds))
  if (quantifier === 'all') return allOf(values.map(holds))
  const [only = '', ...more] = values
  return more.length > 0
    ? doubt(`${test.written} has several values, and the operator does not say any or all`)
    : holds(only)
}

/** Says which key the doubt is about. */
const named = (judgement: Judgement, { written }: Test): Judgement => ({
  truth: judgement.truth,
  reasons: judgement.reasons.map(reason => `${written} cannot be compared: ${reason}`),
})

/** `"Null": {"key": "true"}` holds where the request does not have the key. */
const isNull = (test: Test, values: readonly string[]): Judgement =>
  anyOf(
    test.operands.map(operand => {
      const wanted = operand.toLowerCase()
      if (wanted !== 'true' && wanted !== 'false')
        return doubt(`${test.written} is compared with "${operand}"`)
      return sure((wanted === 'true') === (values.length === 0))
    }),
  )

/** The request does not have the key. */
const missing = ({ operator: { quantifier, ifExists, negated }, written }: Test): Judgement => {
  if (quantifier === 'all') return sure(true)
  if (quantifier === 'any')
    return ifExists
      ? doubt(`sources differ on ForAnyValue with IfExists where ${written} is absent`)
      : sure(false)
  return sure(ifExists || negated)
}
