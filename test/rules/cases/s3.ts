/** Worlds for the rules about S3 buckets. */
import { known } from '#base/known.ts'
import type { AccessPoint, Bucket, Link, OriginAccessControl } from '#topology/model.ts'
import { aRef, aWorld, lost, unread } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const distribution = 'arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE'
const host = 'files.s3.eu-west-1.amazonaws.com'

const allowing = (principal: unknown, condition?: unknown) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Reading',
      Effect: 'Allow',
      Principal: principal,
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::files/*',
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
})

const cloudFront = { Service: 'cloudfront.amazonaws.com' }
const exactly = allowing(cloudFront, { ArnLike: { 'AWS:SourceArn': distribution } })

const policyOf = (document: unknown): Bucket['policy'] =>
  known({ ref: aRef('AWS::S3::BucketPolicy', 'policy of bucket files'), document })

const aBucket = (more: Partial<Bucket> = {}): Bucket => ({
  ref: aRef('AWS::S3::Bucket', 'files'),
  name: 'files',
  policy: policyOf(exactly),
  grants: known([{ to: 'named', permission: 'FULL_CONTROL' }]),
  publicAccess: { bucket: known(null), account: known(null) },
  website: known(false),
  ownership: known('BucketOwnerEnforced'),
  accessPoints: known([]),
  multiRegion: known([]),
  copies: known([]),
  ...more,
})

const toBucket = (bucket: Bucket | null): Link['target'] => ({
  ...{ kind: 'bucket', name: 'files', endpoint: 'rest' },
  ...{ bucket, exists: known(true), names: [host] },
})

const behind = (bucket: Bucket | null) => aWorld([{ target: toBucket(bucket) }])
const granting = (document: unknown) => behind(aBucket({ policy: policyOf(document) }))
const account = '111122223333'
const identity = { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1IDENTITY' }

const anAccessPoint = (document: unknown): AccessPoint => ({
  ref: aRef('AWS::S3::AccessPoint', 'edge'),
  ...{ name: 'edge', alias: null, networkOrigin: 'Internet' },
  policy: known({ ref: aRef('AWS::S3::AccessPointPolicy', 'policy of access point edge'), document }),
  isPublic: known(false),
  publicAccess: known(null),
})

const leaving = (to: string) => allowing('*', { StringEquals: { 's3:DataAccessPointAccount': to } })

/** The bucket leaves it to the access point who reads. */
const through = (document: unknown) =>
  behind(aBucket({ policy: policyOf(leaving(account)), accessPoints: known([anAccessPoint(document)]) }))

const unfound = aWorld([{ target: lost, verdict: 'unknown' }])

const s3Origin = (control: OriginAccessControl['signs'] | null, originAccessIdentity: string | null = null) =>
  aWorld([
    {
      origin: {
        kind: 's3-rest',
        originAccessIdentity,
        accessControl: known(
          control && {
            ref: aRef('AWS::CloudFront::OriginAccessControl', 'files'),
            ...{ id: 'E2EXAMPLE', signs: control },
          },
        ),
      },
      target: toBucket(aBucket()),
    },
  ])

const ofKind = (kind: 's3-rest' | 's3-website') => aWorld([{ origin: { kind }, target: toBucket(aBucket()) }])

