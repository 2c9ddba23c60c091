/** What a value of a configuration is replaced with: whatever else stands under the same name, and what hurts most. */
import type { Config } from './places.ts'

const texts: Readonly<Record<string, readonly unknown[]>> = {
  CidrIpv4: ['0.0.0.0/0', '198.51.100.7/32', '10.0.0.0/8'],
  CidrIpv6: ['::/0', '2001:db8:77::1/128'],
  CidrBlock: ['0.0.0.0/0', '198.51.100.7/32'],
  Ipv6CidrBlock: ['::/0'],
  Cidr: ['0.0.0.0/0', '198.51.100.7/32', '::/0'],
  Addresses: ['0.0.0.0/1'],
  IpProtocol: ['-1', 'udp'],
  FromPort: [0, 80, 8080],
  ToPort: [65_535, 80],
  Port: [80, 443, 8080],
  RuleAction: ['allow', 'deny'],
  RuleNumber: [1, 99, 40_000],
  Priority: ['1', '49999', 'default'],
  Protocol: ['HTTP', 'HTTPS', 'TCP', '-1', '6', '17'],
  Mode: ['off', 'passthrough', 'verify', 'strict'],
  Scheme: ['internet-facing', 'internal'],
  IpAddressType: ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'],
  Type: [
    'forward',
    'fixed-response',
    'redirect',
    'authenticate-oidc',
    'jwt-validation',
    'network',
    'teleport',
  ],
  Field: ['host-header', 'path-pattern', 'http-header', 'source-ip', 'unheard-of'],
  Values: ['*', '/*', 'GET', '0.0.0.0/0'],
  HttpHeaderName: ['user-agent', 'x-forwarded-for', 'x-amzn-mtls-clientcert'],
  OnUnauthenticatedRequest: ['allow', 'deny', 'authenticate'],
  Weight: [0, 1],
  TargetType: ['ip', 'instance', 'alb', 'lambda'],
  Value: ['true', 'false'],
  bits: [0, 20, 99],
  exactBits: [0, 20, 99],
  dialect: ['alb-glob', 'waf:EXACTLY', 'waf:CONTAINS', 'waf:EXACTLY+LOWERCASE'],
  PositionalConstraint: ['EXACTLY', 'CONTAINS', 'STARTS_WITH'],
  ComparisonOperator: ['GT', 'EQ', 'LE'],
  Name: ['user-agent', 'com.amazonaws.global.cloudfront.origin-facing'],
  OwnerId: ['AWS', '999999999999'],
  OriginProtocolPolicy: ['http-only', 'https-only', 'match-viewer'],
  OriginPath: ['/app', '/health'],
  PathPattern: ['/health', '*'],
  EventType: ['viewer-request', 'origin-request'],
  GatewayId: ['local', 'igw-0123456789abcdef0'],
  InternetGatewayBlockMode: ['off', 'block-ingress', 'block-bidirectional'],
  State: ['active', 'blackhole', 'healthy', 'unused'],
  authorizationType: ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS', 'UNHEARD_OF'],
  AuthorizationType: ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT', 'UNHEARD_OF'],
  authorizerId: ['other0', undefined],
  AuthorizerId: ['other0', undefined],
  AuthorizerType: ['JWT', 'UNHEARD_OF'],
  identitySource: ['method.request.header.Authorization', ''],
  IdentitySource: ['$request.header.Authorization'],
  apiKeySource: ['AUTHORIZER', 'UNHEARD_OF'],
  endpointAccessMode: ['BASIC', 'STRICT', undefined],
  routingMode: ['ROUTING_RULE_ONLY'],
  truststoreUri: [undefined],
  types: ['EDGE', 'REGIONAL', 'PRIVATE', 'UNHEARD_OF'],
  CreatedDate: ['2020-01-01T00:00:00.000Z', '2026-11-19T00:00:00.000Z'],
  createdDate: ['2020-01-01T00:00:00.000Z', '2026-11-19T00:00:00.000Z'],
  RouteKey: ['$default', 'GET /health'],
  webAclArn: [undefined],
  httpMethod: ['GET', 'ANY'],
  path: ['/', '/health', '/{proxy+}'],
}

/** Whole objects under these names. */
const objects: Readonly<Record<string, readonly unknown[]>> = {
  Action: [{ Allow: {} }, { Block: {} }, { Count: {} }, { Captcha: {} }],
  DefaultAction: [{ Allow: {} }, { Block: {} }],
  OverrideAction: [{ None: {} }, { Count: {} }],
}

const flipped = (value: unknown): readonly unknown[] =>
  typeof value === 'boolean' ? [!value] : typeof value === 'number' ? [value + 1] : []

export const insteadOf = (
  key: string,
  value: unknown,
  seen: ReadonlyMap<string, ReadonlySet<unknown>>,
): readonly unknown[] => {
  const others = [...(seen.get(key) ?? [])].slice(0, 6)
  const all = new Set([...(texts[key] ?? []), ...others, ...flipped(value)])
  all.delete(value)
  return [...all]
}

/** Actions of web ACLs and their rules, changed whole. */
export const wholes = (config: Config): readonly (readonly [string, unknown])[] =>
  Object.keys(config).flatMap(key => (objects[key] ?? []).map(value => [key, value] as const))
