/** Knowledge: a value that was observed, or the gaps that explain why it was not. */
import type { Gap } from './gap.ts'

export type Known<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly gaps: readonly Gap[] }

export const known = <T>(value: T): Known<T> => ({ known: true, value })
export const unobserved = (...gaps: readonly Gap[]): Known<never> => ({ known: false, gaps })

/** Applies `f` to a known value; an unobserved one keeps its gaps. */
export const mapKnown = <A, B>(a: Known<A>, f: (value: A) => B): Known<B> => (a.known ? known(f(a.value)) : a)
