/** What a failed call means: one of the gap codes and a reason that holds nothing of the answer's text. */
import type { GapCode } from '#base/gap.ts'

export interface Failure {
  readonly code: GapCode
  /** Name of the error, e.g. `AccessDenied` or `ECONNREFUSED`: letters, digits, dots and dashes only. */
  readonly reason: string
}

interface SdkError {
  readonly name?: unknown
  readonly code?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly $retryable?: { readonly throttling?: boolean }
  readonly $response?: unknown
}

const denied = /^(AccessDenied|Unauthori[sz]ed|NotAuthorized|AuthorizationError|OptInRequired|Forbidden)/i
const throttled =
  /Throttl|^(RequestLimitExceeded|TooManyRequests|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete|WAFLimitsExceeded)/
const missing = /NotFound|NoSuch|NonExistent|Nonexistent|DoesNotExist/
const credentials =
  /^(Expired|RequestExpired|InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|InvalidAccessKeyId|CredentialsProviderError|TokenProviderError)/
const network =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EPROTO|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|HPE_)/
const slow = /^(TimeoutError|AbortError|ETIMEDOUT|ESOCKETTIMEDOUT|RequestTimeout)/

/** Names of errors are the service's own words: anything but a plain identifier is not repeated. */
const safe = (name: unknown): string =>
  typeof name === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(name) ? name : 'an unnamed error'

/** Whether credentials themselves were refused, as opposed to one action. */
export const isCredentialFailure = ({ reason }: Failure): boolean => credentials.test(reason)

export const hasExpired = ({ reason }: Failure): boolean => /Expired/.test(reason)

export function failureOf(thrown: unknown): Failure {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as SdkError
  const wire = wireFailure(error)
  if (wire) return wire
  const status = error.$metadata?.httpStatusCode
  const reason = safe(error.name)
  if (slow.test(reason)) return { code: 'timeout', reason }
  if (status !== undefined && status >= 200 && status < 300)
    return { code: 'malformed', reason: 'unreadable' }
  if (throttled.test(reason) || status === 429 || error.$retryable?.throttling)
    return { code: 'throttled', reason }
  if (credentials.test(reason)) return { code: 'failed', reason }
  if (denied.test(reason)) return { code: 'denied', reason }
  if (missing.test(reason)) return { code: 'not-found', reason }
  if (unreadable(error)) return { code: 'malformed', reason: 'unreadable' }
  if (status === 403) return { code: 'denied', reason }
  return { code: 'failed', reason: status === undefined ? reason : `${reason}-${status}` }
}

/** Trouble below HTTP, which Node names by `code`, at any depth of `cause`. */
const wireFailure = (error: SdkError, depth = 0): Failure | undefined => {
  const reason = safe(error.code)
  if (network.test(reason)) return { code: 'unreachable', reason }
  if (slow.test(reason)) return { code: 'timeout', reason }
  const cause = error.cause
  return typeof cause === 'object' && cause !== null && depth < 5
    ? wireFailure(cause as SdkError, depth + 1)
    : undefined
}

/** The SDK could not parse the answer: its parsers throw plain errors. */
const unreadable = (error: SdkError): boolean =>
  error.name === 'SyntaxError' ||
  error.name === 'TypeError' ||
  (error.name === 'Error' && /parse|deserializ|xml|json/i.test(String(error.message)))
