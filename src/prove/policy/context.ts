/** What is known of a request: for each key whether the requester chooses it, somebody else fixed it, or nobody knows. */

export type Knowledge =
  /** In the request with these values; without any it is absent. */
  | { readonly kind: 'is'; readonly values: readonly string[] }
  /** The requester picks one of these; an empty one means absent. */
  | { readonly kind: 'one-of'; readonly choices: readonly (readonly string[])[] }
  /** The requester picks any text of this shape (a glob); `example` is one that reads well. */
  | {
      readonly kind: 'text'
      readonly shape: string
      readonly example: string
      readonly optional: boolean
      /** Texts of that shape that are not the requester's to pick. */
      readonly except?: readonly string[]
    }
  /** The requester picks any address of these CIDRs. */
  | { readonly kind: 'address'; readonly cidrs: readonly string[] }
  /** The requester waits for any moment from this one on, in milliseconds since 1970. */
  | { readonly kind: 'time'; readonly from: number }
  /** Neither chosen by the requester nor known here; `why` completes the sentence "... is not known because". */
  | { readonly kind: 'undecided'; readonly why: string }

export const absent: Knowledge = { kind: 'is', values: [] }
export const is = (...values: readonly string[]): Knowledge => ({ kind: 'is', values })
export const anyText = (example: string, shape = '*'): Knowledge => ({
  kind: 'text',
  shape,
  example,
  optional: true,
})

/** Lower-case key, or its beginning with a final slash (`aws:principaltag/`), to what is known of it. */
export type Context = Readonly<Record<string, Knowledge>>

/** Who asks. The ARN of an AWS principal is the key `aws:principalarn` of the context. */
export type Requester =
  | { readonly kind: 'anonymous' }
  /** Canonical id null: not known. */
  | { readonly kind: 'aws'; readonly account: string; readonly canonicalId: string | null }
  /** A service acting for itself, e.g. `cloudfront.amazonaws.com`. */
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string }

export interface PolicyRequest {
  readonly requester: Requester
  /** e.g. `s3:GetObject`. */
  readonly action: string
  /** An ARN, or a choice of ARNs. */
  readonly resource: Knowledge
  readonly context: Context
}

/** The resource stands in the view under this key, which no policy can name. */
export const resourceKey = ' resource'

export const knowledgeOf = (request: PolicyRequest, key: string): Knowledge => {
  if (key === resourceKey) return request.resource
  const slash = key.indexOf('/')
  const family = slash < 0 ? undefined : own(request.context, key.slice(0, slash + 1))
  return (
    own(request.context, key) ??
    family ?? { kind: 'undecided', why: 'this version does not know what such a request carries there' }
  )
}

const own = (context: Context, key: string): Knowledge | undefined =>
  Object.hasOwn(context, key) ? context[key] : undefined

/** A key's values while choices are being made: chosen or fixed, still open, or not known. */
export type Seen = readonly string[] | { readonly open: true } | { readonly why: string }

export interface View {
  readonly request: PolicyRequest
  readonly chosen: ReadonlyMap<string, readonly string[]>
}

export const seen = ({ request, chosen }: View, key: string): Seen => {
  const choice = chosen.get(key)
  if (choice) return choice
  const knowledge = knowledgeOf(request, key)
  if (knowledge.kind === 'is') return knowledge.values
  return knowledge.kind === 'undecided' ? { why: knowledge.why } : { open: true }
}

export const isValues = (value: Seen): value is readonly string[] => Array.isArray(value)
