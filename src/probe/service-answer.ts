/** What S3, Lambda and API Gateway say themselves when they do not deliver a request. */
import type { ProbeRequest, ProbeResponse } from './exchange.ts'
import { blocked, type Meaning, question } from './meaning.ts'

/** Whose manners an answer has. */
export type Service = 'bucket' | 'function-url' | 'api'

/** Answers that move the visitor to the endpoint of another region; nobody follows them. */
const movedByS3 = ({ status, error, bucketRegion }: ProbeResponse): boolean =>
  (status === 301 || status === 307) &&
  (bucketRegion !== undefined || error === 'PermanentRedirect' || error === 'TemporaryRedirect')

/** An answer to HEAD has no body that would name the error: S3 refuses with 403 alone. */
const refusedByS3 = ({ status, error }: ProbeResponse, { method }: ProbeRequest): boolean =>
  status === 403 &&
  (error === 'AccessDenied' || error === 'AllAccessDisabled' || (error === undefined && method === 'HEAD'))

const ofS3 = (request: ProbeRequest, response: ProbeResponse): Meaning | null => {
  const { status, error = 'no error code', bucketRegion } = response
  if (movedByS3(response))
    return question(
      'region-redirect',
      `S3 sends the visitor to ${bucketRegion === undefined ? "another region's endpoint" : `the endpoint of ${bucketRegion}`}, which is not followed.`,
    )
  if (refusedByS3(response, request)) return blocked('s3-gate', 'S3 denies access to whoever does not sign')
  if (status === 404 && error === 'NoSuchWebsiteConfiguration')
    return blocked('s3-gate', 'the bucket has no website')
  if (status === 404 && error === 'NoSuchBucket')
    return question('no-such-bucket', 'S3 says that there is no such bucket, so the snapshot is stale.')
  if (status === 404)
    return question(
      'no-such-object',
      'S3 says that it has no such object, which it tells only whoever may list the bucket.',
    )
  return status >= 400 ? question('service-error', `S3 answers ${status} (${error}).`) : null
}

const ofLambda = ({ status, error }: ProbeResponse): Meaning | null => {
  if (status === 403 && error === 'AccessDeniedException')
    return blocked('iam-gate', 'the function URL answers only signed requests')
  return failing(status) ? question('service-error', `The function URL answers ${status}.`) : null
}

const refusals: Readonly<Record<string, readonly [status: number, text: string]>> = {
  AccessDeniedException: [403, 'the policy or an authorizer of the API denies access'],
  ForbiddenException: [403, 'API Gateway forbids the request'],
  MissingAuthenticationTokenException: [403, 'API Gateway misses a signature, or serves no such route'],
  UnauthorizedException: [401, 'an authorizer of the API asks for an identity'],
}

/** An application may say the same of a path that it does not know, but hardly of one that the edge serves. */
const ofApi = ({ role }: ProbeRequest, { status, error }: ProbeResponse, off: boolean): Meaning | null => {
  if (status === 404 && error === 'NotFoundException')
    return off || role === 'N1-direct'
      ? blocked('apigw-gate', 'API Gateway serves nothing there')
      : question('not-served', 'API Gateway, or the application, says that there is no such path.')
  const [expected, text = ''] = refusals[error ?? ''] ?? []
  if (expected === status) return blocked('apigw-gate', text)
  return failing(status) ? question('service-error', `API Gateway answers ${status}.`) : null
}

/** Throttled, or what is behind the service did not answer. */
const failing = (status: number): boolean => status === 429 || [502, 503, 504].includes(status)

/** Null where the answer is not the service's own. `off`: the door is configured to answer nobody. */
export const serviceAnswer = (
  service: Service,
  request: ProbeRequest,
  response: ProbeResponse,
  off = false,
): Meaning | null => {
  switch (service) {
    case 'bucket':
      return ofS3(request, response)
    case 'function-url':
      return ofLambda(response)
    case 'api':
      return ofApi(request, response, off)
  }
}
