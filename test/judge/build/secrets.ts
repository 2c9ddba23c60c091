/** Sealed values and the patterns they meet. */
import type { Sealed } from '#topology/sealed.ts'

export const tokenHeader = 'x-auth-token'

const fingerprint = (text: string): string =>
  [...text]
    .reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 0x7fffffff, 7)
    .toString(16)
    .padStart(32, '0')

const sealed = (name: string, dialect: Sealed['dialect'], extra: Partial<Sealed>): Sealed => ({
  ...{ sealed: fingerprint(name), folded: fingerprint(name.toLowerCase()), dialect },
  ...{ length: 40, alphabet: 'alphanumeric', bits: 190, exactBits: 200, meets: [], mayMeet: [] },
  ...extra,
})

export const patternOf = (name: string, dialect: Sealed['dialect'] = 'alb-glob'): string =>
  `${dialect}|${fingerprint(name)}`

/** A value that is sent: it meets the gates of the same name, and `others`. */
export const sent = (name: string, extra: Partial<Sealed> = {}, others: readonly string[] = []): Sealed =>
  sealed(name, 'value', {
    meets: [patternOf(name), patternOf(name, 'waf:EXACTLY'), ...others],
    ...extra,
  })

/** A value that a listener rule compares with. */
export const glob = (name: string, extra: Partial<Sealed> = {}): Sealed => sealed(name, 'alb-glob', extra)
export const regex = (name: string, extra: Partial<Sealed> = {}): Sealed => sealed(name, 'alb-regex', extra)
export const wafExactly = (name: string, extra: Partial<Sealed> = {}): Sealed =>
  sealed(name, 'waf:EXACTLY', extra)
