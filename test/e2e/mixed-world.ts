/**
 * Two small worlds. In one every link is locked: by header, by web ACL, by VPC origin. The other has one link of each
 * kind: those, open and guessable ones, and origins that are no application load balancer. Between them they make a scan
 * use every operation that it can use.
 */
import { hex } from '#lab/build/names.ts'
import type { Place } from '#lab/build/place.ts'
import { forbidden, forward, header, type ListenerSpec, rule } from '#lab/build/rules.ts'
import { requireHeader } from '#lab/build/security.ts'
import { buildWorld, type SiteSpec } from '#lab/build/site.ts'
import { apis } from './raw-apis.ts'
import { withEdge } from './raw-edge.ts'
import { bucket, classicLoadBalancer, instances, withEdgeRuleGroup, withResources } from './raw-origins.ts'
import { functionUrl, withWays } from './raw-ways.ts'

const place: Place = { account: '111122223333', region: 'eu-west-1' }
/** A strong value of the site's own. */
const token = (site: string): string => hex(32, 'token', site) + hex(8, 'more', site)
const name = 'x-auth-token'

const https = (otherwise: ListenerSpec['otherwise'], ...values: readonly string[]): ListenerSpec => ({
  port: 443,
  protocol: 'HTTPS',
  rules: values.map((value, i) => rule(10 + i, header(name, value), forward())),
  otherwise,
})

const cloudFront = [{ peer: 'cloudfront', ports: [443, 443] }] as const
const world = [{ peer: 'world', ports: [443, 443] }] as const

const site = (siteName: string, rest: Omit<SiteSpec, 'name' | 'story' | 'place'>): SiteSpec => ({
  name: siteName,
  story: siteName,
  place,
  headers: { [name]: token(siteName) },
  ...rest,
})

const gated = (siteName: string): SiteSpec =>
  site(siteName, {
    loadBalancer: { admits: cloudFront, listeners: [https(forbidden, token(siteName))] },
  })

const locked: readonly SiteSpec[] = [
  // So many in one region that their web ACLs are asked rather than they; alone in its region, one is asked itself.
  gated('gated'),
  gated('second'),
  { ...gated('abroad'), place: { ...place, region: 'us-east-1' } },
  site('walled', {
    regionalRules: [requireHeader(name, token('walled'))],
    loadBalancer: { admits: cloudFront, listeners: [https(forward())] },
  }),
  site('inner', {
    vpcOrigin: true,
    headers: {},
    loadBalancer: { internal: true, admits: cloudFront, listeners: [https(forward())] },
  }),
]

const estate = { zone: 'example.com', account: place.account, regions: ['eu-west-1', 'us-east-1'] }

export const lockedWorld = withEdgeRuleGroup(
  withWays(
    buildWorld({
      ...estate,
      name: 'locked',
      story: 'Every link is locked, each in another way.',
      sites: locked,
    }),
    place,
    'gated',
  ),
)

const sites = buildWorld({
  ...estate,
  name: 'mixed',
  story: 'One link of each kind.',
  sites: [
    ...locked,
    site('open', {
      loadBalancer: { admits: world, dualstack: true, listeners: [https(forward(), token('open'))] },
    }),
    site('weak', { loadBalancer: { admits: world, listeners: [https(forbidden, 'secret')] } }),
  ],
  dangling: [{ name: 'gone', story: 'gone', place }],
})

export const mixedWorld = withEdge(
  withEdgeRuleGroup(
    withResources(withWays(sites, place, 'open'), [
      ...bucket(place),
      ...instances(place, 'example.net'),
      ...classicLoadBalancer(place),
      ...functionUrl(place),
      ...apis(place),
    ]),
  ),
  'gated.example.com',
  'second.example.com',
)
