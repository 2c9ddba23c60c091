/** Worlds for the rules about TLS between CloudFront and the origin, and about certificates. */
import { known } from '#base/known.ts'
import {
  aBehavior,
  aCertificate,
  aLoadBalancer,
  aVpcOrigin,
  aWorld,
  gated,
  type LinkSpec,
  type ListenerSpec,
  lost,
  toLoadBalancer,
  unread,
} from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { andAlso, andSomewhere } from './token-parts.ts'

const policy = (
  protocolPolicy: string | null,
  viewerProtocolPolicy = 'redirect-to-https',
  more: LinkSpec = {},
) => aWorld([{ origin: { protocolPolicy }, behaviors: [aBehavior({ viewerProtocolPolicy })], ...more }])

const vpc = (protocolPolicy: string) =>
  aWorld([
    {
      origin: { kind: 'vpc-origin', protocolPolicy: null },
      target: toLoadBalancer(aLoadBalancer({ scheme: 'internal' }), aVpcOrigin({ protocolPolicy })),
    },
  ])

const protocols = (...sslProtocols: readonly string[]) => aWorld([{ origin: { sslProtocols } }])

type Certificates = NonNullable<ListenerSpec['certificates']>

const withCertificates = (certificates: Certificates) =>
  toLoadBalancer(aLoadBalancer({ listeners: [{ ...gated('t'), certificates }] }))

const covering = (certificates: Certificates, domainName = 'origin.example.com') =>
  aWorld([{ origin: { domainName }, target: withCertificates(certificates) }])

const certificate = (...names: readonly string[]) =>
  known(aCertificate({ domainName: names[0] ?? '', subjectAlternativeNames: names }))

const noViewerCertificate = {
  isDefault: true,
  minimumProtocolVersion: 'TLSv1',
  sslSupportMethod: 'vip',
  certificate: null,
}

const ending = (extra: Parameters<typeof aCertificate>[0]) =>
  aWorld([
    {
      distribution: { viewer: noViewerCertificate },
      target: withCertificates(known([known(aCertificate(extra))])),
    },
  ])

