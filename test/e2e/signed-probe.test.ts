/** Paths that need a signature, really collected, proven and probed over sockets: at the edge and at the origin. */
import { describe, expect, it } from 'vitest'
import { everybodyReads } from '#lab/build/bucket.ts'
import { shared } from '#lab/build/other-sites.ts'
import { forward } from '#lab/build/rules.ts'
import { buildKeyGroup } from '#lab/build/signing.ts'
import { buildWorld } from '#lab/build/site.ts'
import { type Lab, startLab } from '#lab/lab.ts'
import type { World } from '#lab/world.ts'
import { judgeSnapshot, type Scan } from '#scan.ts'
import { readSnapshot } from '#snapshot/read.ts'
import { types } from '#snapshot/resource-types.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { apart, bucket, bucketOrigin, estate, trusting } from '../../fixtures/worlds/signed/parts.ts'
import { judging, scanWorld } from './run.ts'

const place = { account: '111122223333', region: 'eu-west-1' }

/** With the names of S3, so that its endpoints can be asked. */
const reachable = (world: World): World => ({
  ...world,
  dns: [
    ...world.dns,
    { name: `${bucket}.s3.eu-west-1.amazonaws.com`, type: 'A', value: shared('s3', place) },
  ],
})

const page = '/index.html'
const guarded = { pathPattern: '/private/*', origin: 'app', ...trusting }
const oneOrigin = [bucketOrigin('app')]
const everythingSigned = reachable(
  estate({ site: { origins: oneOrigin, behaviors: [guarded], defaultBehavior: trusting } }),
)
const beside = reachable(estate({ site: { origins: oneOrigin, behaviors: [guarded] } }))

const group = buildKeyGroup(place.account, { id: 'G1', name: 'members', keys: ['K2JCJMDEHXQW5F'] })
const trust = { TrustedKeyGroups: { Enabled: true, Quantity: 1, Items: ['G1'] } }

/** A load balancer behind a distribution whose every path needs a signature. */
const balanced = (admits: 'world' | 'cloudfront'): World => {
  const world = buildWorld({
    ...{ name: 'signed-shop', story: 'Everything is signed.', zone: 'example.com' },
    ...{ account: place.account, regions: ['eu-west-1', 'us-east-1'] },
    sites: [
      {
        ...{ name: 'shop', story: 'shop', place },
        loadBalancer: {
          admits: [{ peer: admits, ports: [443, 443] }],
          listeners: [{ port: 443, protocol: 'HTTPS', otherwise: forward() }],
        },
      },
    ],
  })
  const resources = world.resources.map(r =>
    r.type === types.distribution
      ? {
          ...r,
          config: {
            ...r.config,
            DefaultCacheBehavior: { ...(r.config.DefaultCacheBehavior as object), ...trust },
          },
        }
      : r,
  )
  return { ...world, resources: [...resources, group] }
}

const only = ({ result }: Scan, origin?: string) => {
  const link = result.links.find(l => origin === undefined || l.origin === origin)
  if (link === undefined) throw new Error('no link')
  const exchanges = result.exchanges.filter(e => e.request.link === link.id)
  const ofRole = (role: string) => exchanges.filter(e => e.request.role === role)
  return { link, exchanges, ofRole }
}
const said = (scan: Scan, origin?: string) => {
  const { probe } = only(scan, origin).link
  const { signature } = probe
  return [`${probe.verdict} ${probe.code}`, signature && `${signature.verdict} ${signature.code}`]
}

const rule = 'signed-content-has-no-unsigned-twin'
const twinFinding = ({ result }: Scan) => result.findings.find(f => f.rule === rule)

