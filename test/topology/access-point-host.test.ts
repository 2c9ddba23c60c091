/** Host names of access points, told from those of buckets. */
import { expect, test } from 'vitest'
import { accessPointHostOf } from '#base/access-point-host.ts'
import { bucketHostOf } from '#base/bucket-host.ts'

const alias = 'edge-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias'

test.each([
  [`${alias}.s3.eu-west-1.amazonaws.com`, { kind: 'alias', alias, region: 'eu-west-1' }],
  [`${alias}.s3.dualstack.eu-west-1.amazonaws.com`, { kind: 'alias', alias, region: 'eu-west-1' }],
  [`${alias}.s3.amazonaws.com`, { kind: 'alias', alias, region: null }],
  [
    'my-edge-111122223333.s3-accesspoint.eu-west-1.amazonaws.com',
    { kind: 'name', name: 'my-edge', account: '111122223333', region: 'eu-west-1' },
  ],
  [
    'my-edge-111122223333.s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com',
    { kind: 'name', name: 'my-edge', account: '111122223333', region: 'us-east-1' },
  ],
  [
    'mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com',
    { kind: 'multi-region', alias: 'mfzwi23gnjvgw.mrap' },
  ],
  [
    'resize-111122223333.s3-object-lambda.eu-west-1.amazonaws.com',
    { kind: 'object-lambda', name: 'resize of account 111122223333' },
  ],
  [
    'resize-abc123--ol-s3.s3.eu-west-1.amazonaws.com',
    { kind: 'object-lambda', name: 'resize-abc123--ol-s3' },
  ],
])('%s is an access point, and no bucket', (host, wanted) => {
  expect(accessPointHostOf(host)).toEqual(wanted)
  expect(bucketHostOf(host)).toBeNull()
})

test.each(['files.s3.eu-west-1.amazonaws.com', 'my-s3alias-files.s3.eu-west-1.amazonaws.com'])(
  '%s is a bucket',
  host => {
    expect(accessPointHostOf(host)).toBeNull()
    expect(bucketHostOf(host)?.region).toBe('eu-west-1')
  },
)
