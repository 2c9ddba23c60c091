/** The AWS services the lab can speak, one line each: SDK package suffix, SigV4 signing name, how it refuses. */

/** The error codes with which a service answers a caller without permission and a caller who is too fast. */
export interface RefusalCodes {
  readonly denied: string
  readonly throttled: string
}

export interface ServiceSource {
  /** Suffix of the SDK package, e.g. `elastic-load-balancing-v2`. */
  readonly name: string
  /** Signing name in the SigV4 credential scope; also the prefix of its IAM actions. */
  readonly signs: string
  readonly refuses: RefusalCodes
  /** S3's own ways: the bucket leads the path without being in the URI template, errors come without envelope. */
  readonly s3?: boolean
  /** The SDK client package. Loaded when the service is first called. */
  load(): Promise<object>
}

const xml: RefusalCodes = { denied: 'AccessDenied', throttled: 'Throttling' }
const s3: RefusalCodes = { denied: 'AccessDenied', throttled: 'SlowDown' }
const ec2: RefusalCodes = { denied: 'UnauthorizedOperation', throttled: 'RequestLimitExceeded' }
export const json: RefusalCodes = { denied: 'AccessDeniedException', throttled: 'ThrottlingException' }

export const knownServices: readonly ServiceSource[] = [
  { name: 'acm', signs: 'acm', refuses: json, load: () => import('@aws-sdk/client-acm') },
  {
    name: 'api-gateway',
    signs: 'apigateway',
    refuses: { denied: 'AccessDeniedException', throttled: 'TooManyRequestsException' },
    load: () => import('@aws-sdk/client-api-gateway'),
  },
  {
    name: 'apigatewayv2',
    signs: 'apigateway',
    refuses: { denied: 'AccessDeniedException', throttled: 'TooManyRequestsException' },
    load: () => import('@aws-sdk/client-apigatewayv2'),
  },
  {
    name: 'cloudformation',
    signs: 'cloudformation',
    refuses: xml,
    load: () => import('@aws-sdk/client-cloudformation'),
  },
  { name: 'cloudfront', signs: 'cloudfront', refuses: xml, load: () => import('@aws-sdk/client-cloudfront') },
  {
    name: 'cloudtrail',
    signs: 'cloudtrail',
    refuses: json,
    load: () => import('@aws-sdk/client-cloudtrail'),
  },
  {
    name: 'cloudwatch',
    signs: 'monitoring',
    refuses: json,
    load: () => import('@aws-sdk/client-cloudwatch'),
  },
  { name: 'ec2', signs: 'ec2', refuses: ec2, load: () => import('@aws-sdk/client-ec2') },
  { name: 'ecs', signs: 'ecs', refuses: json, load: () => import('@aws-sdk/client-ecs') },
  {
    name: 'elastic-load-balancing',
    signs: 'elasticloadbalancing',
    refuses: xml,
    load: () => import('@aws-sdk/client-elastic-load-balancing'),
  },
  {
    name: 'elastic-load-balancing-v2',
    signs: 'elasticloadbalancing',
    refuses: xml,
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  { name: 'eventbridge', signs: 'events', refuses: json, load: () => import('@aws-sdk/client-eventbridge') },
  {
    name: 'global-accelerator',
    signs: 'globalaccelerator',
    refuses: json,
    load: () => import('@aws-sdk/client-global-accelerator'),
  },
  {
    name: 'lambda',
    signs: 'lambda',
    refuses: { denied: 'AccessDeniedException', throttled: 'TooManyRequestsException' },
    load: () => import('@aws-sdk/client-lambda'),
  },
  { name: 'route-53', signs: 'route53', refuses: xml, load: () => import('@aws-sdk/client-route-53') },
  { name: 's3', signs: 's3', refuses: s3, s3: true, load: () => import('@aws-sdk/client-s3') },
  { name: 's3-control', signs: 's3', refuses: s3, load: () => import('@aws-sdk/client-s3-control') },
  {
    name: 'scheduler',
    signs: 'scheduler',
    refuses: json,
    load: () => import('@aws-sdk/client-scheduler'),
  },
  {
    name: 'secrets-manager',
    signs: 'secretsmanager',
    refuses: json,
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  { name: 'ssm', signs: 'ssm', refuses: json, load: () => import('@aws-sdk/client-ssm') },
  { name: 'sts', signs: 'sts', refuses: xml, load: () => import('@aws-sdk/client-sts') },
  { name: 'wafv2', signs: 'wafv2', refuses: json, load: () => import('@aws-sdk/client-wafv2') },
]
