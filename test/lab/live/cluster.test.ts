/** The cluster of the demo world behind its load balancers: silent without nginx, and as its manifests say with it. */
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import type { Nginx } from '#lab/nginx/find.ts'
import type { KubernetesObject, World } from '#lab/world.ts'
import { demoWorld } from '../../../fixtures/worlds/demo.ts'
import { nginx, skipped } from '../../prove/kubernetes/real-nginx.ts'
import { type Ask, ask, statusOf } from './ask.ts'
import { addressOf, edgeAddress } from './worlds.ts'

const within = async <T>(world: World, own: Nginx | null, use: (lab: Lab) => Promise<T>): Promise<T> => {
  const lab = await startLab(world, { nginx: own })
  try {
    return await use(lab)
  } finally {
    await lab.close()
  }
}

/** Load balancers of ingress-nginx controllers. */
const fronts = ['ingress', 'ingress-plain', 'ingress-wide']
const silenceOf = ({ cluster }: Lab) => fronts.map(name => cluster.find(f => f.loadBalancer === name)?.silent)

const at = (front: string) => [addressOf(demoWorld, front), 443] as const
const direct = (lab: Lab, site: string, more: Partial<Ask> = {}, front = 'ingress') =>
  ask({ lab, to: at(front), tls: true, host: `origin-${site}.example.com`, ...more })

/** Server name and Host header apart. */
const statusUnder = (lab: Lab, servername: string, host: string): Promise<number | undefined> =>
  new Promise((told, failed) => {
    const place = { ...lab.route(...at('ingress')), ca: lab.ca, agent: false }
    const call = request({ ...place, servername, headers: { host } }, answer => {
      answer.resume()
      told(answer.statusCode)
    })
    call.on('error', failed)
    call.end()
  })

describe('without nginx', () => {
  it('nobody answers for the cluster, and the laboratory says so', () =>
    within(demoWorld, null, async lab => {
      expect(lab.cluster.map(f => f.loadBalancer)).toEqual(expect.arrayContaining(fronts))
      for (const front of lab.cluster) expect(front.silent).toBe('no nginx is run')
      const host = 'origin-search.example.com'
      expect(await statusOf({ lab, to: at('ingress'), tls: true, host })).toBe('ECONNREFUSED')
    }))

  it('neither does anybody where what is called nginx does not start', () =>
    within(demoWorld, { path: '/bin/false', version: '1.22.1' }, async lab => {
      expect(silenceOf(lab)).toEqual(fronts.map(() => 'nginx did not start, for it ended at once'))
    }))
})

describe.skipIf(nginx === null)(`with nginx${skipped}`, () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab(demoWorld, { nginx })
  }, 30_000)
  afterAll(() => lab.close())

  it('it answers behind every load balancer of the cluster', () => {
    expect(silenceOf(lab)).toEqual([null, null, null])
  })

  it.each([
    ['orders', 200],
    ['reports', 200],
    ['search', 200],
    ['chat', 200],
    ['invoices', 200],
    ['catalog', 200],
    // The mistakes that turn CloudFront itself away.
    ['quotes', 403],
    ['intern', 401],
  ])('CloudFront gets from %s what its story says: %s', async (site, status) => {
    const told = await ask({ lab, to: [edgeAddress(demoWorld), 443], tls: true, host: `${site}.example.com` })
    expect(told.status).toBe(status)
    if (status === 200) expect(told.body).toContain(`Welcome to ${site}`)
  })

  it.each([
    ['orders', 'ingress', 403],
    ['reports', 'ingress', 401],
    ['search', 'ingress', 200],
    ['chat', 'ingress', 403],
    ['quotes', 'ingress', 403],
    ['intern', 'ingress', 401],
    ['invoices', 'ingress-plain', 200],
    ['catalog', 'ingress-wide', 403],
  ])('strangers get from %s at %s: %s', async (site, front, status) => {
    const authorization = `Basic ${btoa('cloudfront:Yw7mQz4RkT9xLcP2bVhF8sDnG3uJa6EX')}`
    const wrong = { headers: { 'x-origin-token': 'mX2cVq7RkT9wLzP4bYhF8sDnG3uJa6EX', authorization } }
    expect((await direct(lab, site, {}, front)).status).toBe(status)
    expect((await direct(lab, site, wrong, front)).status).toBe(status)
  })

  it('lets the right token in directly as well, for the controller cannot tell who sends it', async () => {
    const headers = { 'X-Origin-Token': 'mX2cVq7RkT9wLzP4bYhF8sDnG3uJa6Et' }
    expect((await direct(lab, 'orders', { headers })).body).toContain('Welcome to orders')
  })

  it('serves the sibling of a checked path where the check is on one object, and not where the controller checks', async () => {
    expect((await direct(lab, 'chat', { path: '/health' })).status).toBe(200)
    expect((await direct(lab, 'catalog', { path: '/health' }, 'ingress-wide')).status).toBe(403)
  })

  it('chooses by the Host header, whatever name the certificate was asked for', async () => {
    const asked = (host: string) => statusUnder(lab, 'origin-orders.example.com', host)
    expect(await asked('origin-orders.example.com')).toBe(403)
    expect(await asked('origin-search.example.com')).toBe(200)
    expect(await asked('ORIGIN-SEARCH.example.com:443')).toBe(200)
    expect(await asked('nobody.example.com')).toBe(404)
  })

  it('shows the certificate of the listener, which names its own sites alone', async () => {
    const of = (site: string, front: string) =>
      statusOf({ lab, to: at(front), tls: true, host: `origin-${site}.example.com` })
    expect(await of('catalog', 'ingress-wide')).toBe(403)
    expect(await of('search', 'ingress-wide')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('answers HEAD without a body', async () => {
    const told = await direct(lab, 'search', { method: 'HEAD' })
    expect([told.status, told.body]).toEqual([200, ''])
    expect(Number(told.headers['content-length'])).toBeGreaterThan(100)
  })

  it('leaves a controller that it cannot play to the model, and the others answer', () => {
    const isMap = (o: KubernetesObject) => o.kind === 'ConfigMap' && o.metadata.namespace === 'ingress-wide'
    const kubernetes = (demoWorld.kubernetes ?? []).map(o =>
      isMap(o) ? { ...o, data: { 'block-user-agents': 'x' } } : o,
    )
    return within({ ...demoWorld, kubernetes }, nginx, async own => {
      expect(silenceOf(own)).toEqual([
        null,
        null,
        'the laboratory does not play its setting block-user-agents',
      ])
      const host = 'origin-catalog.example.com'
      expect(await statusOf({ lab: own, to: at('ingress-wide'), tls: true, host })).toBe('ECONNREFUSED')
      expect((await direct(own, 'search')).status).toBe(200)
    })
  })
})
