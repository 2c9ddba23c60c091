import { describe, expect, test } from 'vitest'
import {
  balancerRegion,
  instanceAddress,
  isServiceEndpoint,
  mayBeClassic,
  ownNamesOf,
} from '#collect/aws-names.ts'

describe('the name of a load balancer', () => {
  test.each([
    ['app-123.eu-west-1.elb.amazonaws.com', 'eu-west-1', true],
    ['internal-app-123.us-gov-west-1.elb.amazonaws.com', 'us-gov-west-1', true],
    ['DUALSTACK.app-123.Eu-West-1.elb.amazonaws.com.', 'eu-west-1', true],
    ['app-123.cn-north-1.elb.amazonaws.com.cn', 'cn-north-1', true],
    ['net-0a1b.elb.eu-west-1.amazonaws.com', 'eu-west-1', false],
    ['eu-west-1a.net-0a1b.elb.eu-west-1.amazonaws.com', 'eu-west-1', false],
  ])('%s is in %s', (name, region, classic) => {
    expect(balancerRegion(name)).toBe(region)
    expect(mayBeClassic(name)).toBe(classic)
  })

  test.each(['elb.amazonaws.com.example.com', 'app.example.com', 'myelb.amazonaws.com', 'elb.example.com'])(
    '%s is none',
    name => expect(balancerRegion(name)).toBeUndefined(),
  )

  test('is looked for as it is and without what may stand before it', () => {
    const own = 'app-123.eu-west-1.elb.amazonaws.com'
    expect(ownNamesOf(`Dualstack.${own}.`)).toEqual([`dualstack.${own}`, own])
    expect(ownNamesOf('eu-west-1a.net-0a.elb.eu-west-1.amazonaws.com')).toContain(
      'net-0a.elb.eu-west-1.amazonaws.com',
    )
    expect(ownNamesOf(own)).toEqual([own])
    expect(ownNamesOf(`internal-${own}`)).toEqual([`internal-${own}`])
  })
})

test('the public name of an instance tells its address and region', () => {
  expect(instanceAddress('ec2-203-0-113-7.eu-west-1.compute.amazonaws.com')).toEqual({
    address: '203.0.113.7',
    region: 'eu-west-1',
  })
  expect(instanceAddress('ec2-203-0-113-7.compute-1.amazonaws.com')?.region).toBe('us-east-1')
  expect(instanceAddress('ec2.example.com')).toBeUndefined()
})

describe('an endpoint of a service', () => {
  test.each([
    'files.s3.amazonaws.com',
    'files.s3.eu-west-1.amazonaws.com',
    'files.s3.dualstack.eu-west-1.amazonaws.com',
    'files.s3-website-us-east-1.amazonaws.com',
    'files.s3-website.eu-central-1.amazonaws.com',
    'a1b2c3.execute-api.eu-west-1.amazonaws.com',
    'abcdef.lambda-url.eu-west-1.on.aws',
    'abc.data.mediastore.eu-west-1.amazonaws.com',
    'abc.mediapackage.eu-west-1.amazonaws.com',
  ])('%s needs no resolving', name => expect(isServiceEndpoint(name)).toBe(true))

  test.each([
    'app.eu-west-1.elasticbeanstalk.com',
    'd111.cloudfront.net',
    's3.amazonaws.com.example.com',
    'example.com',
  ])('%s is none', name => expect(isServiceEndpoint(name)).toBe(false))
})
