/** Links from a distribution to a load balancer, and topologies of them. */

import type { Gap } from '#base/gap.ts'
import { known } from '#base/known.ts'
import type {
  Behavior,
  Distribution,
  EdgeFunction,
  Link,
  LoadBalancer,
  Origin,
  OriginHeader,
  Topology,
  VpcOrigin,
} from '#topology/model.ts'
import { noLife } from '../../topology/no-life.ts'
import { cloudFront4, cloudFront6 } from './network.ts'
import { next, ref } from './values.ts'

export interface LinkSpec {
  readonly headers?: readonly OriginHeader[]
  readonly aliases?: readonly string[]
  readonly behaviors?: readonly Behavior[]
  readonly protocolPolicy?: string
  readonly originPath?: string
  readonly others?: readonly LoadBalancer[]
  readonly vpcOrigin?: boolean
  readonly gaps?: readonly Gap[]
  readonly origin?: Partial<Origin>
  readonly distribution?: Partial<Distribution>
}

export const behavior = (more: Partial<Behavior> = {}): Behavior => ({
  pathPattern: 'Default (*)',
  isDefault: true,
  target: 'origin',
  viewerProtocolPolicy: 'https-only',
  allowedMethods: ['GET', 'HEAD'],
  functions: [],
  signed: false,
  keyGroups: [],
  trustedSigners: [],
  ...more,
})

/** A function that may send requests anywhere. */
export const straying = (
  event: string,
  arn = 'arn:aws:lambda:us-east-1:111122223333:function:f:1',
): EdgeFunction => ({
  arn,
  event,
  originChange: known('possible'),
  carriesHeaders: 'unknown',
  note: `it is a Lambda@Edge function at ${event}, whose code is not read`,
})

const vpcOriginTo = (lb: LoadBalancer): VpcOrigin => ({
  ref: ref('arn:aws:cloudfront::111122223333:vpcorigin/vo_1'),
  id: 'vo_1',
  endpointArn: lb.ref.arn,
  httpPort: 80,
  httpsPort: 443,
  protocolPolicy: 'https-only',
  users: known([]),
})

export const linkTo = (lb: LoadBalancer, spec: LinkSpec = {}): Link => {
  const behaviors = spec.behaviors ?? [behavior()]
  const origin = {
    id: 'origin',
    domainName: 'origin.example.com',
    originPath: spec.originPath ?? '',
    kind: 'alb' as const,
    headers: spec.headers ?? [],
    protocolPolicy: spec.protocolPolicy ?? 'https-only',
    httpPort: 80,
    httpsPort: 443,
    sslProtocols: ['TLSv1.2'],
    vpcOriginId: spec.vpcOrigin ? 'vo_1' : null,
    originAccessControlId: null,
    accessControl: known(null),
    originAccessIdentity: null,
    ...spec.origin,
  }
  const id = `E${next()}`
  const distribution = {
    ref: ref(`arn:aws:cloudfront::111122223333:distribution/${id}`, id),
    id,
    domainName: 'd111111abcdef8.cloudfront.net',
    aliases: spec.aliases ?? ['www.example.com'],
    enabled: true,
    staging: false,
    behaviors,
    origins: [origin],
    originGroups: [],
    viewer: { isDefault: true, minimumProtocolVersion: 'TLSv1', sslSupportMethod: 'vip', certificate: null },
    webAcl: known(null),
    geoRestriction: known({ kind: 'none' as const, countries: [] }),
    continuousDeployment: known(null),
    tenants: null,
    ...spec.distribution,
  }
  return {
    id: `${id}/origin`,
    distribution,
    origin,
    behaviors,
    target: {
      kind: 'load-balancer',
      loadBalancer: lb,
      others: spec.others ?? [],
      names: ['origin.example.com', lb.dnsName],
      vpcOrigin: spec.vpcOrigin ? vpcOriginTo(lb) : null,
      gaps: spec.gaps ?? [],
    },
  }
}

export const topologyOf = (
  links: readonly Link[],
  more: Partial<Topology> = {},
  ...extra: readonly LoadBalancer[]
): Topology => ({
  observedAt: '2026-09-01T00:00:00.000Z',
  accounts: ['111122223333'],
  regions: ['eu-west-1'],
  distributions: links.map(l => l.distribution),
  links,
  loadBalancers: [
    ...new Set([
      ...links.flatMap(l =>
        l.target.kind === 'load-balancer' ? [l.target.loadBalancer, ...l.target.others] : [],
      ),
      ...extra,
    ]),
  ],
  unseenLoadBalancers: [],
  prefixLists: [cloudFront4, cloudFront6],
  accelerators: { items: [], gaps: [] },
  vpcLinks: { items: [], gaps: [] },
  endpointServices: { items: [], gaps: [] },
  signingKeys: { items: [], gaps: [] },
  keyGroups: { items: [], gaps: [] },
  life: noLife,
  clusters: [],
  gaps: [],
  ...more,
})
