import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm'
import {
  CloudFrontClient,
  GetDistributionCommand,
  ListDistributionsCommand,
  NoSuchDistribution,
} from '@aws-sdk/client-cloudfront'
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  DescribeLoadBalancersCommand as DescribeClassicCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing'
import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { GetWebACLForResourceCommand, WAFNonexistentItemException, WAFV2Client } from '@aws-sdk/client-wafv2'
import { isThrottlingError } from '@smithy/core/retry'
import { describe, expect, test } from 'vitest'
import { accessKeyId, failureOf, openWire, post } from './wire.ts'

const wire = await openWire()
const cloudfront = new CloudFrontClient(wire.config)
const ec2 = new EC2Client(wire.config)
const elb = new ElasticLoadBalancingV2Client(wire.config)
const waf = new WAFV2Client(wire.config)
const classic = new ElasticLoadBalancingClient(wire.config)
const sts = new STSClient(wire.config)
const role = { RoleArn: 'arn:aws:iam::111122223333:role/audit', RoleSessionName: 's' }

const send: Record<string, () => Promise<unknown>> = {
  acm: () => new ACMClient(wire.config).send(new ListCertificatesCommand({})),
  cloudfront: () => cloudfront.send(new ListDistributionsCommand({})),
  ec2: () => ec2.send(new DescribeSubnetsCommand({})),
  'elastic-load-balancing': () => classic.send(new DescribeClassicCommand({})),
  'elastic-load-balancing-v2': () => elb.send(new DescribeLoadBalancersCommand({})),
  'route-53': () => new Route53Client(wire.config).send(new ListHostedZonesCommand({})),
  sts: () => sts.send(new AssumeRoleCommand(role)),
  wafv2: () => waf.send(new GetWebACLForResourceCommand({ ResourceArn: 'arn' })),
}
const sendTo = (service: string): Promise<unknown> => send[service]?.() ?? Promise.reject(new Error(service))

