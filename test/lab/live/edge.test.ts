import { afterAll, describe, expect, test } from 'vitest'
import { buildDistribution } from '#lab/build/distribution.ts'
import { distributionDomain } from '#lab/build/names.ts'
import { startLab } from '#lab/lab.ts'
import type { World } from '#lab/world.ts'
import { ask, statusOf } from './ask.ts'
import {
  addressOf,
  cloudFront,
  dublin,
  edgeAddress,
  gate,
  http,
  https,
  site,
  token,
  worldOf,
} from './worlds.ts'

const sends = { headers: { 'x-auth-token': token } }
const onlyHttps = [cloudFront(443)]

const sites = worldOf(
  site('gated', { admits: onlyHttps, listeners: [gate] }, sends),
  site('tokenless', { admits: onlyHttps, listeners: [gate] }),
  site('second', { admits: onlyHttps, listeners: [https] }),
  site('strict', { admits: onlyHttps, listeners: [https] }, { viewerPolicy: 'https-only' }),
  site('plain', { admits: [cloudFront(80)], listeners: [http] }, { protocol: 'http-only' }),
  site(
    'matching',
    { admits: [cloudFront(443), cloudFront(80)], listeners: [gate, http] },
    { protocol: 'match-viewer', viewerPolicy: 'allow-all' },
  ),
  site('misnamed', { admits: onlyHttps, listeners: [https] }, { originName: 'load-balancer' }),
  site('closed', { admits: [{ peer: { cidr: '198.51.100.0/24' }, ports: [443, 443] }], listeners: [https] }),
  site('sixonly', {
    dualstack: true,
    admits: [{ peer: 'cloudfront-v6', ports: [443, 443] }],
    listeners: [https],
  }),
  site('nolistener', { admits: [cloudFront(443)], listeners: [http] }),
  site('inside', { internal: true, admits: onlyHttps, listeners: [https] }, { vpcOrigin: true }),
  site('off', { admits: onlyHttps, listeners: [https] }),
)

/** One distribution over two of the origins, and one whose origin name leads nowhere. */
const mixed = buildDistribution({
  name: 'mixed',
  account: dublin.account,
  comment: 'Two origins by path',
  aliases: ['mixed.example.com'],
  origins: [
    { id: 'main', domainName: 'origin-gated.example.com', headers: sends.headers },
    { id: 'other', domainName: 'origin-second.example.com' },
  ],
  behaviors: [
    { pathPattern: '/other/*', origin: 'other' },
    { pathPattern: 'or?ers', origin: 'other' },
  ],
})
const lost = buildDistribution({
  name: 'lost',
  account: dublin.account,
  comment: 'Nobody home',
  aliases: ['lost.example.com'],
  origins: [{ id: 'app', domainName: 'nobody.example.com' }],
})
const world: World = {
  ...sites,
  resources: [
    ...sites.resources.map(r =>
      r.config.DomainName === distributionDomain('off')
        ? { ...r, config: { ...r.config, Enabled: false } }
        : r,
    ),
    mixed,
    lost,
  ],
}

const lab = await startLab(world)
afterAll(() => lab.close())

const viewer = (name: string, scheme: 'http' | 'https' = 'https', path = '/') => ({
  lab,
  to: [edgeAddress(world), scheme === 'https' ? 443 : 80] as const,
  tls: scheme === 'https',
  host: `${name}.example.com`,
  path,
})

describe('the edge', () => {
  test("adds the origin's headers, so that the gate opens", async () => {
    const { status, headers, body } = await ask(viewer('gated'))
    expect(status).toBe(200)
    expect(body).toContain('Welcome to gated')
    expect(headers['x-cache']).toBe('Miss from cloudfront')
    expect(await statusOf(viewer('tokenless'))).toBe(403)
  })

  test('passes none of the viewer headers on: a token that the viewer claims opens nothing', async () => {
    expect(await statusOf({ ...viewer('tokenless'), ...sends })).toBe(403)
    expect(await statusOf({ ...viewer('gated'), headers: { 'x-auth-token': 'wrong' } })).toBe(200)
  })

  test('never shows the header it adds', async () => {
    const { headers, body } = await ask(viewer('gated'))
    expect(JSON.stringify([headers, body])).not.toContain(token)
  })

  test('answers to the CloudFront name as well as to the alias', async () => {
    expect(await statusOf({ ...viewer('gated'), host: distributionDomain('gated') })).toBe(200)
  })

  test('redirects plain requests to HTTPS where the behaviour says so', async () => {
    const { status, headers } = await ask(viewer('gated', 'http', '/orders?page=2'))
    expect(status).toBe(301)
    expect(headers.location).toBe('https://gated.example.com/orders?page=2')
  })

  test('refuses plain requests where only HTTPS is allowed', async () => {
    expect(await statusOf(viewer('strict', 'http'))).toBe(403)
    expect(await statusOf(viewer('strict'))).toBe(200)
  })

  test('chooses the origin by the first behaviour that matches the path, without its query', async () => {
    const siteAt = async (path: string) =>
      /[Ww]elcome to (\w+)|>(\w+) has no such page/
        .exec((await ask(viewer('mixed', 'https', path))).body)
        ?.slice(1)
    expect(await siteAt('/')).toContain('gated')
    expect(await siteAt('/other/page')).toContain('second')
    expect(await siteAt('/other')).toContain('gated')
    expect(await siteAt('/orders?x=/other/')).toContain('second')
    expect(await siteAt('/?x=/other/y')).toContain('gated')
  })

  test('speaks to the origin as the origin says: HTTP only, or as the viewer does', async () => {
    expect(await statusOf(viewer('plain'))).toBe(200)
    expect(await statusOf(viewer('matching', 'http'))).toBe(200)
    expect(await statusOf(viewer('matching', 'https'))).toBe(403)
  })

  test('reaches an internal load balancer through its VPC origin', async () => {
    expect(await statusOf(viewer('inside'))).toBe(200)
  })

  test.each([
    ['502 where the certificate does not cover the origin name', 'misnamed', 502],
    ['502 where the origin name leads nowhere', 'lost', 502],
    ['504 where the security group does not admit CloudFront', 'closed', 504],
    ['504 where only CloudFront over IPv6 is admitted', 'sixonly', 504],
    ['504 where nothing listens on the port', 'nolistener', 504],
    ['an error for a distribution that is switched off', 'off', 403],
  ])('answers %s', async (_, name, status) => {
    const told = await ask(viewer(name))
    expect(told.status).toBe(status)
    expect(told.headers['x-cache']).toBe('Error from cloudfront')
  })

  test('answers an error for a Host that no distribution has', async () => {
    const told = await ask({ ...viewer('gated', 'http'), host: 'stranger.example.org' })
    expect(told.status).toBe(403)
    expect(told.headers['x-cache']).toBe('Error from cloudfront')
  })

  test('is another place than the origin, which stays closed to the viewer', async () => {
    expect(await statusOf({ ...viewer('gated'), to: [addressOf(world, 'gated'), 443] })).toBe('ECONNREFUSED')
  })
})
