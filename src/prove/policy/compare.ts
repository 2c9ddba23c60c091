/** Compares one operand of a condition with one value of the request. */

import { foldCase, matchesTokens } from '#base/glob.ts'
import { addressFamily, containsAddress } from '#base/ip-set.ts'
import type { View } from './context.ts'
import { doubt, type Judgement, sure } from './judgement.ts'
import { matchesArn } from './match.ts'
import type { Comparison } from './policy.ts'
import { plainText, resolve } from './variables.ts'

const textual = ['equals', 'equals-ignore-case', 'like', 'arn'] as const
type Textual = (typeof textual)[number]
export const isTextual = (base: Comparison): base is Textual => textual.some(t => t === base)

export const compare = (
  base: Exclude<Comparison, 'null'>,
  operand: string,
  value: string,
  view: View,
  variables: boolean,
): Judgement => {
  if (isTextual(base)) return compareText(base, operand, value, view, variables)
  switch (base) {
    case 'bool':
      return compareBool(operand, value)
    case 'binary':
      return sure(operand === value)
    case 'address':
      if (addressFamily(operand) === null) return doubt(`"${operand}" is no address`)
      return addressFamily(value) === null
        ? doubt('the value compared with an address is none')
        : sure(containsAddress([operand], value))
    default:
      return compareOrder(base, operand, value)
  }
}

const compareText = (
  base: Textual,
  operand: string,
  value: string,
  view: View,
  variables: boolean,
): Judgement => {
  const resolved = resolve(operand, view, variables)
  switch (resolved.kind) {
    case 'nothing':
      return sure(false)
    case 'open':
      return doubt()
    case 'unknown':
      return doubt(resolved.why)
  }
  const { tokens } = resolved
  if (base === 'like') return sure(matchesTokens(tokens, value))
  if (base === 'arn') return matchesArn(tokens, value)
  const text = plainText(tokens)
  return sure(base === 'equals' ? text === value : foldCase(text) === foldCase(value))
}

const truths = ['true', 'false']

const compareBool = (operand: string, value: string): Judgement => {
  const [a, b] = [operand.toLowerCase(), value.toLowerCase()]
  return truths.includes(a) && truths.includes(b)
    ? sure(a === b)
    : doubt(`"${operand}" is compared as a truth value`)
}

/** Milliseconds since 1970 of a date in ISO 8601 or in seconds since 1970; null for anything else. */
export const dateOf = (text: string): number | null => {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const written = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)
  // Without a zone the time is UTC.
  const zoned = /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`
  const time = written ? Date.parse(zoned) : Number.NaN
  return Number.isNaN(time) ? null : time
}

/** A number; a date counts as its seconds since 1970, because `aws:EpochTime` may be compared either way. */
export const numberOf = (text: string): number | null => {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim())) return Number(text)
  const date = dateOf(text)
  return date === null ? null : date / 1000
}

type Order = Exclude<Comparison, 'null' | 'bool' | 'binary' | 'address' | Textual>

const compareOrder = (base: Order, operand: string, value: string): Judgement => {
  const read = base.startsWith('date') ? dateOf : numberOf
  const [a, b] = [read(value), read(operand)]
  const kind = base.startsWith('date') ? 'date' : 'number'
  if (a === null || b === null) return doubt(`"${operand}" is compared as a ${kind}, and one side is none`)
  switch (base.replace(/^(date|number)/, '')) {
    case '=':
      return sure(a === b)
    case '<':
      return sure(a < b)
    case '<=':
      return sure(a <= b)
    case '>':
      return sure(a > b)
    default:
      return sure(a >= b)
  }
}
