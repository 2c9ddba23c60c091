/** Distributions, hosted zones and DNS answers for the tests of this folder. */

import type { ReadRecord, ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { account, type Config, type Parts, read, resource } from './parts.ts'

export const items = (...list: readonly unknown[]): Config => ({ Quantity: list.length, Items: list })

export const origin = (domainName: string, more: Config = {}): Config => ({
  Id: 'app',
  DomainName: domainName,
  OriginPath: '',
  CustomHeaders: items(),
  CustomOriginConfig: {
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: 'https-only',
    OriginSslProtocols: items('TLSv1.2'),
  },
  ...more,
})

const distributionConfig = (origins: readonly unknown[], more: Config = {}): Config => ({
  Id: 'E1',
  ARN: `arn:aws:cloudfront::${account}:distribution/E1`,
  DomainName: 'd111111abcdef8.cloudfront.net',
  Aliases: items('www.example.com'),
  Origins: items(...origins),
  OriginGroups: { Quantity: 0 },
  DefaultCacheBehavior: { TargetOriginId: 'app', ViewerProtocolPolicy: 'redirect-to-https' },
  CacheBehaviors: { Quantity: 0 },
  Enabled: true,
  ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1' },
  WebACLId: '',
  Staging: false,
  ...more,
})

export const distribution = (origins: readonly unknown[], more: Config = {}): ResourceRecord => {
  const config = distributionConfig(origins, more)
  return resource(
    types.distribution,
    `arn:aws:cloudfront::${account}:distribution/${String(config.Id)}`,
    config,
    {
      region: 'us-east-1',
    },
  )
}

export const listedDistributions = (count = 1): ReadRecord =>
  read('ListDistributions', '*', count, { region: 'us-east-1' })

export const zone = (name = 'example.com', ...sets: readonly Config[]): Parts => {
  const id = `Z${name.replaceAll('.', '').toUpperCase()}`
  const arn = `arn:aws:route53:::hostedzone/${id}`
  const at = { region: 'us-east-1' }
  return {
    resources: [
      resource(
        types.hostedZone,
        arn,
        { Id: `/hostedzone/${id}`, Name: `${name}.`, Config: { PrivateZone: false } },
        at,
      ),
      ...sets.map(set =>
        resource(
          types.recordSet,
          [arn, set.Name, set.Type, set.SetIdentifier].filter(p => p !== undefined).join('/'),
          { HostedZoneId: id, ...set },
          at,
        ),
      ),
    ],
    reads: [read('ListResourceRecordSets', id, sets.length, at)],
  }
}

export const alias = (name: string, target: string, more: Config = {}): Config => ({
  Name: `${name}.`,
  Type: 'A',
  AliasTarget: { HostedZoneId: 'Z32O12XQLNTSW2', DNSName: `${target}.`, EvaluateTargetHealth: false },
  ...more,
})

export const cname = (name: string, target: string, more: Config = {}): Config => ({
  Name: `${name}.`,
  Type: 'CNAME',
  TTL: 300,
  ResourceRecords: [{ Value: target }],
  ...more,
})

export const dns = (
  name: string,
  answer: {
    readonly outcome?: string
    readonly names?: readonly string[]
    readonly addresses?: readonly string[]
  },
): ResourceRecord => ({
  ...resource(types.dnsAnswer, name, {
    Name: name,
    Outcome: answer.outcome ?? 'answer',
    CanonicalNames: answer.names ?? [],
    Addresses: answer.addresses ?? [],
  }),
  region: 'us-east-1',
  source: { kind: 'dns' },
})
