/** The choices a requester has for one key, one of every kind that the policy tells apart. */

import { foldCase, globTokens, matchesGlob } from '#base/glob.ts'
import { addressFamily, exampleAddress, intersectCidrs, subtractCidrs } from '#base/ip-set.ts'
import { globMachine } from '../language/glob-machine.ts'
import type { Machine } from '../language/machine.ts'
import { dateOf, isTextual, numberOf } from './compare.ts'
import type { Knowledge } from './context.ts'
import { arnParts } from './match.ts'
import type { Comparison } from './policy.ts'
import { variablesIn } from './variables.ts'
import { arnMachine, literalsMachine, wordsOfEachKind } from './words.ts'

/** A comparison that some statement makes with the key; operands are alternatives. */
export interface Use {
  readonly base: Comparison
  readonly operands: readonly string[]
}

export interface Choices {
  /** Values to try, the plainest first; an empty one is absence. */
  readonly values: readonly (readonly string[])[]
  /** Whether every other value behaves like one of these. */
  readonly complete: boolean
}

/** Steps for all words of one key. */
const wordBudget = 500_000

export const choicesFor = (knowledge: Knowledge, uses: readonly Use[], variables: boolean): Choices => {
  switch (knowledge.kind) {
    case 'is':
      return { values: [knowledge.values], complete: true }
    case 'one-of':
      return { values: knowledge.choices, complete: true }
    case 'undecided':
      return { values: [], complete: false }
    case 'time':
      return timesFrom(knowledge.from, uses)
    case 'address':
      return addressesIn(knowledge.cidrs, uses)
    case 'text':
      return textsOf(knowledge, uses, variables)
  }
}

/** Each operand itself, and a value on either side of it. */
const around = (points: readonly number[], step: number): readonly number[] => {
  const sorted = [...new Set(points)].sort((a, b) => a - b)
  const between = sorted.slice(1).map((p, i) => (p + (sorted[i] ?? p)) / 2)
  return [...sorted, ...between, (sorted[0] ?? 0) - step, (sorted.at(-1) ?? 0) + step]
}

const isDate = ({ base }: Use): boolean => base.startsWith('date') || base.startsWith('number')

const timesFrom = (from: number, uses: readonly Use[]): Choices => {
  const operands = uses.filter(isDate).flatMap(u => u.operands.map(o => dateOf(o)))
  const points = operands.filter(p => p !== null)
  const times = [from, ...around([from, ...points], 1000).filter(p => p >= from)]
  return {
    values: [...new Set(times)].map(t => [new Date(Math.round(t)).toISOString()]),
    complete: uses.every(u => isDate(u) || u.base === 'null') && points.length === operands.length,
  }
}

const addressesIn = (cidrs: readonly string[], uses: readonly Use[]): Choices => {
  let classes: readonly (readonly string[])[] = [cidrs]
  let complete = true
  for (const { base, operands } of uses) {
    // A text comparison can only name addresses one by one; a pattern would need all addresses it matches.
    const named = operands.filter(o => addressFamily(o) !== null)
    if (base !== 'null' && (named.length < operands.length || !['address', 'equals'].includes(base)))
      complete = false
    classes = classes
      .flatMap(c => [subtractCidrs(c, named), intersectCidrs(c, named)])
      .filter(c => c.length > 0)
  }
  const examples = classes.map(exampleAddress).filter(a => a !== null)
  return { values: examples.map(a => [a]), complete }
}

type Text = Extract<Knowledge, { kind: 'text' }>

const textsOf = (knowledge: Text, uses: readonly Use[], variables: boolean): Choices => {
  const missing = knowledge.optional ? [[]] : []
  const compared = uses.filter(u => u.base !== 'null')
  const kinds = new Set(compared.map(u => familyOf(u.base)))
  const parts = [...kinds].map(kind => {
    const own = compared.filter(u => familyOf(u.base) === kind)
    return kind === 'text' ? words(knowledge, own, variables) : special(kind, own)
  })
  const found = parts
    .flatMap(p => p.values)
    .filter(v => matchesGlob(knowledge.shape, v) && !knowledge.except?.includes(v))
  // Where numbers or addresses are compared, an example that is none would only raise doubts.
  const plain = kinds.size === 0 || kinds.has('text') ? [knowledge.example] : []
  const values = [...new Set([...plain, ...found])].map(v => [v])
  const exact = kinds.size <= 1 && parts.every(p => p.complete)
  return { values: [...missing, ...values], complete: exact }
}

type Kind = 'text' | 'number' | 'date' | 'bool' | 'address' | 'binary'
const familyOf = (base: Comparison): Kind => {
  if (isTextual(base)) return 'text'
  if (base.startsWith('number')) return 'number'
  if (base.startsWith('date')) return 'date'
  return base === 'bool' || base === 'address' ? base : 'binary'
}

interface Words {
  readonly values: readonly string[]
  readonly complete: boolean
}

const special = (kind: Exclude<Kind, 'text'>, uses: readonly Use[]): Words => {
  const operands = uses.flatMap(u => u.operands)
  switch (kind) {
    case 'number':
      return numbers(operands.map(numberOf), String)
    case 'date':
      return numbers(operands.map(dateOf), n => new Date(Math.round(n)).toISOString(), 1000)
    case 'bool':
      return { values: ['false', 'true'], complete: true }
    case 'address': {
      const { values, complete } = addressesIn(['0.0.0.0/0', '::/0'], uses)
      return { values: values.flat(), complete }
    }
    case 'binary':
      return { values: [...operands, 'AA=='], complete: operands.length > 0 }
  }
}

const numbers = (read: readonly (number | null)[], write: (n: number) => string, step = 1): Words => {
  const points = read.filter(p => p !== null)
  return { values: around(points, step).map(write), complete: points.length === read.length }
}

const words = (knowledge: Text, uses: readonly Use[], variables: boolean): Words => {
  const operands = uses.flatMap(u => u.operands.map(text => ({ base: u.base, text })))
  const plain = operands.filter(o => !variables || !o.text.includes('${'))
  const folded = uses.some(u => u.base === 'equals-ignore-case')
  const literals = plain.filter(o => o.base.startsWith('equals')).map(o => o.text)
  const machines = plain.filter(o => o.base === 'like' || o.base === 'arn').map(machineOf)
  const budget = { left: wordBudget }
  const kinds = wordsOfEachKind(
    knowledge.shape,
    machines,
    literalsMachine([...literals, ...(knowledge.except ?? [])]),
    budget,
  )
  const variants = folded ? literals.flatMap(l => [foldCase(l), l.toUpperCase()]) : []
  return {
    values: [...literals, ...variants, ...kinds.words],
    complete:
      kinds.complete &&
      // A text that differs only by case from a literal is tried in two spellings only.
      (!folded || uses.every(u => u.base === 'equals-ignore-case')) &&
      operands.every(o => plain.includes(o) || variablesIn(o.text).length === 0),
  }
}

const machineOf = ({ base, text }: { readonly base: Comparison; readonly text: string }): Machine => {
  const tokens = globTokens(text)
  return base === 'arn' && arnParts(tokens).length === 6 ? arnMachine(tokens) : globMachine([tokens])
}