export const s3Cases: Cases = {
  's3-origin-access-control': [
    { name: 'every request is signed', world: s3Origin('always'), outcome: 'satisfied' },
    { name: 'no request is signed', world: s3Origin('never'), outcome: 'violated', says: 'never' },
    {
      name: 'the signature gives way to that of the viewer',
      world: s3Origin('no-override'),
      outcome: 'violated',
      says: 'no-override',
    },
    {
      name: 'there is no access control',
      world: s3Origin(null),
      outcome: 'violated',
      says: 'no origin access control',
    },
    {
      name: 'there is only the older identity',
      world: s3Origin(null, 'E1IDENTITY'),
      outcome: 'violated',
      says: 'older origin access identity',
    },
    { name: 'the behaviour is not known', world: s3Origin('unrecognised'), outcome: 'unknown' },
    {
      name: 'the access controls were not read',
      world: aWorld([{ origin: { kind: 's3-rest', accessControl: unread() }, target: toBucket(aBucket()) }]),
      outcome: 'unknown',
    },
    { name: 'the origin is a load balancer', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
  's3-bucket-cloudfront-only': [
    { name: 'the distribution is let in', world: behind(aBucket()), outcome: 'satisfied' },
    { name: 'there is no policy', world: behind(aBucket({ policy: known(null) })), outcome: 'satisfied' },
    {
      name: 'the origin access identity of the origin is let in',
      world: aWorld([
        {
          origin: { originAccessIdentity: 'E1IDENTITY' },
          target: toBucket(aBucket({ policy: policyOf(allowing(identity)) })),
        },
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'an origin access identity is let in that no origin uses',
      world: granting(allowing(identity)),
      outcome: 'violated',
      says: 'E1IDENTITY, which no distribution uses',
    },
    {
      name: 'an access point of the account names the distribution',
      world: through(exactly),
      outcome: 'satisfied',
    },
    {
      name: 'an access point of the account lets everyone in',
      world: through(allowing('*')),
      outcome: 'violated',
      says: 'Reading of the policy of access point edge lets everyone in',
    },
    {
      name: 'an access point that the bucket leaves nothing to lets everyone in',
      world: behind(aBucket({ accessPoints: known([anAccessPoint(allowing('*'))]) })),
      outcome: 'satisfied',
    },
    {
      name: 'access points of another account are let in',
      world: granting(leaving('444455556666')),
      outcome: 'violated',
      says: 'everyone',
    },
    {
      name: 'the access points were not read',
      world: behind(aBucket({ policy: policyOf(leaving(account)), accessPoints: unread() })),
      outcome: 'unknown',
    },
    {
      name: 'a role of the account is let in',
      world: granting(allowing({ AWS: 'arn:aws:iam::111122223333:role/deploy' })),
      outcome: 'satisfied',
    },
    { name: 'everyone is let in', world: granting(allowing('*')), outcome: 'violated', says: 'everyone' },
    {
      name: 'whoever sends a header is let in',
      world: granting(allowing({ AWS: '*' }, { StringLike: { 'aws:Referer': 'https://example.com/*' } })),
      outcome: 'violated',
      says: 'everyone',
    },
    {
      name: 'another account is let in',
      world: granting(allowing({ AWS: '444455556666' })),
      outcome: 'violated',
      says: '444455556666',
    },
    {
      name: 'the access control list is public',
      world: behind(
        aBucket({ ownership: known(null), grants: known([{ to: 'everyone', permission: 'READ' }]) }),
      ),
      outcome: 'violated',
      says: 'grants READ to everyone',
    },
    {
      name: 'the public access control list does not count',
      world: behind(aBucket({ grants: known([{ to: 'everyone', permission: 'READ' }]) })),
      outcome: 'satisfied',
    },
    {
      name: 'the account ignores public access control lists',
      world: behind(
        aBucket({
          ownership: known(null),
          grants: known([{ to: 'any-account', permission: 'READ' }]),
          publicAccess: {
            bucket: known(null),
            account: known({
              ref: aRef('AWS::S3::AccountPublicAccessBlock', 'account'),
              ...{ ignorePublicAcls: true, restrictPublicBuckets: false },
            }),
          },
        }),
      ),
      outcome: 'satisfied',
    },
    { name: 'the policy was not read', world: behind(aBucket({ policy: unread() })), outcome: 'unknown' },
    { name: 'the bucket is of somebody else', world: behind(null), outcome: 'unknown' },
    { name: 'the target was not found', world: unfound, outcome: 'unknown' },
    { name: 'the origin is a load balancer', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
  's3-bucket-names-distribution': [
    { name: 'the distribution is named', world: behind(aBucket()), outcome: 'satisfied' },
    { name: 'there is no policy', world: behind(aBucket({ policy: known(null) })), outcome: 'satisfied' },
    {
      name: 'no distribution is named',
      world: granting(allowing(cloudFront)),
      outcome: 'violated',
      says: 'no distribution',
    },
    {
      name: 'only the account is named',
      world: granting(allowing(cloudFront, { StringEquals: { 'AWS:SourceAccount': '111122223333' } })),
      outcome: 'violated',
    },
    {
      name: 'any distribution of an account is meant',
      world: granting(
        allowing(cloudFront, { ArnLike: { 'AWS:SourceArn': `${distribution.slice(0, -9)}*` } }),
      ),
      outcome: 'violated',
      says: '*',
    },
    {
      name: 'an access point that the bucket leaves it to names no distribution',
      world: through(allowing(cloudFront)),
      outcome: 'violated',
      says: 'policy of access point edge',
    },
    {
      name: 'an access point that the bucket leaves it to names the distribution',
      world: through(exactly),
      outcome: 'satisfied',
    },
    {
      name: 'the access points were not read',
      world: behind(aBucket({ policy: policyOf(leaving(account)), accessPoints: unread() })),
      outcome: 'unknown',
    },
    { name: 'the policy was not read', world: behind(aBucket({ policy: unread() })), outcome: 'unknown' },
    { name: 'the bucket is of somebody else', world: behind(null), outcome: 'unknown' },
    { name: 'the target was not found', world: unfound, outcome: 'unknown' },
    { name: 'the origin is a load balancer', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
  's3-origin-not-website': [
    { name: 'the origin is a REST endpoint', world: ofKind('s3-rest'), outcome: 'satisfied' },
    {
      name: 'the origin is a website endpoint',
      world: ofKind('s3-website'),
      outcome: 'violated',
      says: 's3-website',
    },
    { name: 'the target was not found', world: unfound, outcome: 'unknown' },
    { name: 'the origin is a load balancer', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
  's3-origin-bucket-owned': [
    { name: 'the bucket is of the account', world: behind(aBucket()), outcome: 'satisfied' },
    {
      name: 'no account has the bucket',
      world: behind(null),
      outcome: 'violated',
      says: 'does not have files',
    },
    { name: 'the buckets were not listed', world: unfound, outcome: 'unknown' },
    { name: 'the origin is a load balancer', world: aWorld([{}]), outcome: 'inapplicable' },
  ],
}
