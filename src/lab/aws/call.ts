/** The contract between the endpoint and the world behind it: a call, and the ways to answer it. */
import type { Broken } from './broken.ts'
import type { AwsError } from './refusal.ts'
import type { Fields } from './shape.ts'

/** One call as the SDK user made it. */
export interface AwsCall {
  /** Suffix of the SDK package, e.g. `elastic-load-balancing-v2`. */
  readonly service: string
  readonly operation: string
  /** Region of the SigV4 credential scope; empty when unsigned or signed for many regions. */
  readonly region: string
  readonly accessKeyId: string
  /** Decoded input in SDK shape. */
  readonly input: Fields
}

/** `output` is in SDK shape (see `conform`); `error.code` is the name the SDK raises, or its wire form. */
export type AwsAnswer =
  | { readonly output: Fields }
  | { readonly error: AwsError }
  | { readonly broken: Broken }

export type AwsHandler = (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>
