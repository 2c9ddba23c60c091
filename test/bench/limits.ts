/** How often AWS may be asked: the rates the laboratory enforces, and the time that they alone impose on a scan. */
import type { AwsHandler } from '#lab/aws/endpoint.ts'
import { operationName, type Rate, withThrottle } from '#lab/aws/policy.ts'
import type { World } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

/**
 * Per account and region, by SDK package suffix; every operation of a service draws from its one bucket.
 *
 * - cloudfront: not published; 5 a second, 10 at once is what Steampipe's limiter for CloudFront assumes.
 * - elastic-load-balancing-v2 and its elder: 40 tokens, 10 a second for non-mutating actions
 *   (docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html).
 * - ec2: 100 tokens, 20 a second for non-mutating actions - of each action in truth, of all together here
 *   (docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html).
 * - route-53: 50 tokens, 10 a second for all actions of an account
 *   (docs.aws.amazon.com/Route53/latest/DeveloperGuide/throttling-api-requests.html).
 * - acm: 10 a second for DescribeCertificate (docs.aws.amazon.com/acm/latest/userguide/acm-limits.html); the bucket is not
 *   published and assumed to hold one second's worth.
 */
const serviceRates: Readonly<Record<string, Rate>> = {
  cloudfront: { perSecond: 5, burst: 10 },
  'elastic-load-balancing-v2': { perSecond: 10, burst: 40 },
  'elastic-load-balancing': { perSecond: 10, burst: 40 },
  ec2: { perSecond: 20, burst: 100 },
  'route-53': { perSecond: 10, burst: 50 },
  acm: { perSecond: 10, burst: 10 },
}

/**
 * AWS WAF limits each operation for itself (docs.aws.amazon.com/waf/latest/developerguide/limits.html): 5 a second, but 1
 * for the two that tell which resource has which web ACL. Buckets are assumed to hold one second's worth.
 */
const wafRate = (operation: string): Rate =>
  /^(GetWebACLForResource|ListResourcesForWebACL)$/.test(operation)
    ? { perSecond: 1, burst: 1 }
    : { perSecond: 5, burst: 5 }

const wafOperations = [
  'GetWebACL',
  'GetWebACLForResource',
  'ListWebACLs',
  'ListResourcesForWebACL',
  'GetRuleGroup',
  'GetIPSet',
  'GetRegexPatternSet',
] as const

const operationRates: Readonly<Record<string, Rate>> = Object.fromEntries(
  wafOperations.map(operation => [`wafv2:${operation}`, wafRate(operation)]),
)

/** Enforces the rates. The limits of single operations are played by giving each its own service name on the way. */
export const limited = (handle: AwsHandler): AwsHandler => {
  const named = withThrottle(
    call => handle({ ...call, service: call.service.split(':')[0] ?? '' }),
    operationRates,
  )
  return withThrottle(
    call =>
      operationName(call) in operationRates ? named({ ...call, service: operationName(call) }) : named(call),
    serviceRates,
  )
}

/** Answered calls by `service:Operation region`. */
export type CallsByPlace = Readonly<Record<string, number>>

export interface Bound {
  /** Seconds until the busiest bucket has let all its calls through. */
  readonly seconds: number
  /** Which bucket that is. */
  readonly bucket: string
}

/** The least time for these calls under the limits: the busiest bucket, all others run beside it. */
export const limitBound = (calls: CallsByPlace): Bound => {
  const buckets = new Map<string, { rate: Rate; calls: number }>()
  for (const [place, count] of Object.entries(calls)) {
    const [operation = '', region = ''] = place.split(' ')
    const [service = ''] = operation.split(':')
    const rate = operationRates[operation] ?? serviceRates[service]
    if (rate === undefined) continue
    const key = `${operation in operationRates ? operation : service} in ${region}`
    buckets.set(key, { rate, calls: (buckets.get(key)?.calls ?? 0) + count })
  }
  const bounds = [...buckets].map(([bucket, { rate, calls: n }]) => ({
    bucket: `${n} x ${bucket}`,
    seconds: Math.max(0, (n - rate.burst) / rate.perSecond),
  }))
  return bounds.reduce((a, b) => (b.seconds > a.seconds ? b : a), { bucket: 'none', seconds: 0 })
}

/**
 * Calls that must follow one another because each needs the answer before it: identity, distributions (page by page),
 * zones, the records of the largest zone (page by page), load balancers of the largest region, listeners of one, its
 * certificates, and the certificate itself.
 */
export const longestChain = (world: World): number => {
  const count = (type: string): number => world.resources.filter(r => r.type === type).length
  const largest = (type: string, key: (r: World['resources'][number]) => unknown): number =>
    Math.max(
      0,
      ...[
        ...Map.groupBy(
          world.resources.filter(r => r.type === type),
          key,
        ).values(),
      ].map(own => own.length),
    )
  const pages = (items: number, size: number): number => Math.max(1, Math.ceil(items / size))
  return (
    1 +
    pages(count(types.distribution), 100) +
    pages(count(types.hostedZone), 100) +
    pages(
      largest(types.recordSet, r => r.config.HostedZoneId),
      300,
    ) +
    pages(
      largest(types.loadBalancer, r => r.region),
      400,
    ) +
    3
  )
}
