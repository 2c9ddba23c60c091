/** The AWS services that collecting asks: SDK package, client, IAM prefix. A package loads when its service is first asked. */

export interface ServicePackage {
  /** Name of the client class. */
  readonly client: string
  /** Prefix of the IAM actions. */
  readonly actions: string
  /** The one action that every reading needs, where a service names its actions by HTTP method. */
  readonly action?: string
  /** Puts the account's id before the host name: an endpoint that replaces its own is used as it is. */
  readonly accountInHost?: true
  readonly load: () => Promise<Readonly<Record<string, unknown>>>
}

/** By SDK package suffix, the name that records carry. */
export const services = {
  acm: { client: 'ACMClient', actions: 'acm', load: () => import('@aws-sdk/client-acm') },
  'api-gateway': {
    client: 'APIGatewayClient',
    actions: 'apigateway',
    action: 'GET',
    load: () => import('@aws-sdk/client-api-gateway'),
  },
  apigatewayv2: {
    client: 'ApiGatewayV2Client',
    actions: 'apigateway',
    action: 'GET',
    load: () => import('@aws-sdk/client-apigatewayv2'),
  },
  cloudfront: {
    client: 'CloudFrontClient',
    actions: 'cloudfront',
    load: () => import('@aws-sdk/client-cloudfront'),
  },
  cloudformation: {
    client: 'CloudFormationClient',
    actions: 'cloudformation',
    load: () => import('@aws-sdk/client-cloudformation'),
  },
  cloudtrail: {
    client: 'CloudTrailClient',
    actions: 'cloudtrail',
    load: () => import('@aws-sdk/client-cloudtrail'),
  },
  cloudwatch: {
    client: 'CloudWatchClient',
    actions: 'cloudwatch',
    load: () => import('@aws-sdk/client-cloudwatch'),
  },
  ec2: { client: 'EC2Client', actions: 'ec2', load: () => import('@aws-sdk/client-ec2') },
  ecs: { client: 'ECSClient', actions: 'ecs', load: () => import('@aws-sdk/client-ecs') },
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
  eventbridge: {
    client: 'EventBridgeClient',
    actions: 'events',
    load: () => import('@aws-sdk/client-eventbridge'),
  },
  'global-accelerator': {
    client: 'GlobalAcceleratorClient',
    actions: 'globalaccelerator',
    load: () => import('@aws-sdk/client-global-accelerator'),
  },
  lambda: { client: 'LambdaClient', actions: 'lambda', load: () => import('@aws-sdk/client-lambda') },
  'route-53': { client: 'Route53Client', actions: 'route53', load: () => import('@aws-sdk/client-route-53') },
  s3: { client: 'S3Client', actions: 's3', load: () => import('@aws-sdk/client-s3') },
  's3-control': {
    client: 'S3ControlClient',
    actions: 's3',
    accountInHost: true,
    load: () => import('@aws-sdk/client-s3-control'),
  },
  scheduler: {
    client: 'SchedulerClient',
    actions: 'scheduler',
    load: () => import('@aws-sdk/client-scheduler'),
  },
  'secrets-manager': {
    client: 'SecretsManagerClient',
    actions: 'secretsmanager',
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  ssm: { client: 'SSMClient', actions: 'ssm', load: () => import('@aws-sdk/client-ssm') },
  sts: { client: 'STSClient', actions: 'sts', load: () => import('@aws-sdk/client-sts') },
  wafv2: { client: 'WAFV2Client', actions: 'wafv2', load: () => import('@aws-sdk/client-wafv2') },
} as const satisfies Readonly<Record<string, ServicePackage>>

export type ServiceName = keyof typeof services
