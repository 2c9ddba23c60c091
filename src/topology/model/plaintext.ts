/** Places in which secrets of the account stand in clear, where values were looked through. */
import type { Known } from '#base/known.ts'
import type { PlaintextKind } from '#snapshot/plaintext.ts'
import type { Partly } from './other-ways.ts'
import type { Ref } from './ref.ts'

export interface PlaintextSighting {
  /** The resource that holds the value. */
  readonly ref: Ref
  readonly kind: PlaintextKind | 'unrecognised'
  /** Name of the variable, parameter or output; empty where the resource holds one text only. */
  readonly key: string
  /** Whether a value is the secret and nothing else. */
  readonly whole: boolean
  /** The secrets, by the fingerprints of their folded texts (`Sealed.folded`); not known where the record is not readable. */
  readonly fingerprints: Known<readonly string[]>
}

/** Each gap says what could not be looked through. */
export type PlaintextSearch = Partly<PlaintextSighting>
