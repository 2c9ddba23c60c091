/** A small world with one link of each kind: locked by header, by web ACL, by VPC origin; open; guessable. */
import type { Place } from '#lab/build/place.ts'
import { forbidden, forward, header, type ListenerSpec, rule } from '#lab/build/rules.ts'
import { requireHeader } from '#lab/build/security.ts'
import { buildWorld, type SiteSpec } from '#lab/build/site.ts'

const place: Place = { account: '111122223333', region: 'eu-west-1' }
const token = 'Tq7ZbN4mWc9XeR2vLk8sHd3Jf6GpYa1UoT5iKxB0'
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
  headers: { [name]: token },
  ...rest,
})

export const mixedWorld = buildWorld({
  name: 'mixed',
  story: 'One link of each kind.',
  zone: 'example.com',
  account: place.account,
  regions: ['eu-west-1', 'us-east-1'],
  sites: [
    site('gated', { loadBalancer: { admits: cloudFront, listeners: [https(forbidden, token)] } }),
    site('walled', {
      regionalRules: [requireHeader(name, token)],
      loadBalancer: { admits: world, listeners: [https(forward())] },
    }),
    site('inner', {
      vpcOrigin: true,
      headers: {},
      loadBalancer: { internal: true, admits: cloudFront, listeners: [https(forward())] },
    }),
    site('open', { loadBalancer: { admits: world, dualstack: true, listeners: [https(forward(), token)] } }),
    site('weak', { loadBalancer: { admits: world, listeners: [https(forbidden, 'secret')] } }),
  ],
  dangling: [{ name: 'gone', story: 'gone', place }],
})
