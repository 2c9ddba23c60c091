/** Every kind of origin, really collected, proven and probed: over sockets on loopback, with TLS. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import { listen, type Running } from '#lab/live/server.ts'
import type { Scan } from '#scan.ts'
import { addresses, probedWorld } from './probed-world.ts'
import { originproof, scanWorld } from './run.ts'

/** Counts what arrives at addresses of the world that nobody may ask. */
interface Tripwire {
  readonly server: Running
  connections: number
}

const tripwire = async (): Promise<Tripwire> => {
  const wire = { connections: 0 }
  const server = await listen((_, response) => response.end())
  return Object.assign(wire, { server })
}

/** As the laboratory routes, but the guarded addresses lead to the tripwire, which counts each time one is dialled. */
const guarded = (wire: Tripwire, guard: readonly string[]) => (lab: Lab) => ({
  mode: 'all' as const,
  ownedHosts: ['app.listed.example.net'],
  route: (address: string, port: number) => {
    if (!guard.includes(address)) return lab.route(address, port)
    wire.connections++
    return { host: '127.0.0.1', port: wire.server.port }
  },
})

let all: Scan
let safe: Scan
let wire: Tripwire
beforeAll(async () => {
  wire = await tripwire()
  all = await scanWorld(probedWorld, { probing: guarded(wire, [addresses.vendor, addresses.aliased]) })
  safe = await scanWorld(probedWorld, { probing: true })
  return () => wire.server.close()
}, 120_000)

const linkOf = ({ result }: Scan, site: string) => {
  const link = result.links.find(l => l.names.includes(`${site}.example.com`))
  if (!link) throw new Error(`no link for ${site}`)
  return link
}
const exchangesOf = (scan: Scan, site: string) =>
  scan.result.exchanges.filter(e => e.request.link === linkOf(scan, site).id)
const directOf = (scan: Scan, site: string) =>
  exchangesOf(scan, site).filter(e => e.request.role !== 'P' && e.request.role !== 'N1-edge')

describe('every kind of origin is probed for real', () => {
  it.each([
    ['bucket-locked', 'closed', 'blocked', 's3-gate'],
    ['bucket-public', 'open', 'confirmed', 'same-page'],
    ['bucket-website', 'open', 'confirmed', 'same-page'],
    ['point-locked', 'closed', 'blocked', 's3-gate'],
    // Access points answer nobody without a signature, which is all that the probe tries.
    ['point-public', 'unknown', 'blocked', 's3-gate'],
    ['bucket-copied', 'open', 'confirmed', 'same-page'],
    ['function-locked', 'closed', 'blocked', 'iam-gate'],
    ['function-public', 'open', 'confirmed', 'same-page'],
    ['network-open', 'open', 'confirmed', 'same-page'],
    ['network-locked', 'closed', 'blocked', 'net-closed'],
    ['http-api-locked', 'authenticated', 'blocked', 'apigw-gate'],
    ['http-api-public', 'open', 'confirmed', 'same-page'],
    ['rest-api-locked', 'authenticated', 'blocked', 'apigw-gate'],
    ['rest-api-public', 'open', 'confirmed', 'same-page'],
    ['classic-open', 'open', 'confirmed', 'same-page'],
    ['classic-locked', 'closed', 'blocked', 'net-closed'],
    ['instance-open', 'open', 'confirmed', 'same-page'],
    ['instance-locked', 'closed', 'blocked', 'net-closed'],
    ['host-held', 'unknown', 'confirmed', 'same-page'],
    ['host-listed', 'unknown', 'confirmed', 'same-page'],
    ['host-vendor', 'unknown', 'not-probed', 'external'],
    ['host-aliased', 'unknown', 'not-probed', 'external'],
  ])('%s: proven %s, probed %s (%s)', (site, proven, verdict, code) => {
    const { exposure, probe } = linkOf(all, site)
    expect([exposure.internet.verdict, probe.verdict, probe.code]).toEqual([proven, verdict, code])
  })
})

