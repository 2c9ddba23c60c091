/** Who reads a bucket through access points: the bucket's policy, theirs, and what overrides both. */
import { describe, expect, test } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import { checkCertificate } from '#prove/check.ts'
import type { Certificate } from '#prove/exposure.ts'
import { replayWitness } from '#prove/replay.ts'
import type { AccessPoint, Bucket } from '#topology/model.ts'
import { aGap, aRef, aWorld } from '../../judge/build.ts'
import {
  atPoint,
  bucketWith,
  cloudFront,
  distribution,
  exactly,
  exposure,
  flags,
  pointArn,
  pointWith,
  statement,
  verdicts,
} from './build.ts'

const account = '111122223333'
const other = '444455556666'
const leftTo = (who: string) => statement('*', { StringEquals: { 's3:DataAccessPointAccount': who } })
const leftToArn = (arn: string) => statement('*', { ArnLike: { 's3:DataAccessPointArn': arn } })
const named = atPoint(cloudFront, { ArnLike: { 'AWS:SourceArn': distribution } })

const withPoints = (points: readonly AccessPoint[], ...statements: readonly unknown[]): Bucket =>
  bucketWith({ accessPoints: known(points) }, ...statements)
/** The bucket leaves it to access points of its account. */
const left = (...points: readonly AccessPoint[]): Bucket => withPoints(points, leftTo(account), exactly)

const gap = unobserved(aGap('GetAccessPointPolicy'))
const multiRegion = known([
  aRef('AWS::S3::MultiRegionAccessPoint', 'global', `arn:aws:s3::${account}:accesspoint/abc.mrap`),
])

describe('the verdict for the internet and for tenants', () => {
  test.each<[string, string, Bucket]>([
    ['closed closed', 'an access point names the distribution', left(pointWith({}, named))],
    ['closed open', 'an access point names no distribution', left(pointWith({}, atPoint(cloudFront)))],
    // Without credentials access points answer nobody, says AWS; whoever has an account is a tenant.
    ['unknown open', 'an access point lets everyone in', left(pointWith({}, atPoint('*')))],
    ['closed closed', 'an access point has no policy', left(pointWith({}))],
    [
      'closed closed',
      'an access point of one network lets everyone in',
      left(pointWith({ networkOrigin: 'VPC' }, atPoint('*'))),
    ],
    [
      'unknown unknown',
      'the network of an access point cannot be read',
      left(pointWith({ networkOrigin: 'unrecognised' }, named)),
    ],
    [
      'closed closed',
      'an access point lets everyone in whom the bucket lets in by no statement',
      withPoints([pointWith({}, atPoint('*'))], exactly),
    ],
    [
      'closed closed',
      'an access point lets everyone in, and the bucket has no policy',
      bucketWith({ policy: known(null), accessPoints: known([pointWith({}, atPoint('*'))]) }),
    ],
    [
      'closed closed',
      'the bucket leaves it to another access point',
      withPoints([pointWith({}, atPoint('*'))], leftToArn(`${pointArn}-other`)),
    ],
    [
      'unknown open',
      'the bucket leaves it to this access point',
      withPoints([pointWith({}, atPoint('*'))], leftToArn(pointArn)),
    ],
    [
      'closed closed',
      'the bucket leaves it to access points of one network',
      withPoints(
        [pointWith({}, atPoint('*'))],
        statement('*', {
          StringEquals: { 's3:DataAccessPointAccount': account, 's3:AccessPointNetworkOrigin': 'VPC' },
        }),
      ),
    ],
    ['unknown unknown', 'the policy of an access point was not read', left(pointWith({ policy: gap }))],
    [
      'unknown unknown',
      'the list of access points was not read, and the bucket leaves it to them',
      bucketWith({ accessPoints: gap }, leftTo(account)),
    ],
    [
      'closed closed',
      'the list of access points was not read, and the bucket leaves nothing to them',
      bucketWith({ accessPoints: gap }, exactly),
    ],
    [
      'unknown unknown',
      'a Multi-Region Access Point leads to the bucket, which leaves it to all of the account',
      bucketWith({ multiRegion }, leftTo(account)),
    ],
    [
      'closed closed',
      'a Multi-Region Access Point leads to the bucket, which leaves it to those of its region alone',
      bucketWith({ multiRegion }, leftToArn(`arn:aws:s3:eu-west-1:${account}:accesspoint/*`)),
    ],
    [
      'unknown unknown',
      'the Multi-Region Access Points were not read',
      bucketWith({ multiRegion: gap }, leftTo(account)),
    ],
    ['unknown unknown', 'the bucket leaves it to another account', bucketWith({}, leftTo(other))],
    [
      'unknown open',
      'the bucket leaves it to access points of whatever account',
      bucketWith({}, leftToArn('arn:aws:s3:*:*:accesspoint/*')),
    ],
    [
      'closed unknown',
      'Block Public Access of the access point restricts what AWS counts as public',
      left(
        pointWith(
          { publicAccess: flags({ restrictPublicBuckets: true }), isPublic: known(true) },
          atPoint('*'),
        ),
      ),
    ],
    [
      'closed unknown',
      'Block Public Access of the bucket restricts what AWS counts as public at the access point',
      bucketWith(
        {
          accessPoints: known([pointWith({ isPublic: known(true) }, atPoint('*'))]),
          publicAccess: { bucket: flags({ restrictPublicBuckets: true }), account: known(null) },
        },
        leftTo(account),
      ),
    ],
    [
      'unknown unknown',
      'it is not known whether AWS counts the policy as public',
      left(pointWith({ publicAccess: flags({ restrictPublicBuckets: true }), isPublic: gap }, atPoint('*'))),
    ],
    [
      'unknown unknown',
      'Block Public Access of the access point was not read',
      left(pointWith({ publicAccess: gap }, atPoint('*'))),
    ],
    [
      'closed open',
      'services stay admitted where public access points are restricted',
      left(
        pointWith(
          { publicAccess: flags({ restrictPublicBuckets: true }), isPublic: known(true) },
          atPoint(cloudFront),
        ),
      ),
    ],
    [
      'unknown unknown',
      'the two policies let strangers in for different objects',
      withPoints(
        [pointWith({}, atPoint('*', undefined, { Resource: `${pointArn}/object/a/*` }))],
        statement(
          '*',
          { StringEquals: { 's3:DataAccessPointAccount': account } },
          { Resource: 'arn:aws:s3:::files/b/*' },
        ),
      ),
    ],
  ])('is %s where %s', (wanted, _, bucket) => {
    expect(verdicts(bucket)).toBe(wanted)
  })
})

