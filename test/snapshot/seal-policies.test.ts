/** Secrets in the conditions of resource policies are sealed; sites and browsers are not. */
import { expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import { isSealed } from '#snapshot/sealed.ts'
import { randomText } from './random.ts'
import { resource } from './records.ts'
import { sealedIn, sealOne } from './sealing.ts'

const token = randomText('token', 32)

const policy = (condition: unknown) =>
  resource(types.bucketPolicy, 'arn:aws:s3:::files', {
    Bucket: 'files',
    Policy: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Trick', Effect: 'Allow', Principal: '*', Condition: condition }],
    },
  })

test.each([
  ['StringEquals', 'waf:EXACTLY'],
  ['StringLike', 'alb-glob'],
  ['StringNotEqualsIgnoreCase', 'alb-glob'],
])('a secret that %s compares with the referring page or the user agent', (operator, dialect) => {
  const record = policy({ [operator]: { 'aws:Referer': token, 'AWS:UserAgent': [token, 'short'] } })
  const sealed = sealOne(record)
  expect(sealedIn(sealed.config).map(s => s.dialect)).toEqual([dialect, dialect, dialect])
  expect(JSON.stringify(sealed)).not.toContain(token)
  const restored = JSON.parse(JSON.stringify(sealed), (_, v: unknown) =>
    isSealed(v) ? (v.length === 5 ? 'short' : token) : v,
  ) as unknown
  expect(restored).toEqual(record)
})

test('a site with a secret behind it is a secret', () => {
  const sealed = sealOne(policy({ StringLike: { 'aws:Referer': `https://example.com/${token}` } }))
  expect(JSON.stringify(sealed)).not.toContain(token)
})

test.each(['https://example.com/*', 'http://*.example.com/', '*', 'example.com*'])(
  'the site %s is left in clear',
  site => {
    const record = policy({ StringLike: { 'aws:Referer': [site] } })
    expect(sealOne(record)).toEqual(record)
  },
)

test('browsers, and keys that hold no header, are left in clear', () => {
  const record = policy({
    StringLike: { 'aws:UserAgent': ['Mozilla/5.0*', 'Amazon CloudFront'] },
    ArnLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE' },
  })
  expect(sealOne(record)).toEqual(record)
})
