/** Buckets that objects are replicated to: who reads them reads what the origin serves. */
import { describe, expect, test } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import type { Bucket, BucketCopy } from '#topology/model.ts'
import { aGap, aRef } from '../../judge/build.ts'
import { bucketWith, exactly, exposure, pointWith, statement, verdicts } from './build.ts'

const copyArn = 'arn:aws:s3:::files-backup'
const backup = (more: Partial<Bucket>, ...statements: readonly unknown[]): Bucket => ({
  ...bucketWith(more, ...statements),
  ref: { ...aRef('AWS::S3::Bucket', 'files-backup', copyArn), region: 'eu-west-1' },
  name: 'files-backup',
})
const forAll = statement('*', undefined, { Resource: `${copyArn}/*` })

const copied = (bucket: Bucket | null, more: Partial<BucketCopy> = {}): Bucket =>
  bucketWith(
    {
      copies: known([{ name: 'files-backup', account: null, prefix: '', active: true, ...more, bucket }]),
    },
    exactly,
  )

describe('the verdict for the internet and for tenants', () => {
  test.each<[string, string, Bucket]>([
    ['open open', 'everyone reads the copies', copied(backup({}, forAll))],
    ['closed closed', 'nobody reads the copies', copied(backup({ policy: known(null) }))],
    [
      'unknown unknown',
      'the policy of the copies was not read',
      copied(backup({ policy: unobserved(aGap('GetBucketPolicy')) })),
    ],
    [
      'unknown unknown',
      'everyone reads what an earlier rule may have left',
      copied(backup({}, forAll), { active: false }),
    ],
    [
      'unknown unknown',
      'lists of single copies may count',
      copied(backup({ ownership: known('ObjectWriter') })),
    ],
    [
      'unknown unknown',
      'it was not read where the objects are copied to',
      bucketWith({ copies: unobserved(aGap('GetBucketReplication')) }, exactly),
    ],
    ['closed closed', 'another account holds the copies', copied(null, { account: '444455556666' })],
    [
      'closed open',
      'an access point to the copies names no distribution',
      copied(
        backup(
          {
            accessPoints: known([
              pointWith(
                {},
                statement({ Service: 'cloudfront.amazonaws.com' }, undefined, {
                  Resource: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/edge/object/*',
                }),
              ),
            ]),
          },
          statement(
            '*',
            { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } },
            { Resource: `${copyArn}/*` },
          ),
        ),
      ),
    ],
  ])('is %s where %s', (wanted, _, bucket) => {
    expect(verdicts(bucket)).toBe(wanted)
  })

  test('is closed where what is copied lies beside what the origin serves', () => {
    const bucket = copied(backup({}, forAll), { prefix: 'logs/' })
    expect(exposure(bucket, 'internet', { originPath: '/site' }).verdict).toBe('closed')
    expect(exposure(bucket, 'internet').verdict).toBe('open')
  })
})

test('a witness asks the other bucket for an object that both rules speak of', () => {
  const bucket = copied(backup({}, forAll), { prefix: 'site/img/' })
  expect(exposure(bucket, 'internet', { originPath: '/site' }).witness).toMatchObject({
    connect: 'files-backup.s3.eu-west-1.amazonaws.com',
    path: '/site/img/x',
  })
})

test('a certificate says that it trusts another account with copies, and only then', () => {
  const closed = [copied(null), copied(backup({ policy: known(null) }))]
  const relied = closed.map(bucket => exposure(bucket, 'tenant').certificate?.reliesOn)
  expect(relied).toEqual([['copies-elsewhere'], []])
})