describe('what is never asked', () => {
  it("a vendor's host, by its name or by one of the account's that stands for it: nothing is planned or arrives", () => {
    for (const site of ['host-vendor', 'host-aliased']) expect(exchangesOf(all, site)).toEqual([])
    expect(wire.connections).toBe(0)
  })

  it('a function, unless --probe all was given', () => {
    for (const site of ['function-locked', 'function-public']) {
      expect(exchangesOf(safe, site)).toEqual([])
      expect(linkOf(safe, site).probe).toMatchObject({ verdict: 'not-probed', code: 'runs-code' })
    }
  })

  it("a host by the user's word, where the user gave none", () => {
    expect(exchangesOf(safe, 'host-listed')).toEqual([])
    expect(linkOf(safe, 'host-listed').probe.code).toBe('external')
  })

  it('the tripwire does count: the same scan with a guarded address of an own host trips it', async () => {
    const trap = await tripwire()
    try {
      await scanWorld(probedWorld, { probing: guarded(trap, [addresses.held]) })
    } finally {
      await trap.server.close()
    }
    expect(trap.connections).toBeGreaterThan(0)
  }, 60_000)
})

describe('how services that many share are asked', () => {
  const buckets = ['bucket-locked', 'bucket-public', 'bucket-website', 'bucket-copied', 'point-locked']
  const services = [...buckets, 'function-locked', 'function-public']
  const sites = [...services, 'http-api-locked', 'http-api-public', 'rest-api-locked', 'rest-api-public']

  it.each(sites)('%s: only under its own name, and over TLS that verified for it', site => {
    const direct = directOf(all, site)
    expect(direct.length).toBeGreaterThan(0)
    for (const { request, outcome } of direct) {
      expect(request.present.host).toBe(request.connect.name)
      expect([null, request.connect.name]).toContain(request.present.sni)
      const verified = outcome.kind === 'response' ? outcome.certificateVerified : null
      expect(verified).toBe(request.present.sni === null ? null : true)
    }
  })

  it('an object that the edge serves is asked for by HEAD', () => {
    const asked = directOf(all, 'bucket-locked').map(e => [e.request.method, e.request.path])
    expect(asked).toContainEqual(['HEAD', '/index.html'])
  })

  it('an access point is asked for it under the name that the origin has, and under its own', () => {
    const asked = directOf(all, 'point-locked').map(e => [e.request.method, e.request.connect.name])
    expect(asked).toContainEqual([
      'HEAD',
      'point-locked-edge-111122223333.s3-accesspoint.eu-west-1.amazonaws.com',
    ])
    expect(asked).toContainEqual(['HEAD', expect.stringMatching(/-s3alias\.s3\.eu-west-1\.amazonaws\.com$/)])
  })

  it('a copy is asked where the proof says that it is open', () => {
    const { probe } = linkOf(all, 'bucket-copied')
    const found = all.result.exchanges.find(e => probe.exchanges.includes(e.id) && e.request.role === 'W')
    expect(found?.request.connect.name).toBe('example-bucket-copied-backup.s3.eu-west-1.amazonaws.com')
  })

  it('what S3 refuses is named in the exchange, and nothing else of its answer is', () => {
    const refused = directOf(all, 'bucket-locked').find(e => e.request.role === 'N1-direct')
    expect(refused?.outcome).toMatchObject({
      kind: 'response',
      response: { status: 403, error: 'AccessDenied' },
    })
  })
})

describe('how much is asked', () => {
  it('of no origin more than its budget, with GET and HEAD alone, and never with a header of a secret kind', () => {
    for (const { request } of all.result.exchanges) {
      expect(['GET', 'HEAD']).toContain(request.method)
      expect(request.headers).toEqual([])
    }
    const perLink = Map.groupBy(all.result.exchanges, e => e.request.link)
    for (const own of perLink.values()) expect(own.length).toBeLessThanOrEqual(16)
  })
})

describe('the config file', () => {
  it('names hosts that are planned for, and no others are: --dry-run shows it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'originproof-owned-'))
    const lab = await startLab(probedWorld)
    try {
      const config = join(folder, 'config.json')
      await writeFile(config, '{"ownedHosts":["App.Listed.example.net"],"probe":"all"}')
      const place = ['--endpoint-url', lab.endpoint, '--dns-server', lab.dnsServer]
      const { code, stdout } = await originproof(['scan', ...place, '--config', config, '--dry-run'], {
        env: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'laboratory' },
      })
      expect(code).toBe(0)
      const asked = new Set([...stdout.matchAll(/connect (\S+):\d+/g)].map(([, name]) => name))
      expect(asked).toContain('app.listed.example.net')
      expect(asked).toContain('origin-host-held.example.com')
      expect(asked).toContain('example-bucket-locked.s3.eu-west-1.amazonaws.com')
      expect([...asked].filter(name => /vendor|aliased/.test(name ?? ''))).toEqual([])
    } finally {
      await lab.close()
      await rm(folder, { recursive: true })
    }
  }, 60_000)
})