export const tlsCases: Cases = {
  'origin-link-encrypted': [
    { name: 'HTTP only', world: policy('http-only'), outcome: 'violated', says: 'http-only' },
    {
      name: 'as the viewer does, and a viewer may use HTTP',
      world: policy('match-viewer', 'allow-all'),
      outcome: 'violated',
      says: 'allow-all',
    },
    { name: 'a VPC origin over HTTP', world: vpc('http-only'), outcome: 'violated' },
    { name: 'HTTPS only', world: policy('https-only', 'allow-all'), outcome: 'satisfied' },
    {
      name: 'as the viewer does, and viewers are redirected',
      world: policy('match-viewer'),
      outcome: 'satisfied',
    },
    { name: 'a VPC origin over HTTPS', world: vpc('https-only'), outcome: 'satisfied' },
    { name: 'the policy is of a later time', world: policy('quic-only'), outcome: 'unknown' },
    { name: 'the policy was not read', world: policy(null), outcome: 'unknown' },
    {
      name: 'the viewer policy is of a later time',
      world: policy('match-viewer', 'quic-only'),
      outcome: 'unknown',
    },
    {
      name: 'an S3 bucket',
      world: aWorld([
        { origin: { kind: 's3-rest', protocolPolicy: null }, target: { kind: 'service', names: [] } },
      ]),
      outcome: 'inapplicable',
    },
    {
      name: 'an S3 website, which speaks no HTTPS',
      world: aWorld([
        {
          origin: { kind: 's3-website', protocolPolicy: 'http-only' },
          target: { kind: 'service', names: [] },
        },
      ]),
      outcome: 'inapplicable',
    },
  ],
  'origin-tls-floor': [
    {
      name: 'TLS 1.0 is allowed',
      world: protocols('TLSv1', 'TLSv1.2'),
      outcome: 'violated',
      says: 'allows TLSv1',
    },
    { name: 'TLS 1.1 is allowed', world: protocols('TLSv1.1', 'TLSv1.2'), outcome: 'violated' },
    { name: 'TLS 1.2 only', world: protocols('TLSv1.2'), outcome: 'satisfied' },
    { name: 'no versions are listed', world: protocols(), outcome: 'unknown' },
    { name: 'a version of a later time', world: protocols('TLSv1.2', 'TLSv2'), outcome: 'unknown' },
    {
      name: 'HTTP only, so that the list is unused',
      world: aWorld([{ origin: { protocolPolicy: 'http-only', sslProtocols: ['SSLv3'] } }]),
      outcome: 'inapplicable',
    },
    { name: 'a VPC origin', world: vpc('https-only'), outcome: 'inapplicable' },
  ],
  'origin-certificate-covers-name': [
    {
      name: 'a second load balancer behind the name shows another certificate',
      world: aWorld([
        {
          target: andAlso(
            toLoadBalancer(),
            aLoadBalancer({
              name: 'second',
              listeners: [{ ...gated('t'), certificates: known([certificate('www.example.com')]) }],
            }),
          ),
        },
      ]),
      outcome: 'violated',
    },
    {
      name: 'the name has a further way that was not followed',
      world: aWorld([{ target: andSomewhere(toLoadBalancer()) }]),
      outcome: 'unknown',
    },
    {
      name: 'the certificate is for another name',
      world: covering(known([certificate('www.example.com')])),
      outcome: 'violated',
      says: 'www.example.com',
    },
    {
      name: 'a wildcard covers one label only',
      world: covering(known([certificate('*.example.com')]), 'a.origin.example.com'),
      outcome: 'violated',
    },
    {
      name: "the origin is the load balancer's own name",
      world: aWorld([{ origin: { domainName: 'ORIGIN-1.eu-west-1.elb.amazonaws.com' } }]),
      outcome: 'violated',
      says: 'own name',
    },
    {
      name: "the origin is the load balancer's own name, dualstack",
      world: aWorld([{ origin: { domainName: 'dualstack.origin-1.eu-west-1.elb.amazonaws.com' } }]),
      outcome: 'violated',
    },
    {
      name: 'the certificate is for the name',
      world: covering(known([certificate('origin.example.com')])),
      outcome: 'satisfied',
    },
    {
      name: 'a further certificate is',
      world: covering(known([certificate('www.example.com'), certificate('x.example.com', '*.example.com')])),
      outcome: 'satisfied',
    },
    {
      name: 'the certificates were not read',
      world: covering(unread('DescribeListenerCertificates')),
      outcome: 'unknown',
    },
    {
      name: 'one certificate was not read, the others do not cover it',
      world: covering(known([certificate('www.example.com'), unread('DescribeCertificate')])),
      outcome: 'unknown',
    },
    { name: 'the target was not found', world: aWorld([{ target: lost }]), outcome: 'unknown' },
    {
      name: 'HTTP only',
      world: aWorld([{ origin: { protocolPolicy: 'http-only' } }]),
      outcome: 'inapplicable',
    },
    {
      name: 'TLS ends behind the load balancer',
      world: aWorld([
        { target: toLoadBalancer(aLoadBalancer({ kind: 'network', listeners: [{ protocol: 'TCP' }] })) },
      ]),
      outcome: 'inapplicable',
    },
    {
      name: "somebody else's host",
      world: aWorld([{ target: { kind: 'external', names: [], addresses: ['198.51.100.1'] } }]),
      outcome: 'inapplicable',
    },
  ],
  'certificate-not-expiring': [
    {
      name: 'an imported one ends in ten days',
      world: ending({ notAfter: '2026-06-11T00:00:00.000Z', type: 'IMPORTED' }),
      outcome: 'violated',
      says: 'in 10 days; it was imported',
    },
    {
      name: 'it has expired',
      world: ending({ notAfter: '2026-05-01T00:00:00.000Z', renewalStatus: 'PENDING_AUTO_RENEWAL' }),
      outcome: 'violated',
      says: 'expired',
    },
    {
      name: 'renewal waits for validation',
      world: ending({ notAfter: '2026-06-11T00:00:00.000Z', renewalStatus: 'PENDING_VALIDATION' }),
      outcome: 'violated',
    },
    { name: 'it lasts', world: ending({}), outcome: 'satisfied' },
    {
      name: 'AWS is renewing it',
      world: ending({ notAfter: '2026-06-11T00:00:00.000Z', renewalStatus: 'PENDING_AUTO_RENEWAL' }),
      outcome: 'satisfied',
    },
    { name: 'AWS gives no date', world: ending({ notAfter: null, type: 'unknown' }), outcome: 'unknown' },
    {
      name: 'the certificate was not read',
      world: aWorld([
        {
          distribution: { viewer: noViewerCertificate },
          target: withCertificates(known([unread('DescribeCertificate')])),
        },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'the listeners were not read',
      world: aWorld([
        {
          distribution: { viewer: noViewerCertificate },
          target: toLoadBalancer(aLoadBalancer({ listeners: unread('DescribeListeners') })),
        },
      ]),
      outcome: 'unknown',
    },
  ],
}
