/** Lambda function URLs in the graph. */
import type { Known } from '#base/known.ts'
import type { Ref } from './ref.ts'

export interface FunctionUrl {
  readonly ref: Ref
  /** `<url id>.lambda-url.<region>.on.aws`, lower case. */
  readonly host: string
  /** Without the alias. */
  readonly functionArn: string
  /** The alias that the URL is of; null for the function itself. */
  readonly alias: string | null
  /** `NONE` asks nothing of a caller but what the policy asks; `AWS_IAM` asks for a signed request. */
  readonly authType: 'NONE' | 'AWS_IAM' | 'unrecognised'
  /** ISO 8601; null where AWS gives none. */
  readonly created: string | null
  readonly policy: Known<ResourcePolicy | null>
}

/** A resource policy document as it stands, for the policy evaluator to read. */
export interface ResourcePolicy {
  readonly ref: Ref
  readonly document: unknown
}
