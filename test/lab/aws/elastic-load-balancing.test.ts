import {
  DescribeLoadBalancersCommand as DescribeClassicCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing'
import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from 'vitest'
import { openWire, post, roundTrip } from './wire.ts'

const wire = await openWire()
const client = new ElasticLoadBalancingV2Client(wire.config)
const classic = new ElasticLoadBalancingClient(wire.config)
const arn = (rest: string): string => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:${rest}`
const loadBalancer = arn('loadbalancer/app/web/50dc6c495c0c9188')
const listener = arn('listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2')
const group = arn('targetgroup/web/73e2d6bc24d8a067')

const conditions: RuleCondition[] = [
  { Field: 'host-header', Values: ['a.example.com'], HostHeaderConfig: { Values: ['a.example.com'] } },
  { Field: 'host-header', HostHeaderConfig: { RegexValues: ['^[a-z]+\\.example\\.com$'] } },
  { Field: 'path-pattern', PathPatternConfig: { Values: ['/img/*', '/<&>"'] } },
  {
    Field: 'http-header',
    HttpHeaderConfig: { HttpHeaderName: 'X-Origin-Verify', Values: ['one', 'tw?', 'th*'] },
  },
  { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET', 'HEAD'] } },
  {
    Field: 'query-string',
    QueryStringConfig: { Values: [{ Key: 'version', Value: 'v1' }, { Value: '*example*' }] },
  },
  { Field: 'source-ip', SourceIpConfig: { Values: ['192.0.2.0/24', '2001:db8::/32'] } },
]
const actions: Action[] = [
  {
    Type: 'authenticate-oidc',
    Order: 1,
    AuthenticateOidcConfig: {
      Issuer: 'https://id.example.com',
      AuthorizationEndpoint: 'https://id.example.com/authorize',
      TokenEndpoint: 'https://id.example.com/token',
      UserInfoEndpoint: 'https://id.example.com/userinfo',
      ClientId: 'client',
      SessionTimeout: 604800,
      OnUnauthenticatedRequest: 'authenticate',
      AuthenticationRequestExtraParams: { display: 'page', prompt: 'login' },
    },
  },
  {
    Type: 'authenticate-cognito',
    Order: 2,
    AuthenticateCognitoConfig: {
      UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_EXAMPLE',
      UserPoolClientId: 'client',
      UserPoolDomain: 'domain',
      OnUnauthenticatedRequest: 'deny',
    },
  },
  {
    Type: 'forward',
    Order: 3,
    TargetGroupArn: group,
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: group, Weight: 0 },
        { TargetGroupArn: group, Weight: 999 },
      ],
      TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
    },
  },
  {
    Type: 'redirect',
    Order: 4,
    RedirectConfig: {
      Protocol: 'HTTPS',
      Port: '443',
      Host: '#{host}',
      Path: '/#{path}',
      Query: '#{query}',
      StatusCode: 'HTTP_301',
    },
  },
  {
    Type: 'fixed-response',
    Order: 5,
    FixedResponseConfig: { MessageBody: 'no\r\n\tentry', StatusCode: '403', ContentType: 'text/plain' },
  },
]

describe('ELBv2 over query', () => {
  test('DescribeLoadBalancers gets a list of ARNs and returns nested lists', async () => {
    const input = { LoadBalancerArns: Array.from({ length: 12 }, (_, i) => `${loadBalancer}${i}`) }
    const call = await roundTrip(wire, () => client.send(new DescribeLoadBalancersCommand(input)), {
      LoadBalancers: [
        {
          LoadBalancerArn: loadBalancer,
          DNSName: 'web-1234567890.eu-west-1.elb.amazonaws.com',
          CreatedTime: new Date('2025-01-01T10:20:30.400Z'),
          Scheme: 'internet-facing',
          State: { Code: 'active' },
          Type: 'application',
          AvailabilityZones: [
            {
              ZoneName: 'eu-west-1a',
              SubnetId: 'subnet-1',
              LoadBalancerAddresses: [{ IpAddress: '192.0.2.1' }],
            },
            { ZoneName: 'eu-west-1b', SubnetId: 'subnet-2', LoadBalancerAddresses: [] },
          ],
          SecurityGroups: ['sg-1', 'sg-2'],
          IpAddressType: 'dualstack',
        },
      ],
      NextMarker: 'more',
    })
    expect(call).toMatchObject({
      service: 'elastic-load-balancing-v2',
      operation: 'DescribeLoadBalancers',
      region: 'eu-west-1',
      input,
    })
  })

  test('DescribeRules returns every condition config and every kind of action', async () => {
    const call = await roundTrip(
      wire,
      () => client.send(new DescribeRulesCommand({ ListenerArn: listener, PageSize: 400 })),
      {
        Rules: [
          {
            RuleArn: arn('listener-rule/app/web/1/2/3'),
            Priority: '10',
            Conditions: conditions,
            Actions: actions,
            IsDefault: false,
            Transforms: [
              {
                Type: 'url-rewrite',
                UrlRewriteConfig: { Rewrites: [{ Regex: '^/a/(.*)$', Replace: '/$1' }] },
              },
            ],
          },
          {
            RuleArn: arn('listener-rule/app/web/1/2/4'),
            Priority: 'default',
            Conditions: [],
            Actions: [],
            IsDefault: true,
          },
        ],
      },
    )
    expect(call.input).toEqual({ ListenerArn: listener, PageSize: 400 })
  })

  test('DescribeTags, DescribeTargetHealth and DescribeLoadBalancerAttributes return their lists', async () => {
    await roundTrip(wire, () => client.send(new DescribeTagsCommand({ ResourceArns: [loadBalancer] })), {
      TagDescriptions: [{ ResourceArn: loadBalancer, Tags: [{ Key: 'team', Value: '' }, { Key: 'a&b' }] }],
    })
    const health = await roundTrip(
      wire,
      () =>
        client.send(
          new DescribeTargetHealthCommand({
            TargetGroupArn: group,
            Targets: [{ Id: 'i-1', Port: 80 }, { Id: 'i-2' }],
          }),
        ),
      {
        TargetHealthDescriptions: [
          {
            Target: { Id: 'i-1', Port: 80 },
            HealthCheckPort: '80',
            TargetHealth: {
              State: 'unhealthy',
              Reason: 'Target.Timeout',
              Description: 'Connection timed out',
            },
          },
        ],
      },
    )
    expect(health.input).toEqual({ TargetGroupArn: group, Targets: [{ Id: 'i-1', Port: 80 }, { Id: 'i-2' }] })
    await roundTrip(
      wire,
      () => client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: loadBalancer })),
      { Attributes: [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' }] },
    )
    await roundTrip(
      wire,
      () => client.send(new DescribeListenersCommand({ LoadBalancerArn: loadBalancer })),
      {
        Listeners: [],
      },
    )
  })

  test('the reply has the envelope that the API reference shows', async () => {
    wire.next = { output: { Rules: [{ Priority: 'default', IsDefault: true, Actions: [] }] } }
    const xml = await post(wire, 'elasticloadbalancing', {
      Action: 'DescribeRules',
      Version: '2015-12-01',
      'RuleArns.member.1': 'a',
      'RuleArns.member.2': 'b',
    })
    expect(wire.calls.at(-1)?.input).toEqual({ RuleArns: ['a', 'b'] })
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<DescribeRulesResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">' +
        '<DescribeRulesResult><Rules><member><Priority>default</Priority><Actions/><IsDefault>true</IsDefault>' +
        '</member></Rules></DescribeRulesResult><ResponseMetadata>' +
        '<RequestId>ID</RequestId>' +
        '</ResponseMetadata></DescribeRulesResponse>',
    )
  })
})

describe('Classic ELB over query', () => {
  test('DescribeLoadBalancers is told apart from the operation of the same name in ELBv2', async () => {
    const call = await roundTrip(
      wire,
      () => classic.send(new DescribeClassicCommand({ LoadBalancerNames: ['old', 'older'] })),
      {
        LoadBalancerDescriptions: [
          {
            LoadBalancerName: 'old',
            DNSName: 'old-1234567890.eu-west-1.elb.amazonaws.com',
            ListenerDescriptions: [
              {
                Listener: {
                  Protocol: 'HTTPS',
                  LoadBalancerPort: 443,
                  InstanceProtocol: 'HTTP',
                  InstancePort: 80,
                  SSLCertificateId: 'arn',
                },
                PolicyNames: ['ELBSecurityPolicy-2016-08'],
              },
            ],
            Policies: { AppCookieStickinessPolicies: [], LBCookieStickinessPolicies: [], OtherPolicies: [] },
            AvailabilityZones: ['eu-west-1a'],
            Instances: [{ InstanceId: 'i-1' }],
            HealthCheck: {
              Target: 'HTTP:80/',
              Interval: 30,
              Timeout: 5,
              UnhealthyThreshold: 2,
              HealthyThreshold: 10,
            },
            SourceSecurityGroup: { OwnerAlias: 'amazon-elb', GroupName: 'amazon-elb-sg' },
            SecurityGroups: ['sg-1'],
            CreatedTime: new Date('2015-01-01T00:00:00Z'),
            Scheme: 'internet-facing',
          },
        ],
      },
    )
    expect(call.service).toBe('elastic-load-balancing')
    expect(call.input).toEqual({ LoadBalancerNames: ['old', 'older'] })
  })
})