const linkTo = (bucket: Bucket) => {
  const { topology } = aWorld([
    { target: { kind: 'bucket', name: 'files', endpoint: 'rest', bucket, exists: known(true), names: [] } },
  ])
  const [link] = topology.links
  if (!link) throw new Error('no link')
  return { topology, link }
}

describe('the witness', () => {
  test('asks the access point by HTTPS for an object that both policies speak of', () => {
    const bucket = withPoints(
      [pointWith({}, atPoint(cloudFront, undefined, { Resource: `${pointArn}/object/a/*` }))],
      leftTo(account),
    )
    expect(exposure(bucket, 'tenant').witness).toMatchObject({
      connect: 'edge-111122223333.s3-accesspoint.eu-west-1.amazonaws.com',
      ...{ scheme: 'https', port: 443, method: 'GET', path: expect.stringMatching(/^\/a\//) },
    })
  })

  test('comes from the address that one policy asks for and carries the header that the other does', () => {
    const bucket = withPoints(
      [pointWith({}, atPoint('*', { StringEquals: { 'aws:UserAgent': 'curl/8.0 (example)' } }))],
      statement('*', {
        StringEquals: { 's3:DataAccessPointAccount': account },
        IpAddress: { 'aws:SourceIp': '54.0.2.0/28' },
      }),
    )
    const { witness } = exposure(bucket, 'tenant')
    expect(witness?.headers).toEqual([['user-agent', 'curl/8.0 (example)']])
    expect(witness?.source).toMatch(/^54\.0\.2\.\d+$/)
  })

  test("is stopped once the access point's policy, or the bucket's, no longer lets it in", () => {
    const { witness } = exposure(left(pointWith({}, atPoint(cloudFront))), 'tenant')
    const shut = [left(pointWith({}, named)), withPoints([pointWith({}, atPoint(cloudFront))], exactly)]
    for (const bucket of shut) {
      const { topology, link } = linkTo(bucket)
      expect(witness && replayWitness(topology, link, witness).end).toBe('stopped')
    }
  })
})

describe('the check of a certificate', () => {
  const certificateOf = (bucket: Bucket): Certificate => {
    const { certificate } = exposure(bucket, 'tenant')
    if (certificate === null) throw new Error('no certificate')
    return certificate
  }
  const faults = (bucket: Bucket, certificate: Certificate) => {
    const { topology, link } = linkTo(bucket)
    return checkCertificate(topology, link, 'tenant', certificate)
  }

  test('refuses one that is silent on an access point', () => {
    expect(faults(left(pointWith({}, named)), certificateOf(left()))).toEqual([
      `Nothing closes ${pointArn} (IPv4).`,
      `Nothing closes ${pointArn} (IPv6).`,
    ])
  })

  test.each<[string, Bucket]>([
    ['the access point names no distribution', left(pointWith({}, atPoint(cloudFront)))],
    ['the policy of the access point was not read', left(pointWith({ policy: gap }))],
    ['the access points were not read', bucketWith({ accessPoints: gap }, leftTo(account))],
    ['a Multi-Region Access Point leads there', { ...left(pointWith({}, named)), multiRegion }],
    ['access points of another account decide', withPoints([pointWith({}, named)], leftTo(other))],
    ['access points of any account decide', withPoints([pointWith({}, named)], leftToArn('*'))],
    ['copies were not read', { ...left(pointWith({}, named)), copies: gap }],
  ])('refuses the same one where %s', (_, bucket) => {
    expect(faults(bucket, certificateOf(left(pointWith({}, named))))).not.toEqual([])
  })
})
