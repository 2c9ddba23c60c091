/** The AWS calls that the topology rests on, and the gaps that stand in for their missing answers. */
import type { Gap, GapCode } from '#base/gap.ts'

/** One call as a read record or a gap would name it. */
export interface Call {
  /** SDK client name without the scope. */
  readonly service: string
  readonly operation: string
  /** The ARN, id or name asked about; `*` for a list of a whole account and region. */
  readonly target: string
  /** Left out where the call is not about one account or region. */
  readonly account?: string
  readonly region?: string
}

/** Account and region of a resource, as the calls about it name them. */
export interface Place {
  readonly account: string
  readonly region: string
}

const elb2 = 'elastic-load-balancing-v2'

/** Service of each operation; the classic `DescribeLoadBalancers` and the newer API Gateway's are named apart. */
const services = {
  ListDistributions: 'cloudfront',
  ListVpcOrigins: 'cloudfront',
  GetVpcOrigin: 'cloudfront',
  GetDistributionConfig: 'cloudfront',
  GetFunction: 'cloudfront',
  GetContinuousDeploymentPolicy: 'cloudfront',
  ListDistributionTenants: 'cloudfront',
  ListDistributionsByOwnedResource: 'cloudfront',
  ListKeyGroups: 'cloudfront',
  ListPublicKeys: 'cloudfront',
  ListFieldLevelEncryptionProfiles: 'cloudfront',
  DescribeLoadBalancers: elb2,
  DescribeLoadBalancerAttributes: elb2,
  DescribeListeners: elb2,
  DescribeListenerCertificates: elb2,
  DescribeRules: elb2,
  DescribeTargetGroups: elb2,
  DescribeTargetHealth: elb2,
  DescribeTargetGroupAttributes: elb2,
  DescribeSecurityGroupRules: 'ec2',
  DescribeManagedPrefixLists: 'ec2',
  GetManagedPrefixListEntries: 'ec2',
  DescribeSubnets: 'ec2',
  DescribeRouteTables: 'ec2',
  DescribeNetworkAcls: 'ec2',
  DescribeAddresses: 'ec2',
  DescribeInstances: 'ec2',
  DescribeNetworkInterfaces: 'ec2',
  DescribeVpcBlockPublicAccessOptions: 'ec2',
  DescribeVpcBlockPublicAccessExclusions: 'ec2',
  DescribeVpcEndpointServiceConfigurations: 'ec2',
  DescribeVpcEndpointServicePermissions: 'ec2',
  ListAccelerators: 'global-accelerator',
  ListListeners: 'global-accelerator',
  ListEndpointGroups: 'global-accelerator',
  ListCustomRoutingAccelerators: 'global-accelerator',
  ListCrossAccountAttachments: 'global-accelerator',
  GetVpcLinks: 'api-gateway',
  GetRestApis: 'api-gateway',
  GetResources: 'api-gateway',
  GetApis: 'apigatewayv2',
  GetIntegrations: 'apigatewayv2',
  GetStages: 'api-gateway',
  GetDeployment: 'api-gateway',
  GetAuthorizers: 'api-gateway',
  GetExport: 'api-gateway',
  GetUsagePlans: 'api-gateway',
  GetDomainNames: 'api-gateway',
  GetBasePathMappings: 'api-gateway',
  GetRoutes: 'apigatewayv2',
  GetApiMappings: 'apigatewayv2',
  GetWebACLForResource: 'wafv2',
  GetWebACL: 'wafv2',
  GetRuleGroup: 'wafv2',
  GetIPSet: 'wafv2',
  GetRegexPatternSet: 'wafv2',
  ListWebACLs: 'wafv2',
  DescribeCertificate: 'acm',
  GetServerCertificate: 'iam',
  ListFunctions: 'lambda',
  ListFunctionUrlConfigs: 'lambda',
  GetPolicy: 'lambda',
  ListOriginAccessControls: 'cloudfront',
  ListBuckets: 's3',
  HeadBucket: 's3',
  GetBucketPolicy: 's3',
  GetBucketAcl: 's3',
  GetPublicAccessBlock: 's3',
  GetBucketWebsite: 's3',
  GetBucketOwnershipControls: 's3',
  GetBucketReplication: 's3',
  ListAccessPoints: 's3-control',
  ListMultiRegionAccessPoints: 's3-control',
  GetAccessPoint: 's3-control',
  GetAccessPointPolicy: 's3-control',
  GetAccessPointPolicyStatus: 's3-control',
  ListSecrets: 'secrets-manager',
  ListSecretVersionIds: 'secrets-manager',
  DescribeParameters: 'ssm',
  ListRules: 'eventbridge',
  ListTargetsByRule: 'eventbridge',
  ListSchedules: 'scheduler',
  GetSchedule: 'scheduler',
  GetMetricData: 'cloudwatch',
  LookupEvents: 'cloudtrail',
  ListHostedZones: 'route-53',
  ListResourceRecordSets: 'route-53',
  /** Name resolution is no AWS call, but is asked and answered like one. */
  Resolve: 'dns',
} as const

