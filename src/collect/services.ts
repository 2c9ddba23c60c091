/** The AWS services that collecting asks: SDK package, client, IAM prefix. A package loads when its service is first asked. */

export interface ServicePackage {
  /** Name of the client class. */
  readonly client: string
  /** Prefix of the IAM actions. */
  readonly actions: string
  readonly load: () => Promise<Readonly<Record<string, unknown>>>
}

/** By SDK package suffix, the name that records carry. */
export const services = {
  acm: { client: 'ACMClient', actions: 'acm', load: () => import('@aws-sdk/client-acm') },
  cloudfront: {
    client: 'CloudFrontClient',
    actions: 'cloudfront',
    load: () => import('@aws-sdk/client-cloudfront'),
  },
  ec2: { client: 'EC2Client', actions: 'ec2', load: () => import('@aws-sdk/client-ec2') },
  'elastic-load-balancing': {
    client: 'ElasticLoadBalancingClient',
    actions: 'elasticloadbalancing',
    load: () => import('@aws-sdk/client-elastic-load-balancing'),
  },
  'elastic-load-balancing-v2': {
    client: 'ElasticLoadBalancingV2Client',
    actions: 'elasticloadbalancing',
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  'route-53': { client: 'Route53Client', actions: 'route53', load: () => import('@aws-sdk/client-route-53') },
  sts: { client: 'STSClient', actions: 'sts', load: () => import('@aws-sdk/client-sts') },
  wafv2: { client: 'WAFV2Client', actions: 'wafv2', load: () => import('@aws-sdk/client-wafv2') },
} as const satisfies Readonly<Record<string, ServicePackage>>

export type ServiceName = keyof typeof services
