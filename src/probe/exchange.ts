/** What a probe asks, what came back, and what it means: plain values that go into the result. */

/** The question an exchange answers; recipes and controls of the probe procedure. */
export type ProbeRole =
  /** Positive control: the page as the edge shows it. */
  | 'P'
  /** Negative control: a random path through the edge and directly. */
  | 'N1-edge'
  | 'N1-direct'
  /** Negative control: a random Host directly. */
  | 'N2'
  /** Negative control: a wrong token of the same length and alphabet. */
  | 'N3'
  /** The witness, or the plain direct request where proving has none. */
  | 'W'
  /** A path that needs a signature, asked for without one: through the edge, in another spelling, and directly. */
  | 'S-edge'
  | 'S-twin'
  | 'S-direct'

/** R1 direct; R2 wrong token; R3 each listener port and scheme; R5 SNI and Host variants. */
export type Recipe = 'R1' | 'R2' | 'R3' | 'R5' | 'control'

export interface ProbeRequest {
  /** Unique in the plan, stable across runs of the same snapshot: `<link id>#<n>`. */
  readonly id: string
  readonly link: string
  readonly recipe: Recipe
  readonly role: ProbeRole
  /** Where the socket goes. `name` is a DNS name of the account's own; the address is chosen when it is resolved. */
  readonly connect: { readonly name: string; readonly port: number; readonly family: 4 | 6 }
  /** What is claimed there. `sni` null means no TLS, an empty one TLS that names no server. */
  readonly present: { readonly host: string; readonly sni: string | null }
  readonly method: 'GET' | 'HEAD'
  readonly path: string
  /** Never a secret. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Why there is no response. */
export type NoResponse =
  | 'not-sent-unowned'
  | 'not-sent-private'
  | 'not-sent-budget'
  /** The request itself breaks a safety rule: method, path or header. */
  | 'not-sent-unsafe'
  | 'unresolved'
  | 'refused'
  | 'connect-timeout'
  | 'tls-failed'
  | 'client-certificate-required'
  | 'timeout'
  | 'reset'
  | 'invalid-http'
  | 'too-large'
  | 'failed'

export interface ProbeResponse {
  readonly status: number
  /** Lower-case names, values cut to 256 characters, cookies by name only, nothing that carries a session. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly bodyBytes: number
  /** The cap was reached and the rest not read. */
  readonly truncated: boolean
  /** SHA-256 of the body after normalisation, 32 hex digits. */
  readonly bodyHash: string
  /** SHA-256 hashes (8 hex digits) of shingles of the normalised body, sorted, at most 128: similarity without the body. */
  readonly shingles: readonly string[]
  readonly title: string | null
  /** What an AWS service's own answer names as the error, of the names that are known; left out where there is none. */
  readonly error?: string
  /** Region that S3 says a bucket is in; left out where it says none. */
  readonly bucketRegion?: string
  /** Secrets that CloudFront sent and the answer gives back; left out where none was looked for. */
  readonly echoes?: readonly Echo[]
}

/** A secret value that CloudFront adds to a request stands in the answer. Never the value. */
export interface Echo {
  /** Name of the header that CloudFront adds. */
  readonly header: string
  /** `sealed:` and the first eight digits of its fingerprint. */
  readonly value: string
  /** `escaped`: under percent, HTML or backslash escapes. */
  readonly form: 'plain' | 'escaped' | 'base64' | 'hex'
  readonly where: 'body' | 'headers'
}

export interface Exchange {
  readonly id: string
  readonly request: ProbeRequest
  /** The address the socket went to; null when nothing was sent. */
  readonly address: string | null
  /** ISO 8601; null when nothing was sent. */
  readonly sentAt: string | null
  readonly outcome:
    | {
        readonly kind: 'response'
        readonly response: ProbeResponse
        readonly certificateVerified: boolean | null
      }
    | { readonly kind: 'no-response'; readonly reason: NoResponse; readonly message: string }
}

/** What the probe of a link says. */
export interface ProbeVerdict extends Conclusion {
  /** Left out where no behaviour of the link asks for a signature, and where nothing was asked. */
  readonly signature?: SignatureVerdict
  /** Pages of the edge that give back what CloudFront sends; left out where no page was looked through for that. */
  readonly echoes?: readonly (Echo & { readonly exchange: string })[]
}

/**
 * What paths that need a signature answer without one: `confirmed` where one was served, `blocked` where every way that was
 * asked refused.
 */
export interface SignatureVerdict extends Conclusion {
  readonly verdict: 'confirmed' | 'blocked' | 'inconclusive'
  /** What other spellings of such paths were answered, as far as that tells how CloudFront reads paths. */
  readonly spellings: readonly Spelling[]
}

/** A path that needs a signature under some readings of CloudFront's and none under others, asked for without one. */
export interface Spelling {
  readonly path: string
  /** `refused`: CloudFront misses a signature. `passed`: the bucket was asked without one. */
  readonly answer: 'refused' | 'passed'
  /** Id of the exchange. */
  readonly exchange: string
}

interface Conclusion {
  readonly verdict: 'confirmed' | 'blocked' | 'inconclusive' | 'not-probed'
  /** One sentence; a stable code first, e.g. `gate: the direct answer is the fixed response of the default action`. */
  readonly code: string
  readonly reason: string
  /** Ids of the exchanges that carry the verdict. */
  readonly exchanges: readonly string[]
}
