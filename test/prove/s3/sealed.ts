/** A sealed operand of a condition, as strong as wanted. */
import type { Sealed } from '#topology/sealed.ts'

export const randomSealed = (bits: number): Sealed => ({
  sealed: '0123456789abcdef0123456789abcdef',
  folded: 'fedcba9876543210fedcba9876543210',
  dialect: 'waf:EXACTLY',
  length: 32,
  alphabet: 'alphanumeric',
  bits: bits - 5,
  exactBits: bits,
  meets: [],
  mayMeet: [],
})
