/**
 * A policy as somebody meets it who does not know its secrets: what is compared with a sealed value that nobody guesses
 * does not match. A weak or unread value stays where it is, so that its statement is undecided.
 */
import { isSealed } from '#topology/sealed.ts'
import { isStrong } from '../value.ts'
import { operatorNamed } from './operator.ts'

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

export const asStrangersMeet = (document: unknown): unknown =>
  isFields(document) && document.Statement !== undefined
    ? { ...document, Statement: listOf(document.Statement).flatMap(metStatement) }
    : document

/** Empty where the statement never speaks of a stranger. */
const metStatement = (statement: unknown): readonly unknown[] => {
  if (!isFields(statement) || !isFields(statement.Condition)) return [statement]
  const blocks = Object.entries(statement.Condition).map(
    ([name, block]) => [name, metBlock(name, block)] as const,
  )
  if (blocks.some(([, block]) => block === 'never')) return []
  return [{ ...statement, Condition: Object.fromEntries(blocks) }]
}

const metBlock = (name: string, block: unknown): unknown => {
  if (!isFields(block)) return block
  const tests = Object.entries(block).map(([key, operands]) => [key, metTest(name, operands)] as const)
  if (tests.some(([, left]) => left === 'never')) return 'never'
  return Object.fromEntries(tests.filter(([, left]) => left !== 'always'))
}

const textual = ['equals', 'equals-ignore-case', 'like']

/** The operands that are left; `never` or `always` where the test holds for no stranger, or for all. */
const metTest = (name: string, operands: unknown): unknown => {
  const operator = operatorNamed(name)
  const all = listOf(operands)
  const left = all.filter(operand => !isSealedStrong(operand))
  if (left.length === all.length || operator === null) return operands
  if (operator.quantifier !== 'none' || !textual.includes(operator.base)) return operands
  if (left.length > 0) return left
  if (operator.negated) return 'always'
  // Whoever sends nothing passes.
  return operator.ifExists ? operands : 'never'
}

const isSealedStrong = (operand: unknown): boolean =>
  isFields(operand) && isSealed(operand) && isStrong(operand)
