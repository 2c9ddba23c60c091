/** Hosts outside AWS, really asked over sockets: what a probe settles of them, what it cannot, and what people must. */
import { beforeAll, describe, expect, it } from 'vitest'
import { externalSite, instanceSite, networkSite } from '#lab/build/other-sites.ts'
import { forward } from '#lab/build/rules.ts'
import type { Part } from '#lab/build/site.ts'
import { buildWorld } from '#lab/build/site.ts'
import type { World } from '#lab/world.ts'
import { judgeSnapshot, type Scan } from '#scan.ts'
import { judging, scanWorld } from './run.ts'

const place = { account: '111122223333', region: 'eu-west-1' }
const at = (name: string) => ({ name, story: name, place })
/** Made for this world; guards nothing. */
const token = 'tW7pK2xQm9RzLc4vBn8HsJd3FgYaE6uT'
const headers = { 'x-origin-verify': token }
const compares = { kind: 'header', name: 'x-origin-verify', value: token } as const
const byAddress = { kind: 'cloudfront' } as const

const worldOf = (...others: readonly ((zone: string) => Part)[]): World =>
  buildWorld({
    ...{ name: 'outside', story: 'Hosts of their own.', zone: 'example.com' },
    ...{ account: place.account, regions: ['eu-west-1', 'us-east-1'], others },
    sites: [
      {
        ...at('shop'),
        loadBalancer: {
          admits: [{ peer: 'cloudfront', ports: [443, 443] }],
          listeners: [{ port: 443, protocol: 'HTTPS', otherwise: forward() }],
        },
      },
    ],
  })

const gated = externalSite({ ...at('gated'), address: '198.18.9.31', headers, gate: compares })
const vendor = externalSite({ ...at('vendor'), address: '198.18.9.35', vendorName: 'app.vendor.example.net' })
const world = worldOf(
  gated,
  externalSite({ ...at('by-address'), address: '198.18.9.32', headers, gate: byAddress }),
  externalSite({ ...at('no-secret'), address: '198.18.9.33', gate: byAddress }),
  externalSite({ ...at('open'), address: '198.18.9.34', headers }),
  vendor,
)

let scan: Scan
beforeAll(async () => {
  scan = await scanWorld(world, { probing: true })
}, 120_000)

const linkOf = ({ result }: Scan, site: string) => {
  const link = result.links.find(l => l.names.includes(`${site}.example.com`))
  if (!link) throw new Error(`no link for ${site}`)
  return link
}
const outcome = (of: Scan, site: string, rule: string) => {
  const { id } = linkOf(of, site)
  return of.result.findings.find(f => f.rule === rule && f.links.includes(id))
}
const [internet, tenants] = ['origin-closed-to-internet', 'origin-closed-to-tenants'] as const