describe('a path that needs a signature', () => {
  it('is refused by the edge with MissingKey and by the bucket that the proof calls closed', async () => {
    const scan = await scanWorld(everythingSigned, { probing: true })
    expect(said(scan)).toEqual(['inconclusive control-signed', 'blocked signature-required'])
    const { ofRole, link, exchanges } = only(scan)
    for (const { outcome } of ofRole('S-edge'))
      expect(outcome).toMatchObject({ kind: 'response', response: { status: 403, error: 'MissingKey' } })
    expect(ofRole('S-direct')[0]?.outcome).toMatchObject({ kind: 'response', response: { status: 403 } })
    expect(link.probe.signature?.reason).toContain('misses a key')
    expect(exchanges.length).toBeLessThanOrEqual(16)
    for (const { request } of exchanges) {
      expect(['GET', 'HEAD']).toContain(request.method)
      expect(request.headers).toEqual([])
    }
  }, 60_000)

  it('can be spelled so that the edge passes it on unsigned: violated, though no object is there', async () => {
    const scan = await scanWorld(beside, { probing: true })
    expect(said(scan)).toEqual(['blocked s3-gate', 'confirmed spelled-around'])
    const [twin] = only(scan).ofRole('S-twin')
    expect(twin?.request.path).toMatch(/^\/private%2F[a-z]{24}$/)
    expect(twin?.outcome).toMatchObject({
      kind: 'response',
      response: { status: 403, error: 'AccessDenied' },
    })
    const found = twinFinding(scan)
    expect(found).toMatchObject({ outcome: 'violated' })
    expect(found?.evidence.map(e => e.exchange)).toContain(twin?.id)
    expect(found?.evidence.map(e => e.text).join()).toContain(`GET ${twin?.request.path}`)
  }, 60_000)

  it('cannot, where the edge decodes more than it documents: decided by the refusal, and by nothing less', async () => {
    const scan = await scanWorld(beside, { probing: true, encoding: 'all-decoded' })
    expect(said(scan)).toEqual(['blocked s3-gate', 'blocked signature-required'])
    const { spellings } = only(scan).link.probe.signature ?? {}
    const [twin] = only(scan).ofRole('S-twin')
    expect(spellings).toEqual([{ path: twin?.request.path, answer: 'refused', exchange: twin?.id }])
    expect(twinFinding(scan)).toBeUndefined()
    const outcomes = scan.result.rules.find(r => r.id === rule)?.outcomes
    expect(outcomes).toMatchObject({ satisfied: 1, unknown: 0, violated: 0 })
  }, 60_000)

  it('stays undecided without a probe, and the finding names the request that would tell', async () => {
    const found = twinFinding(await scanWorld(beside, { encoding: 'all-decoded' }))
    expect(found).toMatchObject({ outcome: 'unknown' })
    expect(found?.evidence.map(e => e.text).join()).toMatch(
      /to settle it, scan with probes, or ask for https:\/\/\S+\/private%2F without a signature/,
    )
  }, 60_000)

  it('whose pattern has no slash is asked for with a letter encoded, and judged by the answer', async () => {
    // A first letter encoded is no other path to an edge that reads paths as documented.
    const behaviors = [{ ...guarded, pathPattern: '/private*' }]
    const world = reachable(estate({ site: { origins: oneOrigin, behaviors } }))
    const scan = await scanWorld(world, { probing: true })
    expect(only(scan).ofRole('S-twin')[0]?.request.path).toMatch(/^\/\S*%[67][0-9A-F]/)
    expect(twinFinding(scan)).toBeUndefined()
    const other = await scanWorld(world, { probing: true, encoding: 'as-sent' })
    expect(twinFinding(other)).toMatchObject({ outcome: 'violated' })
  }, 60_000)

  it('is judged the same again from the files: the snapshot and the exchanges', async () => {
    for (const encoding of ['rfc-3986', 'all-decoded'] as const) {
      const { snapshot, result } = await scanWorld(beside, { probing: true, encoding })
      const stored = JSON.parse(JSON.stringify(result)) as typeof result
      const again = judgeSnapshot(
        readSnapshot([...snapshotLines(snapshot)].join(''), 'snapshot'),
        await judging(),
        stored.exchanges,
      )
      expect(again.findings).toEqual(result.findings)
      expect(again.links.map(l => l.probe)).toEqual(result.links.map(l => l.probe))
    }
  }, 60_000)

  it('at an origin apart is judged by itself, and the other link says nothing of signatures', async () => {
    const scan = await scanWorld(reachable(estate({ site: apart })), { probing: true })
    expect(said(scan, 'members')[1]).toBe('blocked signature-required')
    expect(said(scan, 'app')[1]).toBeUndefined()
  }, 60_000)

  it('is not called refused where the bucket answers everybody, though S3 refuses what is not there', async () => {
    const statements = [everybodyReads(bucket)]
    const site = { origins: oneOrigin, behaviors: [guarded], defaultBehavior: trusting }
    const scan = await scanWorld(reachable(estate({ site, statements, blocked: 'none' })), { probing: true })
    expect(said(scan)[1]).toBe('inconclusive origin-open')
  }, 60_000)
})

describe('a load balancer behind signed paths alone', () => {
  it('that only CloudFront reaches is blocked, though the edge shows no page', async () => {
    const scan = await scanWorld(balanced('cloudfront'), { probing: true })
    expect(said(scan)).toEqual(['blocked net-closed', 'blocked signature-required'])
    expect(only(scan).link.probe.reason).toContain('The edge asks for a signature (MissingKey)')
  }, 60_000)

  it('that everybody reaches is never called blocked', async () => {
    const scan = await scanWorld(balanced('world'), { probing: true })
    expect(only(scan).link.probe.verdict).toBe('inconclusive')
    expect(only(scan).link.probe.signature?.verdict).toBe('inconclusive')
  }, 60_000)
})

describe('an edge that asks for no signature although the configuration read says so', () => {
  const signedPage = { pathPattern: page, origin: 'app' }
  const asRead = reachable(
    estate({ site: { origins: oneOrigin, behaviors: [{ ...signedPage, ...trusting }] } }),
  )
  const asIs = reachable(estate({ site: { origins: oneOrigin, behaviors: [signedPage] } }))

  it('is confirmed to serve the page, and the rule is violated', async () => {
    const other = await startLab(asIs)
    try {
      const toOtherEdge = (lab: Lab) => ({
        route: (address: string, port: number) =>
          (address === '192.0.2.9' ? other : lab).route(address, port),
        ca: other.ca,
      })
      const scan = await scanWorld(asRead, { probing: toOtherEdge })
      expect(said(scan)[1]).toBe('confirmed served-unsigned')
      expect(scan.result.findings.find(f => f.rule === rule)).toMatchObject({ outcome: 'violated' })
      const cited = scan.result.findings.find(f => f.rule === rule)?.evidence.map(e => e.exchange)
      expect(cited).toContain(only(scan).ofRole('S-edge')[0]?.id)
    } finally {
      await other.close()
    }
  }, 60_000)
})
