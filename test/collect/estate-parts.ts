/** What the estate of the collect tests is made with: its account, its token, and short ways to build. */

import { buildLoadBalancer, type LoadBalancerSpec } from '#lab/build/load-balancer.ts'
import type { Place } from '#lab/build/place.ts'
import { forbidden, forward, header, type ListenerSpec, rule } from '#lab/build/rules.ts'
import { buildCertificate } from '#lab/build/security.ts'
import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

export const account = '111122223333'
export const token = 'canary-Zb7Qm4XzR7uTnBv0sLd8WkYcE2aJfHg6'

export const dublin: Place = { account, region: 'eu-west-1' }
export const virginia: Place = { account, region: 'us-east-1' }
export const frankfurt: Place = { account, region: 'eu-central-1' }

const gated: ListenerSpec = {
  port: 443,
  protocol: 'HTTPS',
  rules: [
    rule(10, header('x-auth-token', token), forward()),
    rule(20, header('x-other', 'a', 'b'), forward()),
  ],
  otherwise: forbidden,
}
const fromCloudFront = [{ peer: 'cloudfront', ports: [443, 443] }] as const

export const certificate = (place: Place, name: string): WorldResource =>
  buildCertificate({ place, names: [name] })

export interface Alb {
  readonly arn: string
  readonly dnsName: string
  readonly zone: string
  readonly resources: readonly WorldResource[]
}

export const alb = (name: string, place: Place, more: Partial<LoadBalancerSpec> = {}): Alb => {
  const own = certificate(place, `${name}.example.com`)
  const built = buildLoadBalancer({
    name,
    place,
    admits: fromCloudFront,
    listeners: [gated, { port: 80, protocol: 'HTTP', otherwise: forbidden }],
    certificate: own.arn,
    ...more,
  })
  return { ...built, resources: [own, ...built.resources] }
}

/** Every load balancer and target group answers with tags, empty ones too. */
export const withTags = (resources: readonly WorldResource[]): readonly WorldResource[] => {
  const tagged = new Set(resources.filter(r => r.type === types.tags).map(r => r.arn))
  const untagged = resources.filter(
    r => (r.type === types.targetGroup || r.type === types.loadBalancer) && !tagged.has(r.arn),
  )
  return [
    ...resources,
    ...untagged.map(r => ({ ...r, type: types.tags, config: { ResourceArn: r.arn, Tags: [] } })),
  ]
}

export const edited = (
  resources: readonly WorldResource[],
  type: string,
  edit: (config: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): readonly WorldResource[] => resources.map(r => (r.type === type ? { ...r, config: edit(r.config) } : r))

export const of = (
  place: Place,
  type: string,
  arn: string,
  config: Record<string, unknown>,
): WorldResource => ({
  type,
  arn,
  account: place.account,
  region: place.region,
  config,
})
