import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '#cookie/base64.ts'
import { cookie, inOneHour, signature, statement } from './build.ts'
import { day, notes } from './inspect-parts.ts'

describe('what is wrong is named', () => {
  it.each([
    [
      'an expired cookie',
      cookie(statement({ DateLessThan: { 'AWS:EpochTime': inOneHour - 7200 } })),
      'refused: It has expired.',
    ],
    [
      'a cookie of tomorrow',
      cookie(statement({ DateGreaterThan: { 'AWS:EpochTime': inOneHour - 60 } })),
      'refused: It is not valid yet.',
    ],
    [
      'an end before the start',
      cookie(statement({ DateGreaterThan: { 'AWS:EpochTime': inOneHour + 60 } })),
      'refused: It expires before it starts.',
    ],
    [
      'a long life',
      cookie(statement({ DateLessThan: { 'AWS:EpochTime': inOneHour + 30 * day } })),
      'risk: It stays valid for 30 more days: whoever copies it has that long.',
    ],
    [
      'no expiry',
      cookie({ Statement: [{ Resource: 'https://cdn.example.com/a', Condition: {} }] }),
      'refused: The policy has no expiry (DateLessThan).',
    ],
    [
      'an expiry in milliseconds as text',
      cookie(statement({ DateLessThan: { 'AWS:EpochTime': '1' } })),
      'refused: DateLessThan holds no AWS:EpochTime in whole seconds.',
    ],
    [
      'every resource',
      cookie(statement({}, '*')),
      'risk: It covers every object of every distribution that trusts the key.',
    ],
    [
      'every host of both schemes',
      cookie(statement({}, 'http*://*')),
      'risk: It covers every object of every distribution that trusts the key.',
    ],
    [
      'no resource',
      cookie(statement({}, null)),
      'risk: It covers every object of every distribution that trusts the key.',
    ],
    [
      'every path of a host',
      cookie(statement({}, 'https://cdn.example.com/*')),
      'risk: It covers every path of its host names.',
    ],
    [
      'both schemes',
      cookie(statement({}, 'http*://cdn.example.com/a')),
      'note: It is good for plain HTTP as well as for HTTPS.',
    ],
    [
      'no address',
      cookie({
        Statement: [
          {
            Resource: 'https://a.example.com/b',
            Condition: { DateLessThan: { 'AWS:EpochTime': inOneHour } },
          },
        ],
      }),
      'note: It is bound to no address: it works wherever it is copied to.',
    ],
    [
      'all addresses',
      cookie(statement({ IpAddress: { 'AWS:SourceIp': '0.0.0.0/0' } })),
      'note: Its address range is all of IPv4, which limits nothing.',
    ],
    [
      'an IPv6 address',
      cookie(statement({ IpAddress: { 'AWS:SourceIp': '2001:db8::/32' } })),
      'refused: Its address range is IPv6, which signed policies cannot hold.',
    ],
    [
      'an address that is none',
      cookie(statement({ IpAddress: { 'AWS:SourceIp': 'office' } })),
      'refused: IpAddress holds no AWS:SourceIp that is an address or range.',
    ],
    [
      'an operator that is not known',
      cookie(statement({ StringLike: { a: 'b' } })),
      'refused: The Condition has an operator "StringLike" that CloudFront does not know.',
    ],
    [
      'two statements',
      cookie({ Statement: [...statement().Statement, ...statement().Statement] }),
      'refused: The policy has more than one statement.',
    ],
    ['no statement list', cookie({}), 'refused: The policy has no Statement list.'],
    ['a policy that is no JSON', cookie('{Statement}'), 'refused: The policy is no JSON.'],
    [
      'a policy in no base64',
      cookie(undefined, { 'CloudFront-Policy': 'a b!' }),
      "refused: The policy is not in CloudFront's base64.",
    ],
    [
      'a policy in ordinary base64',
      cookie(undefined, {
        'CloudFront-Policy': Buffer.from(
          JSON.stringify(statement({}, 'https://a.example.com/?????')),
        ).toString('base64'),
      }),
      'refused: The policy is in ordinary base64: CloudFront wants - _ ~ instead of + = /.',
    ],
    [
      'a signature in no base64',
      cookie(undefined, { 'CloudFront-Signature': '%%%' }),
      "refused: The signature is not in CloudFront's base64.",
    ],
    [
      'a signature that is cut off',
      cookie(undefined, { 'CloudFront-Signature': signature.slice(0, 100) }),
      'refused: The signature has 75 bytes: RSA 2048 gives 256, ECDSA 256 about 70. It may be cut off.',
    ],
    [
      'a signature of a short key',
      cookie(undefined, { 'CloudFront-Signature': encodeBase64('x'.repeat(128)) }),
      'risk: The signature has the length of an RSA key of 1024 bits: too short a key.',
    ],
    [
      'no signature',
      cookie(undefined, { 'CloudFront-Signature': '' }),
      'refused: CloudFront-Signature is missing.',
    ],
    [
      'no key id',
      cookie(undefined, { 'CloudFront-Key-Pair-Id': '' }),
      'refused: CloudFront-Key-Pair-Id is missing.',
    ],
    [
      'an unknown key',
      cookie(undefined, { 'CloudFront-Key-Pair-Id': 'K1111111111111' }),
      'refused: The key id is none of those that CloudFront is known to trust.',
    ],
    [
      'an account key pair',
      cookie(undefined, { 'CloudFront-Key-Pair-Id': 'APKAIOSFODNN7EXAMPLE' }),
      'risk: The key is an account key pair of the root user (APKA...): use a key group instead.',
    ],
    [
      'no policy at all',
      cookie(undefined, { 'CloudFront-Policy': '' }),
      'refused: Neither CloudFront-Policy nor CloudFront-Expires is there.',
    ],
    [
      'a hash that is not known',
      cookie(undefined, { 'CloudFront-Hash-Algorithm': 'MD5' }),
      'refused: Hash-Algorithm is neither SHA1 nor SHA256.',
    ],
    [
      'two different policies',
      `${cookie()}; CloudFront-Policy=${encodeBase64('{}')}`,
      'refused: CloudFront-Policy occurs with two different values.',
    ],
    [
      'both kinds of policy',
      cookie(undefined, { 'CloudFront-Expires': '1' }),
      'note: Both CloudFront-Policy and CloudFront-Expires are there; the policy was read.',
    ],
    [
      'a cookie for plain HTTP',
      `Set-Cookie: CloudFront-Signature=${signature}; HttpOnly`,
      'risk: CloudFront-Signature is set without Secure: it is sent over plain HTTP as well.',
    ],
    [
      'a cookie for scripts',
      `Set-Cookie: CloudFront-Signature=${signature}; Secure`,
      'risk: CloudFront-Signature is set without HttpOnly: scripts of the page can read it.',
    ],
  ])('%s', (_, text, expected) => {
    expect(notes(text)).toContain(expected)
  })

  it('whether a key is trusted stays open where no keys were given', () => {
    expect(notes(cookie(), null)).toContain(
      'note: Whether the key id is one that CloudFront trusts was not checked.',
    )
  })
})
