/** Buckets and access points of no account in particular, and what the prover says of them. */
import { expect } from 'vitest'
import { known } from '#base/known.ts'
import { checkCertificate } from '#prove/check.ts'
import type { Exposure, Vantage } from '#prove/exposure.ts'
import { replayWitness } from '#prove/replay.ts'
import { bucketExposure } from '#prove/s3/exposure.ts'
import type { BucketTarget } from '#prove/s3/request.ts'
import type { AccessPoint, Bucket, PublicAccessBlock } from '#topology/model.ts'
import { aRef, aWorld } from '../../judge/build.ts'

export const arn = 'arn:aws:s3:::files'
export const distribution = 'arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE'
export const cloudFront = { Service: 'cloudfront.amazonaws.com' }

export const statement = (Principal: unknown, Condition?: unknown, more: object = {}) => ({
  ...{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `${arn}/*` },
  ...(Condition === undefined ? {} : { Condition }),
  ...more,
})

export const exactly = statement(cloudFront, { ArnLike: { 'AWS:SourceArn': distribution } })

export const flags = (on: Partial<PublicAccessBlock>) =>
  known({
    ref: aRef('AWS::S3::BucketPublicAccessBlock', 'files', arn),
    ...{ ignorePublicAcls: false, restrictPublicBuckets: false, ...on },
  })

export const bucketWith = (more: Partial<Bucket>, ...statements: readonly unknown[]): Bucket => ({
  ref: aRef('AWS::S3::Bucket', 'files', arn),
  name: 'files',
  policy: known({
    ref: aRef('AWS::S3::BucketPolicy', 'policy of bucket files', `${arn}/policy`),
    document: { Version: '2012-10-17', Statement: statements },
  }),
  grants: known([]),
  publicAccess: { bucket: known(null), account: known(null) },
  website: known(false),
  ownership: known('BucketOwnerEnforced'),
  accessPoints: known([]),
  multiRegion: known([]),
  copies: known([]),
  ...more,
})

const now = Date.parse('2026-11-20T12:00:00.000Z')

/** The exposure, after its witness or certificate was held against the bucket again. */
export const exposure = (
  bucket: Bucket | null,
  vantage: Vantage,
  { originPath = '', endpoint = 'rest' as BucketTarget['endpoint'] } = {},
): Exposure => {
  const target: BucketTarget = {
    kind: 'bucket',
    name: 'files',
    endpoint,
    bucket,
    exists: known(true),
    names: [],
  }
  const { topology } = aWorld([{ origin: { originPath }, target }])
  const [link] = topology.links
  if (!link) throw new Error('no link')
  const found = bucketExposure(target, link.origin, vantage, now)
  if (found.witness) expect(replayWitness(topology, link, found.witness)).toEqual({ end: 'backend' })
  if (found.certificate) expect(checkCertificate(topology, link, vantage, found.certificate)).toEqual([])
  return found
}

export const verdicts = (bucket: Bucket | null): string =>
  (['internet', 'tenant'] as const).map(v => exposure(bucket, v).verdict).join(' ')

export const pointArn = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/edge'

/** An access point to the bucket; without statements it has no policy. */
export const pointWith = (more: Partial<AccessPoint>, ...statements: readonly unknown[]): AccessPoint => ({
  ref: { ...aRef('AWS::S3::AccessPoint', 'edge', pointArn), account: '111122223333', region: 'eu-west-1' },
  name: 'edge',
  alias: 'edge-0abc-s3alias',
  networkOrigin: 'Internet',
  policy: known(
    statements.length === 0
      ? null
      : {
          ref: aRef('AWS::S3::AccessPointPolicy', 'policy of access point edge', `${pointArn}/policy`),
          document: { Version: '2012-10-17', Statement: statements },
        },
  ),
  isPublic: known(false),
  publicAccess: known(null),
  ...more,
})

/** As a statement of the bucket, that of an access point. */
export const atPoint = (Principal: unknown, Condition?: unknown, more: object = {}) =>
  statement(Principal, Condition, { Resource: `${pointArn}/object/*`, ...more })
