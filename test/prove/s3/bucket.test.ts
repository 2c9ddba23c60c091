/** Who reads a bucket: policies, lists, what overrides them, and what is not known, for every kind of stranger. */
import { describe, expect, test } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import { replayWitness } from '#prove/replay.ts'
import type { BucketTarget } from '#prove/s3/request.ts'
import type { Bucket } from '#topology/model.ts'
import { aGap, aWorld } from '../../judge/build.ts'
import { arn, bucketWith, cloudFront, exactly, exposure, flags, statement, verdicts } from './build.ts'
import { randomSealed } from './sealed.ts'

const restricted = (...statements: readonly unknown[]): Bucket =>
  bucketWith(
    { publicAccess: { bucket: flags({ restrictPublicBuckets: true }), account: known(null) } },
    ...statements,
  )

const denied = (condition: unknown) => statement('*', condition, { Effect: 'Deny', Action: 's3:*' })

const gap = unobserved(aGap('GetBucketPolicy'))

describe('the verdict for the internet and for tenants', () => {
  test.each<[string, string, Bucket | null]>([
    ['closed closed', 'the distribution is named', bucketWith({}, exactly)],
    ['closed closed', 'there is no policy', bucketWith({ policy: known(null) })],
    ['closed open', 'CloudFront is named without a distribution', bucketWith({}, statement(cloudFront))],
    ['open open', 'everyone may read', bucketWith({}, statement('*'))],
    [
      'closed closed',
      'everyone may list keys only',
      bucketWith({}, statement('*', undefined, { Action: 's3:ListBucket' })),
    ],
    [
      'open open',
      'everyone may read who names a page',
      bucketWith({}, statement('*', { StringLike: { 'aws:Referer': 'https://example.com/*' } })),
    ],
    [
      'closed closed',
      'everyone may read who knows a strong value',
      bucketWith({}, statement('*', { StringEquals: { 'aws:Referer': randomSealed(180) } })),
    ],
    [
      'unknown unknown',
      'everyone may read who knows a weak value',
      bucketWith({}, statement('*', { StringEquals: { 'aws:Referer': randomSealed(20) } })),
    ],
    [
      'open open',
      'whoever does not know a strong value is not denied',
      bucketWith({}, statement('*', { StringNotEquals: { 'aws:Referer': randomSealed(180) } })),
    ],
    [
      'unknown unknown',
      'a strong value is asked of those only who send some',
      bucketWith({}, statement('*', { StringEqualsIfExists: { 'aws:Referer': randomSealed(180) } })),
    ],
    [
      'closed closed',
      'everyone may read who comes through an endpoint of the account',
      bucketWith({}, statement('*', { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } })),
    ],
    ['closed closed', 'another account may read', bucketWith({}, statement({ AWS: '444455556666' }))],
    [
      'closed unknown',
      'the policy is public and restricted for the bucket',
      bucketWith(
        { publicAccess: { bucket: flags({ restrictPublicBuckets: true }), account: known(null) } },
        statement('*'),
      ),
    ],
    [
      'closed unknown',
      'the policy is public and restricted for the account',
      bucketWith(
        { publicAccess: { bucket: known(null), account: flags({ restrictPublicBuckets: true }) } },
        statement('*'),
      ),
    ],
    [
      'closed open',
      'services stay admitted where the policy is restricted',
      bucketWith(
        { publicAccess: { bucket: flags({ restrictPublicBuckets: true }), account: known(null) } },
        statement('*'),
        statement(cloudFront),
      ),
    ],
    [
      'unknown unknown',
      'nobody knows whether the policy is restricted',
      bucketWith({ publicAccess: { bucket: known(null), account: gap } }, statement('*')),
    ],
    ['unknown unknown', 'the policy was not read', bucketWith({ policy: gap })],
    [
      'closed closed',
      'access points of the account decide, and there are none',
      bucketWith({}, statement('*', { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } })),
    ],
    ['unknown unknown', 'the bucket is of somebody else', null],
    [
      'open open',
      'the list of the bucket is public',
      bucketWith(
        { ownership: known(null), grants: known([{ to: 'everyone', permission: 'READ' }]) },
        exactly,
      ),
    ],
    [
      'unknown open',
      'the list of the bucket is for any account',
      bucketWith(
        { ownership: known('ObjectWriter'), grants: known([{ to: 'any-account', permission: 'READ' }]) },
        exactly,
      ),
    ],
    [
      'unknown unknown',
      'lists of objects may count',
      bucketWith({ ownership: known('ObjectWriter') }, exactly),
    ],
    ['unknown unknown', 'nobody knows whether lists count', bucketWith({ ownership: gap }, exactly)],
    [
      'closed closed',
      'public lists are ignored',
      bucketWith(
        {
          ownership: known('ObjectWriter'),
          grants: known([{ to: 'everyone', permission: 'READ' }]),
          publicAccess: { bucket: known(null), account: flags({ ignorePublicAcls: true }) },
        },
        exactly,
      ),
    ],
    [
      'unknown unknown',
      'everyone may read versions of objects by their ids',
      bucketWith({}, exactly, statement('*', undefined, { Action: 's3:GetObjectVersion' })),
    ],
    [
      'closed unknown',
      'any account may read versions of objects by their ids',
      bucketWith({}, exactly, statement(cloudFront, undefined, { Action: 's3:GetObjectVersion' })),
    ],
    [
      'closed closed',
      'versions are for the distribution alone',
      bucketWith({}, { ...exactly, Action: ['s3:GetObject', 's3:GetObjectVersion'] }),
    ],
    [
      'unknown unknown',
      'a Deny leaves a few addresses of a public policy that is restricted',
      restricted(statement('*'), denied({ NotIpAddress: { 'aws:SourceIp': '54.0.2.0/28' } })),
    ],
    [
      'closed unknown',
      'a Deny of plain HTTP leaves a policy as public as it is',
      restricted(statement('*'), denied({ Bool: { 'aws:SecureTransport': 'false' } })),
    ],
  ])('is %s where %s', (wanted, _, bucket) => {
    expect(verdicts(bucket)).toBe(wanted)
  })
})

