/** Mistakes that were found in the checks of other tools, each as a world on which this one must not make it. */
import { describe, expect, test } from 'vitest'
import { loadRules } from '#cli/rules.ts'
import { buildDistribution } from '#lab/build/distribution.ts'
import { forbidden, forward, type RawCondition, rule } from '#lab/build/rules.ts'
import type { World, WorldResource } from '#lab/world.ts'
import type { ScanResult } from '#scan.ts'
import { types } from '#snapshot/resource-types.ts'
import {
  admit,
  app,
  behind,
  edit,
  everyone,
  forwarding,
  https,
  locked,
  place,
  worldOf,
} from '../../fixtures/worlds/bypass/parts.ts'
import { allCases } from '../rules/cases/all.ts'
import { judged, snapshotOf } from './bypass-pipeline.ts'

const scanned = async (world: World): Promise<ScanResult> => judged(await snapshotOf(world))

const violated = ({ findings }: ScanResult, id: string): boolean =>
  findings.some(f => f.rule === id && f.outcome === 'violated')

const internet = ({ links }: ScanResult) => links[0]?.exposure.internet.verdict

type Config = WorldResource['config']

const withViewer = (world: World, viewer: Config): World =>
  edit(world, types.distribution, config => ({
    ...config,
    ViewerCertificate: { ...(config.ViewerCertificate as Config), ...viewer },
  }))

describe('Prowler', () => {
  const admissions = [
    ['tcp 443 from 0.0.0.0/0', everyone],
    ['tcp 80-443 from 0.0.0.0/0', [admit('world', 80, 443)]],
    ['0.0.0.0/1 and 128.0.0.0/1', [admit({ cidr: '0.0.0.0/1' }), admit({ cidr: '128.0.0.0/1' })]],
    ['all ports from 0.0.0.0/0', [admit('world', 0, 65_535)]],
  ] as const
  test.each(admissions)('calls a load balancer that admits %s not public', async (_, admits) => {
    const result = await scanned(behind({ admits, listeners: [forwarding] }))
    expect(internet(result)).toBe('open')
    expect(violated(result, 'origin-security-group-cloudfront-only')).toBe(true)
    expect(violated(result, 'origin-closed-to-internet')).toBe(true)
  })

  test('passes a distribution without origin groups on a question about their members', async () => {
    const result = await scanned(behind(locked))
    expect(result.links.map(l => l.origin)).toEqual(['app'])
    const closed = result.rules.find(r => r.id === 'origin-closed-to-internet')
    expect(closed?.outcomes).toEqual({ violated: 0, satisfied: 1, unknown: 0, inapplicable: 0 })
  })

  test('has ids in its lists that no check has', async () => {
    const { rules, profiles } = await loadRules(undefined)
    const known = rules.map(r => r.id)
    const listed = [
      ...Object.values(profiles).flatMap(p => Object.keys(p.adjust ?? {})),
      ...Object.keys(allCases),
    ]
    expect(listed.filter(id => !known.includes(id))).toEqual([])
  })
})

