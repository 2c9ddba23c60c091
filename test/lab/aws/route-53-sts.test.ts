import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { openWire, roundTrip } from './wire.ts'

const wire = await openWire()
const route53 = new Route53Client(wire.config)
const sts = new STSClient(wire.config)

describe('Route 53 over rest-xml', () => {
  test('ListHostedZones returns zones with their configuration', async () => {
    const call = await roundTrip(wire, () => route53.send(new ListHostedZonesCommand({ Marker: 'm' })), {
      HostedZones: [
        {
          Id: '/hostedzone/Z1EXAMPLE',
          Name: 'example.com.',
          CallerReference: 'r',
          Config: { PrivateZone: false, Comment: '' },
          ResourceRecordSetCount: 3,
        },
        {
          Id: '/hostedzone/Z2EXAMPLE',
          Name: 'example.net.',
          CallerReference: 's',
          Config: { PrivateZone: true },
        },
      ],
      Marker: 'm',
      IsTruncated: true,
      NextMarker: 'n',
      MaxItems: 100,
    })
    expect(call).toMatchObject({ service: 'route-53', operation: 'ListHostedZones', input: { Marker: 'm' } })
  })

  test('ListResourceRecordSets gets where to go on and returns aliases and records', async () => {
    const input = {
      HostedZoneId: 'Z1EXAMPLE',
      StartRecordName: '\\052.example.com.',
      StartRecordType: 'A' as const,
      StartRecordIdentifier: 'a b',
      MaxItems: 300,
    }
    const call = await roundTrip(wire, () => route53.send(new ListResourceRecordSetsCommand(input)), {
      ResourceRecordSets: [
        {
          Name: 'origin.example.com.',
          Type: 'A',
          AliasTarget: {
            HostedZoneId: 'Z32O12XQLNTSW2',
            DNSName: 'dualstack.web-1234567890.eu-west-1.elb.amazonaws.com.',
            EvaluateTargetHealth: true,
          },
        },
        {
          Name: 'www.example.com.',
          Type: 'CNAME',
          TTL: 300,
          SetIdentifier: 'one',
          Weight: 0,
          ResourceRecords: [{ Value: 'origin.example.com' }],
        },
        {
          Name: 'txt.example.com.',
          Type: 'TXT',
          TTL: 1,
          ResourceRecords: [{ Value: '"a"' }, { Value: '"b<c>"' }],
        },
      ],
      IsTruncated: true,
      NextRecordName: 'x.example.com.',
      NextRecordType: 'AAAA',
      NextRecordIdentifier: 'two',
      MaxItems: 300,
    })
    expect(call.input).toEqual(input)
  })

  test('a zone id with the prefix that Route 53 itself returns is understood', async () => {
    const command = new ListResourceRecordSetsCommand({ HostedZoneId: '/hostedzone/Z1EXAMPLE' })
    const output = { ResourceRecordSets: [], IsTruncated: false, MaxItems: 300 }
    const call = await roundTrip(wire, () => route53.send(command), output)
    expect(call.input).toEqual({ HostedZoneId: 'Z1EXAMPLE' })
  })
})

describe('STS over query', () => {
  const credentials = {
    AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    SecretAccessKey: 's/+=',
    SessionToken: 't',
    Expiration: new Date('2030-01-01T00:00:00Z'),
  }

  test('GetCallerIdentity returns the identity and the key that asked is known', async () => {
    const identity = {
      UserId: 'AIDAEXAMPLE',
      Account: '111122223333',
      Arn: 'arn:aws:iam::111122223333:user/alice',
    }
    const call = await roundTrip(wire, () => sts.send(new GetCallerIdentityCommand({})), identity)
    expect(call).toEqual({
      service: 'sts',
      operation: 'GetCallerIdentity',
      region: 'eu-west-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      input: {},
    })
  })

  test('AssumeRole gets role, session and external id and returns credentials', async () => {
    const input = {
      RoleArn: 'arn:aws:iam::444455556666:role/audit',
      RoleSessionName: 'originproof',
      ExternalId: 'a+b c/=&',
      Tags: [{ Key: 'k', Value: 'v' }],
      TransitiveTagKeys: ['k'],
      DurationSeconds: 900,
    }
    const call = await roundTrip(wire, () => sts.send(new AssumeRoleCommand(input)), {
      Credentials: credentials,
      AssumedRoleUser: {
        AssumedRoleId: 'AROAEXAMPLE:originproof',
        Arn: 'arn:aws:sts::444455556666:assumed-role/audit/originproof',
      },
    })
    expect(call.input).toEqual(input)
  })

  test('the exchange of a web identity is served although it is not signed', async () => {
    const input = {
      RoleArn: 'arn:aws:iam::444455556666:role/ci',
      RoleSessionName: 's',
      WebIdentityToken: 'jwt',
    }
    const call = await roundTrip(wire, () => sts.send(new AssumeRoleWithWebIdentityCommand(input)), {
      Credentials: credentials,
    })
    expect(call).toMatchObject({
      operation: 'AssumeRoleWithWebIdentity',
      region: '',
      accessKeyId: '',
      input,
    })
  })
})