describe('the SDK raises an error by the name the world gave', () => {
  test.each([
    ['acm', 'AccessDeniedException', 403],
    ['acm', 'ThrottlingException', 400],
    ['cloudfront', 'AccessDenied', 403],
    ['cloudfront', 'Throttling', 400],
    ['ec2', 'UnauthorizedOperation', 403],
    ['ec2', 'RequestLimitExceeded', 503],
    ['ec2', 'InvalidSubnetID.NotFound', 400],
    ['elastic-load-balancing', 'AccessDenied', 403],
    ['elastic-load-balancing', 'Throttling', 400],
    ['elastic-load-balancing-v2', 'AccessDenied', 403],
    ['elastic-load-balancing-v2', 'Throttling', 400],
    ['route-53', 'AccessDenied', 403],
    ['route-53', 'Throttling', 400],
    ['sts', 'AccessDenied', 403],
    ['sts', 'ExpiredToken', 403],
    ['wafv2', 'AccessDeniedException', 400],
    ['wafv2', 'ThrottlingException', 400],
  ])('%s %s with status %i', async (service, code, status) => {
    const message = 'not <allowed> & "so" on'
    wire.next = { error: { code, message } }
    const error = await failureOf(sendTo(service))
    expect([error.name, error.message]).toEqual([code, message])
    expect(error.$metadata?.httpStatusCode).toBe(status)
    expect(error.$metadata?.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(isThrottlingError(error as never)).toBe(/Throttling|LimitExceeded/.test(code))
  })

  test('modelled errors become the exception classes, with the status of the model', async () => {
    wire.next = { error: { code: 'NoSuchDistribution', message: 'gone' } }
    const gone = await failureOf(cloudfront.send(new GetDistributionCommand({ Id: 'E1' })))
    expect(gone).toBeInstanceOf(NoSuchDistribution)
    expect(gone.$metadata?.httpStatusCode).toBe(404)
    wire.next = { error: { code: 'WAFNonexistentItemException', message: 'gone' } }
    expect(await failureOf(sendTo('wafv2'))).toBeInstanceOf(WAFNonexistentItemException)
  })

  test.each(['LoadBalancerNotFoundException', 'LoadBalancerNotFound'])(
    'the name or the wire code does (%s)',
    async code => {
      wire.next = { error: { code, message: 'gone' } }
      expect(await failureOf(sendTo('elastic-load-balancing-v2'))).toBeInstanceOf(
        LoadBalancerNotFoundException,
      )
      const xml = await post(wire, 'elasticloadbalancing', {
        Action: 'DescribeLoadBalancers',
        Version: '2015-12-01',
      })
      expect(xml).toContain(
        '<Error><Type>Sender</Type><Code>LoadBalancerNotFound</Code><Message>gone</Message></Error>',
      )
    },
  )

  test('a given status wins over the usual one', async () => {
    wire.next = { error: { code: 'ServiceUnavailable', message: 'later', status: 599 } }
    expect((await failureOf(sendTo('ec2'))).$metadata?.httpStatusCode).toBe(599)
  })
})

describe('what the lab does not know it says', () => {
  const anonymous = (init: RequestInit = {}, path = '/') => fetch(`${wire.endpoint.url}${path}`, init)
  const signed = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20250101/us-east-1/${service}/aws4_request, Signature=0`,
  })

  test('a request that is not signed is refused', async () => {
    const response = await anonymous({}, '/2020-05-31/distribution')
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining('MissingAuthenticationToken'),
    ])
  })

  test('a service it does not have is named', async () => {
    const response = await anonymous({ headers: signed('sqs') })
    expect(await response.text()).toContain('The lab has no service \\"sqs\\".')
  })

  test('an operation that a service does not have is refused in the shape of its protocol', async () => {
    expect(await post(wire, 'sts', { Action: 'Nonsense', Version: '2011-06-15' })).toContain(
      '<Code>InvalidAction</Code>',
    )
    const rest = await anonymous({ headers: signed('cloudfront') }, '/2020-05-31/nonsense')
    expect(await rest.text()).toContain('<Code>UnknownOperationException</Code>')
    const json = await anonymous({
      method: 'POST',
      headers: { ...signed('acm'), 'x-amz-target': 'CertificateManager.Nonsense' },
    })
    expect(await json.json()).toMatchObject({ __type: 'UnknownOperationException' })
  })
})

describe('a mistake in the world is an error that names its place', () => {
  test.each([
    [
      { LoadBalancers: [{ LoadBalancerARN: 'a' }] },
      'DescribeLoadBalancers.LoadBalancers[0].LoadBalancerARN: LoadBalancer has no member of this name.',
    ],
    [
      { LoadBalancers: [{ CreatedTime: 'yesterday' }] },
      'DescribeLoadBalancers.LoadBalancers[0].CreatedTime: expected a Date or an ISO 8601 text, found string.',
    ],
    [
      { LoadBalancers: { member: [] } },
      'DescribeLoadBalancers.LoadBalancers: expected a list, found object.',
    ],
    [{ NextMarker: 7 }, 'DescribeLoadBalancers.NextMarker: expected a string, found number.'],
  ])('%j', async (output, message) => {
    wire.next = { output }
    expect(await failureOf(sendTo('elastic-load-balancing-v2'))).toMatchObject({
      name: 'InternalFailure',
      message,
    })
  })

  test('ISO texts do for timestamps and null for an absent member', async () => {
    wire.next = { output: { LoadBalancers: [{ CreatedTime: '2025-01-01T00:00:00Z', DNSName: null }] } }
    expect(await sendTo('elastic-load-balancing-v2')).toMatchObject({
      LoadBalancers: [{ CreatedTime: new Date('2025-01-01T00:00:00Z') }],
    })
  })

  test('a handler that throws is an internal failure with its reason', async () => {
    wire.next = undefined as never
    expect((await failureOf(sendTo('ec2'))).name).toBe('InternalFailure')
  })
})
