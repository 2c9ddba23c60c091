/** Values in the making: known text, sealed or not, open places of the request, and what is beyond knowing. */
import { isSealed, type Value } from '#topology/sealed.ts'
import type { Test } from './compare.ts'

/** A part of a value: known text, an open place of the request, or nothing that is known. */
export type Part =
  | { readonly kind: 'text'; readonly text: Value }
  | { readonly kind: 'open'; readonly symbol: string }
  | { readonly kind: 'opaque'; readonly reason: string }

export type Parts = readonly Part[]

/** One value behind the other; neighbouring texts become one. */
export const joined = (before: Parts, after: Parts): Parts => {
  const [last, first] = [before.at(-1), after[0]]
  if (last?.kind !== 'text' || first?.kind !== 'text') return [...before, ...after]
  if (isSealed(last.text) || isSealed(first.text)) {
    if (first.text === '') return [...before, ...after.slice(1)]
    if (last.text === '') return [...before.slice(0, -1), ...after]
    return [...before, ...after]
  }
  return [...before.slice(0, -1), { kind: 'text', text: last.text + first.text }, ...after.slice(1)]
}

/** The value as one text, sealed or not; null where a part is open or opaque. */
export const single = (value: Parts): Value | null => {
  if (value.length === 0) return ''
  const [first, ...more] = value
  return first?.kind === 'text' && more.length === 0 ? first.text : null
}

/** The question to the one open place of a value, once the known text around it is taken off; null where there is no such. */
export const narrowedTo = (
  value: Parts,
  test: Test,
): { readonly symbol: string; readonly test: Test } | 'never' | null => {
  const at = value.findIndex(p => p.kind === 'open')
  const open = value[at]
  const [before, after] = [single(value.slice(0, at)), single(value.slice(at + 1))]
  if (open?.kind !== 'open' || typeof before !== 'string' || typeof after !== 'string') return null
  const { symbol } = open
  if (before === '' && after === '') return { symbol, test }
  if (test.kind === 'matches' || (test.kind === 'equals' && (isSealed(test.value) || test.fold))) return null
  const wanted = test.kind === 'blank' ? '0' : test.value
  if (isSealed(wanted)) return null
  const fits =
    wanted.length >= before.length + after.length && wanted.startsWith(before) && wanted.endsWith(after)
  if (!fits) return 'never'
  const inner = wanted.slice(before.length, wanted.length - after.length)
  return { symbol, test: { kind: 'equals', value: inner, fold: false } }
}
