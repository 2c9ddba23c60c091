import { describe, expect, test } from 'vitest'
import { ec2AddressOf, elbNameOf, shapeOf } from '#topology/classify.ts'

const shapes: Readonly<Record<string, readonly string[]>> = {
  's3-rest': [
    'bucket.s3.amazonaws.com',
    'Bucket.With.Dots.S3.Amazonaws.Com.',
    'bucket.s3.eu-west-1.amazonaws.com',
    'bucket.s3-eu-west-1.amazonaws.com',
    'bucket.s3.dualstack.eu-west-1.amazonaws.com',
    'bucket.s3-fips.us-gov-west-1.amazonaws.com',
    'bucket.s3-fips.dualstack.us-gov-west-1.amazonaws.com',
    'bucket.s3.cn-north-1.amazonaws.com.cn',
    'bucket.s3-accelerate.amazonaws.com',
    'bucket.s3-accelerate.dualstack.amazonaws.com',
    's3.amazonaws.com',
    's3.eu-central-1.amazonaws.com',
    's3-eu-central-1.amazonaws.com',
    's3-external-1.amazonaws.com',
    'reports-111122223333.s3-accesspoint.eu-west-1.amazonaws.com',
    'reports-111122223333.s3-accesspoint.dualstack.eu-west-1.amazonaws.com',
    'reports-abc-s3alias.s3.eu-west-1.amazonaws.com',
    'mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com',
    'lambda-111122223333.s3-object-lambda.eu-west-1.amazonaws.com',
    'bucket--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com',
    's3-website.example.s3.amazonaws.com',
    'x.elb.eu-west-1.s3.amazonaws.com',
  ],
  's3-website': [
    'bucket.s3-website-eu-west-1.amazonaws.com',
    'bucket.s3-website.eu-central-1.amazonaws.com',
    'www.example.com.s3-website.us-east-2.amazonaws.com',
    's3-website-us-east-1.amazonaws.com',
    'bucket.s3-website.cn-north-1.amazonaws.com.cn',
  ],
  'load-balancer': [
    'shop-1234567890.eu-west-1.elb.amazonaws.com',
    'internal-shop-1234567890.eu-west-1.elb.amazonaws.com',
    'dualstack.shop-1234567890.us-east-1.elb.amazonaws.com',
    'shop-1234567890.us-gov-west-1.elb.amazonaws.com',
    'shop-1234567890.cn-north-1.elb.amazonaws.com.cn',
  ],
  nlb: [
    'shop-0123456789abcdef.elb.eu-west-1.amazonaws.com',
    'eu-west-1a.shop-0123456789abcdef.elb.eu-west-1.amazonaws.com',
    'shop-0123456789abcdef.elb.cn-northwest-1.amazonaws.com.cn',
  ],
  'execute-api': [
    'abcdef1234.execute-api.eu-west-1.amazonaws.com',
    'abcdef1234.execute-api.cn-north-1.amazonaws.com.cn',
    'abcdef1234-vpce-0123456789abcdef0.execute-api.eu-west-1.amazonaws.com',
  ],
  'api-domain': ['d-abcdef1234.execute-api.eu-west-1.amazonaws.com'],
  'lambda-url': ['abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-west-1.on.aws'],
  ec2: [
    'ec2-203-0-113-7.compute-1.amazonaws.com',
    'ec2-203-0-113-7.eu-west-1.compute.amazonaws.com',
    'ec2-203-0-113-7.cn-north-1.compute.amazonaws.com.cn',
  ],
  mediastore: ['abcdefghijklmn.data.mediastore.eu-west-1.amazonaws.com'],
  mediapackage: [
    '0123456789abcdef.mediapackage.eu-west-1.amazonaws.com',
    'abc.egress.abcdef.mediapackagev2.eu-west-1.amazonaws.com',
    'abc.egress.mediapackage-vod.eu-west-1.amazonaws.com',
  ],
  'other-aws': [
    'd111111abcdef8.cloudfront.net',
    'a1234567890abcdef.awsglobalaccelerator.com',
    'abcdef.eu-west-1.awsapprunner.com',
    'env.eba-abc.eu-west-1.elasticbeanstalk.com',
    'something.new.amazonaws.com',
    'vpce-1-2.vpce-svc-1.eu-west-1.vpce.amazonaws.com',
  ],
}

describe('the shape of a name', () => {
  for (const [shape, names] of Object.entries(shapes))
    test.each(names)(`%s is ${shape}`, name => expect(shapeOf(name)).toBe(shape))

  test.each([
    'origin.example.com',
    'bucket.s3.amazonaws.com.example.net',
    's3.example.com',
    'shop.elb.amazonaws.com.example.net',
    'amazonaws.com.example.org',
    'notamazonaws.com',
    'lambda-url.eu-west-1.on.aws.example.com',
    '',
  ])('%s is no name of AWS', name => expect(shapeOf(name)).toBeUndefined())
})

describe('a load balancer name', () => {
  test.each([
    ['shop-1.eu-west-1.elb.amazonaws.com', 'eu-west-1'],
    ['shop-1.elb.us-east-2.amazonaws.com', 'us-east-2'],
    ['shop-1.us-gov-east-1.elb.amazonaws.com', 'us-gov-east-1'],
    ['shop-1.elb.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ])('%s tells its region', (name, region) => expect(elbNameOf(name)?.region).toBe(region))

  test.each([
    ['dualstack.Shop-1.eu-west-1.elb.amazonaws.com.', 'shop-1.eu-west-1.elb.amazonaws.com'],
    ['ipv6.shop-1.eu-west-1.elb.amazonaws.com', 'shop-1.eu-west-1.elb.amazonaws.com'],
    ['eu-west-1b.shop-1.elb.eu-west-1.amazonaws.com', 'shop-1.elb.eu-west-1.amazonaws.com'],
  ])('%s may be the load balancer %s', (name, bare) => expect(elbNameOf(name)?.names).toContain(bare))

  test('keeps "internal-", which is part of the name', () =>
    expect(elbNameOf('internal-shop-1.eu-west-1.elb.amazonaws.com')?.names).toEqual([
      'internal-shop-1.eu-west-1.elb.amazonaws.com',
    ]))

  test('is none where only a part of it looks like one', () =>
    expect(elbNameOf('shop.elb.amazonaws.com')).toBeUndefined())
})

test('the address of an instance stands in its name', () => {
  expect(ec2AddressOf('EC2-203-0-113-7.eu-west-1.compute.amazonaws.com')).toBe('203.0.113.7')
  expect(ec2AddressOf('i-0123.eu-west-1.compute.amazonaws.com')).toBeUndefined()
})
