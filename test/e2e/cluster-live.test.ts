/** The demo's cluster scanned live beside the same scan from the model alone: the proof is the same, and the probe agrees with it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { clusterSites } from '#lab/build/cluster-sites.ts'
import { buildWorld } from '#lab/build/site.ts'
import type { World } from '#lab/world.ts'
import type { Scan } from '#scan.ts'
import { demoWorld } from '../../fixtures/worlds/demo.ts'
import { demoManifests, demoObjects } from '../../fixtures/worlds/demo-cluster.ts'
import { nginx, skipped } from '../prove/kubernetes/real-nginx.ts'
import { scanWorld } from './run.ts'
import { formsOf, secretsOf } from './secrets.ts'

type Link = Scan['result']['links'][number]

/** What asking the real nginx comes to, by site. */
const told: Readonly<Record<string, readonly [verdict: string, code: string]>> = {
  orders: ['blocked', 'gate'],
  reports: ['blocked', 'gate'],
  catalog: ['blocked', 'gate'],
  search: ['confirmed', 'same-page'],
  chat: ['confirmed', 'same-page'],
  invoices: ['confirmed', 'same-page'],
  // CloudFront is turned away too, so there is no page to compare with.
  quotes: ['inconclusive', 'control-refused'],
  support: ['inconclusive', 'control-refused'],
  intern: ['inconclusive', 'control-no-page'],
  ledger: ['inconclusive', 'control-no-page'],
}

const siteOf = ({ names }: Link): string =>
  (names.find(n => n.endsWith('.example.com')) ?? '').replace('.example.com', '')
const isLive = (link: Link): boolean => Object.hasOwn(told, siteOf(link))

describe.skipIf(nginx === null)(`the demo with a real nginx${skipped}`, () => {
  let live: Scan
  let modelled: Scan

  beforeAll(async () => {
    const options = { probing: () => ({ mode: 'all' }) as const, manifests: demoManifests }
    live = await scanWorld(demoWorld, { ...options, nginx })
    modelled = await scanWorld(demoWorld, options)
  }, 240_000)

  it.each(Object.entries(told))('asks %s and is told what the proof says: %s', (site, [verdict, code]) => {
    const link = live.result.links.find(l => siteOf(l) === site)
    expect([link?.probe.verdict, link?.probe.code]).toEqual([verdict, code])
  })

  it('confirms every link of the cluster that is proven open, and gets in nowhere else', () => {
    const links = live.result.links.filter(isLive)
    expect(links).toHaveLength(Object.keys(told).length)
    for (const link of links)
      expect([siteOf(link), link.probe.verdict === 'confirmed']).toEqual([
        siteOf(link),
        link.exposure.internet.verdict === 'open',
      ])
    expect(live.result.links.filter(l => l.probe.code === 'contradicts-model')).toEqual([])
  })

  it('asks with a wrong token where the controller compares one', () => {
    // The sites of the other load balancers share the requests that one origin may be sent.
    const catalog = live.result.links.find(l => siteOf(l) === 'catalog')
    const wrong = live.result.exchanges.filter(
      e => e.request.link === `${catalog?.distribution}/app` && e.request.role === 'N3',
    )
    expect(wrong.map(e => (e.outcome.kind === 'response' ? e.outcome.response.status : null))).toEqual([403])
  })

  it('proves the same with and without it, and every other link is probed the same', () => {
    const proof = ({ result }: Scan) => result.links.map(l => [l.distribution, l.origin, l.exposure])
    expect(proof(live)).toEqual(proof(modelled))
    const others = ({ result }: Scan) => result.links.filter(l => !isLive(l)).map(l => [siteOf(l), l.probe])
    expect(others(live)).toEqual(others(modelled))
  })

  it('adds no finding but what was seen, and takes none away', () => {
    const keys = ({ result }: Scan) => result.findings.map(f => `${f.rule} ${f.outcome} ${f.fingerprint}`)
    const [now, before] = [keys(live), keys(modelled)]
    const added = now.filter(key => !before.includes(key)).map(key => key.split(' ')[0])
    expect([...new Set(added)]).toEqual(['origin-refuses-direct-requests'])
    expect(before.filter(key => !now.includes(key) && key.includes(' violated '))).toEqual([])
  })

  it('shows no secret of the cluster', () => {
    const text = JSON.stringify(live.result)
    for (const secret of secretsOf(demoWorld))
      for (const form of formsOf(secret)) expect(text.includes(form)).toBe(false)
  })

  it('finds out a cluster that is not what its manifests say', { timeout: 60_000 }, async () => {
    const place = { account: '111122223333', region: 'eu-west-1' }
    const token = 'mX2cVq7RkT9wLzP4bYhF8sDnG3uJa6Et'
    const orders = { name: 'orders', story: 'Locked in the cluster', headers: { 'x-origin-token': token } }
    const front = { name: 'ingress', place, number: 9, cluster: 'demo', sites: [orders] }
    const world: World = buildWorld({
      name: 'drifted',
      story: 'Somebody took the check away by hand.',
      zone: 'example.com',
      account: place.account,
      regions: [place.region],
      sites: [{ name: 'shop', story: 'Beside it', place, loadBalancer: { admits: [], listeners: [] } }],
      others: [clusterSites({ ...front, service: 'ingress-nginx/ingress-nginx-controller' })],
    })
    const unchecked = demoObjects.map(o =>
      o.metadata.name === 'orders' ? { ...o, metadata: { name: 'orders', namespace: 'shop' } } : o,
    )
    const manifests = demoManifests.filter(m => /(?:ingress-nginx|orders)\.yaml$/.test(m.path))
    const { result } = await scanWorld(
      { ...world, kubernetes: unchecked },
      { probing: true, manifests, nginx },
    )
    const link = result.links.find(l => siteOf(l) === 'orders')
    expect(link?.exposure.internet.verdict).toBe('closed')
    expect(link?.probe).toMatchObject({ verdict: 'confirmed', code: 'contradicts-model' })
  })
})