export type Operation = keyof typeof services

const iamPrefixes: Readonly<Record<string, string>> = {
  [elb2]: 'elasticloadbalancing',
  'elastic-load-balancing': 'elasticloadbalancing',
  'api-gateway': 'apigateway',
  apigatewayv2: 'apigateway',
  'global-accelerator': 'globalaccelerator',
  'route-53': 'route53',
  'secrets-manager': 'secretsmanager',
  eventbridge: 'events',
  's3-control': 's3',
  dns: '',
}

/** API Gateway names its actions by HTTP method. */
const iamActions: Readonly<Record<string, string>> = { 'api-gateway': 'GET', apigatewayv2: 'GET' }

/** Actions that are named neither as their operation nor by method. */
const operationActions: Readonly<Record<string, string>> = {
  's3 ListBuckets': 's3:ListAllMyBuckets',
  's3 HeadBucket': 's3:ListBucket',
  's3 GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3 GetBucketReplication': 's3:GetReplicationConfiguration',
  's3-control GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
}

export const call = (operation: Operation, target: string, place: Partial<Place> = {}): Call => ({
  service: services[operation],
  operation,
  target,
  ...(place.account !== undefined && { account: place.account }),
  ...(place.region !== undefined && { region: place.region }),
})

/** The same call of the older Elastic Load Balancing API. */
export const classicCall = (target: string, place: Place): Call => ({
  ...call('DescribeLoadBalancers', target, place),
  service: 'elastic-load-balancing',
})

/** A call of the newer API Gateway whose name the older one has too. */
export const secondCall = (
  operation: 'GetVpcLinks' | 'GetStages' | 'GetDeployment' | 'GetAuthorizers',
  target: string,
  place: Place,
): Call => ({ ...call(operation, target, place), service: 'apigatewayv2' })

/** The call for Block Public Access of a whole account. */
export const accountBlockCall = (account: string): Call => ({
  ...call('GetPublicAccessBlock', account, { account, region: 'us-east-1' }),
  service: 's3-control',
})

/** A gap of ours: what the snapshot should have told about `asked`, and why it does not. */
export const gapAbout = (asked: Call, code: GapCode, message: string): Gap => {
  const prefix = iamPrefixes[asked.service] ?? asked.service
  return {
    code,
    service: asked.service,
    operation: asked.operation,
    target: asked.target,
    account: asked.account ?? '',
    region: asked.region ?? '',
    action:
      operationActions[`${asked.service} ${asked.operation}`] ??
      (prefix === '' ? '' : `${prefix}:${iamActions[asked.service] ?? asked.operation}`),
    message,
  }
}

export const notRead = (asked: Call): Gap =>
  gapAbout(asked, 'not-read', `The snapshot holds no answer of ${asked.operation} for ${asked.target}.`)
