import { describe, expect, test } from 'vitest'
import { UserFault } from '#base/fault.ts'
import type { AwsHandler } from '#lab/aws/endpoint.ts'
import { run } from './run.ts'

const faultOf = async (answer: AwsHandler): Promise<string> => {
  const failed = await run({
    wrap: handle => call => (call.service === 'sts' ? answer(call) : handle(call)),
    collect: { requestTimeoutMs: 200 },
  }).catch((thrown: unknown) => thrown)
  expect(failed).toBeInstanceOf(UserFault)
  return (failed as UserFault).message
}
const refusing =
  (code: string): AwsHandler =>
  () => ({ error: { code, message: 'text of the service' } })

describe('credentials that do not work end the scan with one sentence', () => {
  test.each([
    ['ExpiredToken', /have expired \(ExpiredToken.*\): sign in again/],
    ['InvalidClientTokenId', /does not accept the credentials \(InvalidClientTokenId\)/],
    ['SignatureDoesNotMatch', /does not accept the credentials .* clock/],
    ['AccessDenied', /may not be used \(AccessDenied\).* trust policy/],
    ['ServiceUnavailable', /did not say whose credentials/],
  ])('%s', async (code, sentence) => {
    const message = await faultOf(refusing(code))
    expect(message).toMatch(sentence)
    expect(message).not.toContain('text of the service')
    expect(message).not.toContain('\n')
  })

  test('an endpoint that does not answer is named', async () => {
    expect(await faultOf(() => ({ broken: 'hang' }))).toMatch(
      /^No connection to AWS STS at http:\/\/127\.0\.0\.1:\d+ \(/,
    )
  })

  test('an endpoint where nobody listens is named', async () => {
    await expect(run({ collect: { endpoint: 'http://127.0.0.1:1' } })).rejects.toThrow(
      /^No connection to AWS STS at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)/,
    )
  })

  test('something that is no AWS is said to be none', async () => {
    expect(await faultOf(() => ({ broken: 'malformed' }))).toMatch(/is not AWS STS/)
  })

  test('a chain that finds nothing says how to set credentials', async () => {
    const empty = async () => {
      throw Object.assign(new Error('Could not load credentials from any providers'), {
        name: 'CredentialsProviderError',
      })
    }
    await expect(run({ collect: { credentials: empty } })).rejects.toThrow(/^No AWS credentials were found/)
  })
})
