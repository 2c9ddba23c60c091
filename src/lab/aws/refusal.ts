/** Turns an error of the world into what the service would put on the wire: code and HTTP status. */
import type { Service } from './service.ts'

/** An error by the name the SDK raises or by its wire code; both find the modelled error. */
export interface AwsError {
  readonly code: string
  readonly message: string
  readonly status?: number
}

export function wireError(service: Service | undefined, error: AwsError): Required<AwsError> {
  const modelled = service?.errors.get(error.code)
  return {
    code: modelled?.code ?? error.code,
    message: error.message,
    status: error.status ?? modelled?.status ?? usualStatus(service?.protocol ?? '', error.code),
  }
}

/** Statuses of the errors that no service models, as the AWS "common errors" pages list them. */
function usualStatus(protocol: string, code: string): number {
  if (code === 'RequestLimitExceeded' || code === 'SlowDown' || code === 'ServiceUnavailable') return 503
  if (code === 'TooManyRequestsException') return 429
  if (code === 'InternalFailure' || code === 'InternalError') return 500
  // The answer to a HEAD has no body to name the error in: its status is all there is.
  if (code === 'NotFound') return 404
  if (protocol.startsWith('awsJson')) return 400
  return /^(AccessDenied|Unauthorized|MissingAuthentication|InvalidClientTokenId|ExpiredToken|Signature)/.test(
    code,
  )
    ? 403
    : 400
}
