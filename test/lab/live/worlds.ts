/** Small worlds for the live laboratory: one site each, or a few. */
import type { LoadBalancerSpec } from '#lab/build/load-balancer.ts'
import type { Place } from '#lab/build/place.ts'
import { forbidden, forward, header, type ListenerSpec, rule } from '#lab/build/rules.ts'
import { buildWorld, type SiteSpec } from '#lab/build/site.ts'
import type { World } from '#lab/world.ts'

export const dublin: Place = { account: '111122223333', region: 'eu-west-1' }

export const token = 'pS7dK2xQ9vB4nM1zL8cR5tW0'

export const open = (port: number): LoadBalancerSpec['admits'][number] => ({
  peer: 'world',
  ports: [port, port],
})
export const cloudFront = (port: number): LoadBalancerSpec['admits'][number] => ({
  peer: 'cloudfront',
  ports: [port, port],
})

/** HTTPS on 443 that forwards only with the token, and answers 403 otherwise. */
export const gate: ListenerSpec = {
  port: 443,
  protocol: 'HTTPS',
  rules: [rule(10, header('x-auth-token', token), forward())],
  otherwise: forbidden,
}

/** HTTPS on 443 that forwards everything. */
export const https: ListenerSpec = { port: 443, protocol: 'HTTPS', otherwise: forward() }
export const http: ListenerSpec = { port: 80, protocol: 'HTTP', otherwise: forward() }

export const site = (
  name: string,
  loadBalancer: SiteSpec['loadBalancer'],
  more: Partial<SiteSpec> = {},
): SiteSpec => ({ name, story: name, place: dublin, loadBalancer, ...more })

export const worldOf = (...sites: readonly SiteSpec[]): World =>
  buildWorld({
    name: 'small',
    story: 'A few sites.',
    zone: 'example.com',
    account: dublin.account,
    regions: [dublin.region],
    sites,
  })

/** Address of a family that the load balancer of a site has. */
export const addressOf = (world: World, name: string, type: 'A' | 'AAAA' = 'A'): string => {
  const found = world.dns.find(
    e => e.type === type && e.name.replace(/^internal-/, '').startsWith(`${name}-`),
  )
  if (found === undefined) throw new Error(`${name} has no ${type} record.`)
  return found.value
}

/** Address of the edge. */
export const edgeAddress = (world: World): string => {
  const found = world.dns.find(e => e.name.endsWith('.cloudfront.net'))
  if (found === undefined) throw new Error('No distribution has an address.')
  return found.value
}