describe('CloudSploit', () => {
  const floor = (MinimumProtocolVersion: string) =>
    scanned(withViewer(behind(locked), { MinimumProtocolVersion }))

  test.each(['SSLv3', 'TLSv1', 'TLSv1_2016', 'TLSv1.1_2016'])(
    'calls the viewer policy %s secure',
    async version => {
      expect(violated(await floor(version), 'viewer-tls-floor')).toBe(true)
    },
  )

  test('calls the default certificate, which takes TLSv1 whatever is set, secure', async () => {
    const viewer = {
      CloudFrontDefaultCertificate: true,
      CertificateSource: 'cloudfront',
      MinimumProtocolVersion: 'TLSv1.2_2021',
    }
    const { rules } = await scanned(withViewer(behind(locked), viewer))
    // AWS fixes its policy, so that there is nothing to judge, and nothing to praise either.
    expect(rules.find(r => r.id === 'viewer-tls-floor')?.outcomes.satisfied).toBe(0)
  })

  test('throws on two distributions with a country setting', async () => {
    const two = worldOf(app(locked), { ...app(locked), name: 'second' })
    const GeoRestriction = { RestrictionType: 'whitelist', Quantity: 1, Items: ['IE'] }
    const result = await scanned(
      edit(two, types.distribution, config => ({ ...config, Restrictions: { GeoRestriction } })),
    )
    expect(result.coverage.faults).toEqual([])
    expect(result.links.map(l => l.exposure.internet.verdict)).toEqual(['closed', 'closed'])
  })

  test('takes a public website endpoint of a bucket for a private origin that lacks HTTPS', async () => {
    const site = buildDistribution({
      name: 'files',
      account: place.account,
      comment: 'A bucket as a website',
      aliases: [],
      origins: [{ id: 'app', domainName: 'files.s3-website-eu-west-1.amazonaws.com', protocol: 'http-only' }],
    })
    const world = behind(locked)
    const rest = world.resources.filter(r => r.type !== types.distribution)
    const result = await scanned({ ...world, resources: [...rest, site] })
    expect(result.links.map(l => l.originKind)).toEqual(['s3-website'])
    expect(internet(result)).not.toBe('closed')
  })
})

describe('ScoutSuite', () => {
  const withOrigin = (sslProtocols: readonly string[], MinimumProtocolVersion: string) =>
    scanned(withViewer(behind(locked, { sslProtocols }), { MinimumProtocolVersion }))

  test("judges the origin's protocols by the viewer's", async () => {
    const old = await withOrigin(['TLSv1', 'TLSv1.2'], 'TLSv1.2_2021')
    expect([violated(old, 'origin-tls-floor'), violated(old, 'viewer-tls-floor')]).toEqual([true, false])
    const fresh = await withOrigin(['TLSv1.2'], 'TLSv1_2016')
    expect([violated(fresh, 'origin-tls-floor'), violated(fresh, 'viewer-tls-floor')]).toEqual([false, true])
  })

  test('does not know TLSv1.3_2025', async () => {
    expect(violated(await withOrigin(['TLSv1.2'], 'TLSv1.3_2025'), 'viewer-tls-floor')).toBe(false)
  })
})

describe('Steampipe', () => {
  test('has checks that are inverted, never fire or always fire', async () => {
    const { rules } = await loadRules(undefined)
    const outcomes = (id: string): readonly string[] => (allCases[id] ?? []).map(c => c.outcome)
    const oneSided = rules
      .map(r => r.id)
      .filter(id => !outcomes(id).includes('violated') || !outcomes(id).includes('satisfied'))
    expect(oneSided).toEqual([])
  })

  test.each([
    ['2099-12-31T23:59:59.000Z', false],
    ['2026-11-25T00:00:00.000Z', true],
    ['2026-11-01T00:00:00.000Z', true],
  ])('skips certificates in use: one that ends on %s', async (NotAfter, bad) => {
    const world = edit(behind(locked), types.certificate, config => ({
      ...config,
      NotAfter,
      Type: 'IMPORTED',
      RenewalEligibility: 'INELIGIBLE',
    }))
    expect(violated(await scanned(world), 'certificate-not-expiring')).toBe(bad)
  })
})

describe('Trivy', () => {
  const methods = (...Values: readonly string[]): RawCondition => ({
    Field: 'http-request-method',
    HttpRequestMethodConfig: { Values },
  })

  test('compares the method with OPTION', async () => {
    const listeners = [https([rule(5, methods('OPTIONS'), forward())], forbidden)]
    const world = edit(behind({ admits: everyone, listeners }), types.distribution, config => ({
      ...config,
      DefaultCacheBehavior: {
        ...(config.DefaultCacheBehavior as Config),
        AllowedMethods: { Quantity: 3, Items: ['HEAD', 'GET', 'OPTIONS'] },
      },
    }))
    const [link] = (await scanned(world)).links
    expect(link?.exposure.internet.witness?.method).toBe('OPTIONS')
  })
})
