/** The error that an answer of S3, Lambda, API Gateway or CloudFront names: of a fixed list, so that nothing else is ever repeated. */
import type { ProbeResponse } from './exchange.ts'

/** Error codes of S3, in its XML answers and in a header of website endpoints (S3 API Reference, "List of error codes"). */
const ofS3 = [
  'AccessDenied',
  'AllAccessDisabled',
  'InvalidObjectState',
  'MethodNotAllowed',
  'NoSuchBucket',
  'NoSuchKey',
  'NoSuchWebsiteConfiguration',
  'PermanentRedirect',
  'SlowDown',
  'TemporaryRedirect',
] as const

/**
 * Codes of CloudFront where it misses a signature (AWS re:Post, "How do I troubleshoot issues related to a signed URL or
 * signed cookies in CloudFront?", by their messages).
 */
const ofCloudFront = ['MissingKey', 'InvalidKey'] as const

/** Names in `x-amzn-ErrorType` (API Gateway Developer Guide, "Gateway response types"; Lambda function URLs). */
const ofGateway = [
  'AccessDeniedException',
  'ForbiddenException',
  'MissingAuthenticationTokenException',
  'NotFoundException',
  'UnauthorizedException',
] as const

/** Whole bodies of API Gateway, by the name of the same error; HTTP APIs send no header that names it. */
const bodies: ReadonlyMap<string, (typeof ofGateway)[number]> = new Map([
  ['Missing Authentication Token', 'MissingAuthenticationTokenException'],
  ['Forbidden', 'ForbiddenException'],
  ['Not Found', 'NotFoundException'],
  ['Unauthorized', 'UnauthorizedException'],
])

/** Longer answers are no error of a service. */
const longest = 8_192

const known = (names: readonly string[], said: string | undefined): string | undefined =>
  names.find(name => name === said)

const inXml = (text: string): string | undefined =>
  known([...ofS3, ...ofCloudFront], /<Error>[\s\S]{0,512}?<Code>([A-Za-z]{1,64})<\/Code>/.exec(text)?.[1])

/** The website endpoints write a page with the code in a list. */
const inPage = (text: string): string | undefined =>
  known(ofS3, /<li>Code: ([A-Za-z]{1,64})<\/li>/.exec(text)?.[1])

const inJson = (text: string): string | undefined => {
  const message = /^\s*\{\s*"message"\s*:\s*"([A-Za-z ]{1,64})"\s*\}\s*$/.exec(text)?.[1]
  return message === undefined ? undefined : bodies.get(message)
}

const region = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/

/** From all headers as they came and the decoded body. */
export const errorNamed = (
  headers: readonly (readonly [name: string, value: string])[],
  body: Uint8Array,
): Pick<ProbeResponse, 'error' | 'bucketRegion'> => {
  const header = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  const text = body.length > longest ? '' : Buffer.from(body).toString('utf8')
  const error =
    known(ofGateway, header('x-amzn-errortype')?.split(':', 1)[0]) ??
    known(ofS3, header('x-amz-error-code')) ??
    inXml(text) ??
    inPage(text) ??
    inJson(text)
  const bucketRegion = header('x-amz-bucket-region')
  return {
    ...(error !== undefined && { error }),
    ...(bucketRegion !== undefined && region.test(bucketRegion) && { bucketRegion }),
  }
}

/**
 * Whether CloudFront itself says that it misses a signature. An application may write the same, but CloudFront names itself
 * or nobody is named.
 */
export const missesSignature = ({ status, error, headers }: ProbeResponse): boolean =>
  status === 403 &&
  ofCloudFront.some(code => code === error) &&
  headers.every(([name, value]) => name !== 'server' || /^cloudfront$/i.test(value))
