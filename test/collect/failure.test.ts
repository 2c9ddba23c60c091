import { describe, expect, test } from 'vitest'
import { failureOf } from '#collect/failure.ts'

const thrown = (fields: Record<string, unknown>): Error => Object.assign(new Error('secret text'), fields)

describe('what was thrown', () => {
  test.each([
    [
      { name: 'UnauthorizedOperation', $metadata: { httpStatusCode: 403 } },
      'denied',
      'UnauthorizedOperation',
    ],
    [
      { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } },
      'denied',
      'AccessDeniedException',
    ],
    [
      { name: 'RequestLimitExceeded', $metadata: { httpStatusCode: 503 } },
      'throttled',
      'RequestLimitExceeded',
    ],
    [{ name: 'Whatever', $metadata: { httpStatusCode: 429 } }, 'throttled', 'Whatever'],
    [{ name: 'NoSuchHostedZone', $metadata: { httpStatusCode: 404 } }, 'not-found', 'NoSuchHostedZone'],
    [{ name: 'TimeoutError' }, 'timeout', 'TimeoutError'],
    [{ name: 'AbortError' }, 'timeout', 'AbortError'],
    [{ name: 'TimeoutError', code: 'ECONNRESET' }, 'unreachable', 'ECONNRESET'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'unreachable', 'CERT_HAS_EXPIRED'],
    [{ cause: { cause: { code: 'ENOTFOUND' } } }, 'unreachable', 'ENOTFOUND'],
    [{ name: 'SyntaxError' }, 'malformed', 'unreadable'],
    [{ name: 'Error', $metadata: { httpStatusCode: 200 } }, 'malformed', 'unreadable'],
    [
      { name: 'ExpiredTokenException', $metadata: { httpStatusCode: 403 } },
      'failed',
      'ExpiredTokenException',
    ],
    [{ name: 'InternalError', $metadata: { httpStatusCode: 500 } }, 'failed', 'InternalError-500'],
    [{ name: 'a name with spaces: secret' }, 'failed', 'an unnamed error'],
  ] as const)('%o is %s: %s', (fields, code, reason) => {
    expect(failureOf(thrown(fields))).toEqual({ code, reason })
  })

  test.each([undefined, null, 'secret', 42])('%s is some failure, and is not repeated', value => {
    expect(failureOf(value)).toEqual({ code: 'failed', reason: 'an unnamed error' })
  })
})
