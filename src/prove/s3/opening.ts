/** What one way to the objects of a bucket says to strangers, and who these are. */
import type { Reason, Vantage } from '../exposure.ts'
import type { Policy } from '../policy/policy.ts'
import type { Question } from '../policy/request-keys.ts'
import { type Admission, anyAccountMay, anyDistributionMay, anyoneMay } from '../policy/who-may.ts'

export type Opening =
  | {
      readonly kind: 'open'
      /** Who gets in, in words. */
      readonly who: string
      readonly anonymous: boolean
      /** What the request must carry, by lower-case condition key; `resource` is the object. */
      readonly choice: Readonly<Record<string, readonly string[]>>
    }
  | { readonly kind: 'closed'; readonly text: string; readonly lines: readonly number[] }
  | { readonly kind: 'unknown'; readonly reasons: readonly Reason[] }

export const unknown = (...reasons: readonly Reason[]): Opening => ({ kind: 'unknown', reasons })

/** By lower-case key, as conditions name them. */
export const choiceIn = (witness: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(witness).map(([key, values]) => [key.toLowerCase(), values]))

/** A kind of stranger. */
export interface Ask {
  readonly may: (policy: Policy, question: Question) => Admission
  readonly anonymous: boolean
  /** Services stay admitted where public policies are restricted. */
  readonly service: boolean
}

const anyone: Ask = { may: anyoneMay, anonymous: true, service: false }
const everyStranger: readonly Ask[] = [
  anyone,
  { may: anyAccountMay, anonymous: false, service: false },
  { may: anyDistributionMay, anonymous: false, service: true },
]

export const strangersAt = (vantage: Vantage): readonly Ask[] =>
  vantage === 'internet' ? [anyone] : everyStranger
