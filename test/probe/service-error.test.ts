import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { errorNamed } from '#probe/service-error.ts'

const of = (body: string, headers: readonly (readonly [string, string])[] = []) =>
  errorNamed(headers, Buffer.from(body))

describe('the error that a service names', () => {
  it.each([
    [
      'S3 in XML',
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>X</RequestId></Error>',
      [],
      'AccessDenied',
    ],
    [
      'a website of S3',
      '<h1>404</h1><ul>\n<li>Code: NoSuchWebsiteConfiguration</li>',
      [],
      'NoSuchWebsiteConfiguration',
    ],
    ['a website of S3 by header', '', [['X-Amz-Error-Code', 'NoSuchKey']], 'NoSuchKey'],
    [
      'a function URL',
      '{"Message":"Forbidden"}',
      [['x-amzn-ErrorType', 'AccessDeniedException']],
      'AccessDeniedException',
    ],
    [
      'with a link after it',
      '',
      [['x-amzn-errortype', 'ForbiddenException:http://a.example/']],
      'ForbiddenException',
    ],
    ['a REST API', '{"message":"Missing Authentication Token"}', [], 'MissingAuthenticationTokenException'],
    ['an HTTP API', ' {"message": "Unauthorized"}\n', [], 'UnauthorizedException'],
    ['CloudFront that misses a signature', '<Error><Code>MissingKey</Code></Error>', [], 'MissingKey'],
    ['an HTTP API that forbids', '{"message":"Forbidden"}', [], 'ForbiddenException'],
  ] as const)('%s', (_, body, headers, error) => {
    expect(of(body, headers)).toEqual({ error })
  })

  it.each([
    ['an application with more to say', '{"message":"Forbidden","code":7}', []],
    ['an application in other words', '{"message":"forbidden"}', []],
    ['a code that is not known', '<Error><Code>Kh7sQ2vXp9Lr4TzW</Code></Error>', []],
    ['a header that is not known', '', [['x-amzn-errortype', 'Kh7sQ2vXp9Lr4TzW']]],
    ['a long page that quotes an error', `<Error><Code>AccessDenied</Code>${' '.repeat(9_000)}</Error>`, []],
    ['a region that is none', '', [['x-amz-bucket-region', 'Kh7sQ2vXp9Lr4TzW']]],
  ] as const)('is not taken from %s', (_, body, headers) => {
    expect(of(body, headers)).toEqual({})
  })

  it('a region is kept where it is one', () => {
    expect(of('', [['x-amz-bucket-region', 'ap-southeast-2']])).toEqual({ bucketRegion: 'ap-southeast-2' })
  })

  property.prop([fc.string(), fc.string()])('never repeats what it was given', (body, value) => {
    const named = ['x-amzn-errortype', 'x-amz-error-code', 'x-amz-bucket-region'].map(
      n => [n, value] as const,
    )
    const texts = [body, `<Error><Code>${body}</Code>`, `{"message":"${body}"}`]
    const known = /^[A-Z][A-Za-z]{6,40}$|^[a-z]{2,}(?:-[a-z]+)+-\d+$/
    for (const text of texts) for (const said of Object.values(of(text, named))) expect(said).toMatch(known)
  })
})