describe('the witness', () => {
  test('asks for an object under the path of the origin', () => {
    const { witness } = exposure(bucketWith({}, statement('*')), 'internet', { originPath: '/site' })
    expect(witness).toMatchObject({
      ...{ scheme: 'https', port: 443, method: 'GET', path: '/site/x' },
      connect: 'files.s3.eu-west-1.amazonaws.com',
    })
  })

  test('goes over plain HTTP to a website endpoint', () => {
    const { witness } = exposure(bucketWith({}, statement('*')), 'internet', { endpoint: 'website' })
    expect(witness).toMatchObject({
      ...{ scheme: 'http', port: 80, sni: null },
      connect: 'files.s3-website-eu-west-1.amazonaws.com',
    })
  })

  test('carries the header and comes from the address that the policy asks for', () => {
    const condition = {
      StringLike: { 'aws:Referer': 'https://example.com/*' },
      IpAddress: { 'aws:SourceIp': '54.0.2.0/28' },
      Bool: { 'aws:SecureTransport': 'true' },
    }
    const { witness } = exposure(bucketWith({}, statement('*', condition)), 'internet', {
      endpoint: 'website',
    })
    expect(witness?.headers).toEqual([['referer', expect.stringMatching(/^https:\/\/example\.com\//)]])
    expect(witness).toMatchObject({ scheme: 'https', source: expect.stringMatching(/^54\.0\.2\.\d+$/) })
  })

  test('is stopped once Block Public Access restricts the bucket', () => {
    const { witness } = exposure(bucketWith({}, statement('*')), 'internet')
    const bucket = bucketWith(
      { publicAccess: { bucket: flags({ restrictPublicBuckets: true }), account: known(null) } },
      statement('*'),
    )
    const target: BucketTarget = {
      kind: 'bucket',
      name: 'files',
      endpoint: 'rest',
      bucket,
      exists: known(true),
      names: [],
    }
    const { topology } = aWorld([{ target }])
    const [link] = topology.links
    expect(link && witness && replayWitness(topology, link, witness).end).toBe('stopped')
  })

  test('is for the objects that the policy speaks of', () => {
    const elsewhere = statement('*', undefined, { Resource: `${arn}/other/*` })
    expect(exposure(bucketWith({}, elsewhere), 'internet').witness?.path).toMatch(/^\/other\//)
  })
})
