/** A value that a gate compares a secret header with, and where it does. */
import type { Gap } from '#base/gap.ts'
import type { Listener, Ref } from '#topology/model.ts'
import type { Sealed } from '#topology/sealed.ts'

export interface GateValue {
  /** Header name, lower case. */
  readonly header: string
  /** Null where the value stands outside the rule, in a regex pattern set. */
  readonly value: Sealed | null
  /** The listener rule or web ACL. */
  readonly place: Ref
  /** For people: `rule 10 of listener HTTPS:443`. */
  readonly placeName: string
  /** Null for a web ACL, which stands before every listener. */
  readonly listener: Listener | null
}

export interface Gates {
  readonly values: readonly GateValue[]
  /** What could not be read; there may be further gates. */
  readonly gaps: readonly Gap[]
}
