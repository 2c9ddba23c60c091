/** Headers that CloudFront writes on the way to an origin, whoever the customer is (CloudFront developer guide). */
import type { RequestHeader } from './alb/request.ts'
import type { Vantage } from './exposure.ts'

/** Two examples of what every request carries, since parts of the values are random. */
const examples: readonly (readonly RequestHeader[])[] = [
  [
    { name: 'Via', value: '1.1 0a1b2c3d4e5f60718293a4b5c6d7e8f9.cloudfront.net (CloudFront)' },
    { name: 'X-Amz-Cf-Id', value: 'T0kq3Zr8vYw1LmN5pQ2sUxJ7hG4fD9cB6aE-oI_iRtMzKlWnVbXyCg==' },
  ],
  [
    { name: 'Via', value: '2.0 f9e8d7c6b5a49382716050f4e3d2c1b0.cloudfront.net (CloudFront)' },
    { name: 'X-Amz-Cf-Id', value: 'gCyXbVnWlKzMtRiIo_Ea6Bc9Df4Gh7JxUs2Qp5NmL1wYv8rZ3qk0TA==' },
  ],
]

/** None for senders that connect directly. */
export const addedHeaders = (vantage: Vantage, example: 0 | 1): readonly RequestHeader[] =>
  vantage === 'tenant' ? (examples[example] ?? []) : []

/** Names, in lower case, whose values are not known at the origin. */
export const unknownHeaders = (vantage: Vantage): readonly string[] =>
  vantage === 'tenant' ? ['x-forwarded-for', 'via', 'x-amz-cf-id'] : []

/** Headers that a distribution cannot add, or that CloudFront replaces. */
export const isEdgeHeader = (name: string): boolean =>
  /^(?:via|x-amz-.*|x-edge-.*|x-real-ip|proxy-.*|connection|te|trailer|transfer-encoding|upgrade)$/i.test(
    name,
  )