describe('a host outside AWS', () => {
  it.each([
    ['gated', 'blocked', 'app-gate'],
    ['by-address', 'blocked', 'app-gate'],
    ['no-secret', 'inconclusive', 'app-refusal'],
    ['open', 'confirmed', 'same-page'],
    ['vendor', 'not-probed', 'external'],
  ])('%s: probed %s (%s), and the prover says unknown whatever was seen', (site, verdict, code) => {
    const { exposure, probe } = linkOf(scan, site)
    expect([probe.verdict, probe.code]).toEqual([verdict, code])
    expect([exposure.internet.verdict, exposure.tenant.verdict]).toEqual(['unknown', 'unknown'])
  })

  it('that refuses with no token and a wrong one is satisfied towards the internet, as far as was seen', () => {
    expect(outcome(scan, 'gated', internet)).toBeUndefined()
    expect(linkOf(scan, 'gated').probe.reason).toContain('rules of its own, which are not in AWS')
    const roles = scan.result.exchanges
      .filter(e => e.request.link === linkOf(scan, 'gated').id && e.outcome.kind === 'response')
      .map(e => [e.request.role, e.outcome.kind === 'response' ? e.outcome.response.status : 0])
    expect(roles).toContainEqual(['P', 200])
    expect(roles).toContainEqual(['W', 403])
    expect(roles).toContainEqual(['N3', 403])
  })

  it('stays undecided towards other customers of CloudFront: one that goes by address looks the same from here', () => {
    for (const site of ['gated', 'by-address']) {
      const found = outcome(scan, site, tenants)
      expect(found).toMatchObject({ outcome: 'unknown' })
      expect(found?.message).toContain("none of CloudFront's addresses")
    }
  })

  it('that refuses, where no secret is sent that it could ask for, is not settled', () => {
    expect(outcome(scan, 'no-secret', internet)).toMatchObject({ outcome: 'unknown' })
  })

  it('that shows the page of the edge is violated, with the exchange', () => {
    const found = outcome(scan, 'open', internet)
    expect(found).toMatchObject({ outcome: 'violated', severity: 'critical' })
    const cited = found?.evidence.map(e => e.exchange).filter(id => id !== null) ?? []
    expect(scan.result.exchanges.filter(e => cited.includes(e.id)).length).toBeGreaterThan(0)
  })

  it("that is nobody's as far as is known is never safe, and the finding says what to do", () => {
    const found = outcome(scan, 'vendor', internet)
    expect(found).toMatchObject({ outcome: 'unknown' })
    for (const word of ['ownedHosts', 'acceptedHosts', 'secret header'])
      expect(found?.remediation).toContain(word)
  })

  it('gets the wrong token over TLS alone, and the right one never shows', () => {
    for (const { request } of scan.result.exchanges)
      if (request.headers.length > 0)
        expect([request.role, request.present.sni === null]).toEqual(['N3', false])
    expect(JSON.stringify(scan)).not.toContain(token)
  })

  it('is judged the same again from the snapshot and the exchanges', async () => {
    const again = judgeSnapshot(scan.snapshot, await judging(), scan.result.exchanges)
    expect(again.findings).toEqual(scan.result.findings)
  })
})

describe('a host that the config accepts', () => {
  it('stays undecided in the report and leaves the scan complete; one that it does not name does not', async () => {
    const small = worldOf(vendor)
    const [accepted, not] = [
      await scanWorld(small, { probing: true, acceptedHosts: ['App.Vendor.example.net'] }),
      await scanWorld(small, { probing: true, acceptedHosts: ['other.example.net'] }),
    ]
    expect([accepted.result.summary.complete, not.result.summary.complete]).toEqual([true, false])
    expect(accepted.result.summary.links).toMatchObject({ unknown: 1 })
    expect(outcome(accepted, 'vendor', internet)).toMatchObject({ outcome: 'unknown' })
    expect(outcome(accepted, 'vendor', internet)?.message).toContain('nothing of that is proven')
  }, 60_000)

  it('is violated all the same where it shows the page of the edge', async () => {
    const open = externalSite({ ...at('open'), address: '198.18.9.34' })
    const acceptedHosts = ['origin-open.example.com']
    const found = await scanWorld(worldOf(open), { probing: true, acceptedHosts })
    expect(outcome(found, 'open', internet)).toMatchObject({ outcome: 'violated' })
  }, 60_000)
})

describe('machines of the account that everybody reaches', () => {
  it('are violated, and shown by the probe to be', async () => {
    const everyone = [{ peer: 'world', ports: [443, 443] }] as const
    const listeners = [{ port: 443, protocol: 'TCP', otherwise: forward() }] as const
    const found = await scanWorld(
      worldOf(
        networkSite({ ...at('network'), number: 41, admits: everyone, listeners }),
        instanceSite({ ...at('machine'), address: '198.18.9.20', admits: everyone }),
      ),
      { probing: true },
    )
    for (const site of ['network', 'machine']) {
      expect(linkOf(found, site).probe).toMatchObject({ verdict: 'confirmed', code: 'same-page' })
      expect(outcome(found, site, internet)).toMatchObject({ outcome: 'violated' })
    }
  }, 60_000)
})
