/** A call that is denied never makes the edge look safer than it is. */
import { describe, expect, test } from 'vitest'
import { serveAws } from '#lab/aws/endpoint.ts'
import { withDenied } from '#lab/aws/policy.ts'
import { serveDns } from '#lab/live/dns-server.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import type { World } from '#lab/world.ts'
import { collect, dnsResolver, type ScanResult } from '#scan.ts'
import { b49 } from '../../fixtures/worlds/bypass/b49.ts'
import { b53 } from '../../fixtures/worlds/bypass/b53.ts'
import { b55 } from '../../fixtures/worlds/bypass/b55.ts'
import { b56 } from '../../fixtures/worlds/bypass/b56.ts'
import { b58 } from '../../fixtures/worlds/bypass/b58.ts'
import { b59 } from '../../fixtures/worlds/bypass/b59.ts'
import { judged } from './bypass-pipeline.ts'

const scanned = async (world: World, denied: string): Promise<ScanResult> => {
  const handle = withDenied(worldHandler(world), new Set([`cloudfront:${denied}`]))
  const [aws, dns] = await Promise.all([serveAws(handle), serveDns(world)])
  try {
    const snapshot = await collect({
      credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'laboratory' }),
      endpoint: aws.url,
      homeRegion: 'us-east-1',
      sealKey: Buffer.alloc(32, 7),
      now: new Date('2026-11-20T12:00:00.000Z'),
      resolver: dnsResolver({ server: dns.address }),
      maxAttempts: 2,
      retryDelayMs: 1,
      tool: 'originproof',
    })
    return await judged(snapshot)
  } finally {
    await Promise.all([aws.close(), dns.close()])
  }
}

const outcomesOf = ({ findings }: ScanResult, rule: string): readonly string[] =>
  findings.filter(f => f.rule === rule).map(f => f.outcome)

const denials = [
  ['GetFunction', b58.right, 'edge-function-keeps-origin'],
  ['GetFunction', b59.wrong, 'edge-function-keeps-origin'],
  ['GetContinuousDeploymentPolicy', b55.right, 'staging-distribution-as-strict'],
  ['GetContinuousDeploymentPolicy', b55.wrong, 'staging-distribution-as-strict'],
  ['GetDistributionConfig', b55.wrong, 'staging-distribution-as-strict'],
  ['ListDistributionTenants', b56.right, 'tenant-keeps-web-acl'],
  ['ListDistributionTenants', b56.wrong, 'tenant-keeps-web-acl'],
  ['ListDistributionsByOwnedResource', b49.right, 'distribution-no-weaker-sister'],
] as const

describe('without', () => {
  test.each(denials)(
    '%s the answer is unknown, and the finding names the action',
    async (operation, world, rule) => {
      const result = await scanned(world, operation)
      expect(outcomesOf(result, rule)).toContain('unknown')
      expect(outcomesOf(result, rule)).not.toContain('violated')
      const said = result.findings.filter(f => f.rule === rule).map(f => f.remediation)
      expect(said.join()).toContain(`cloudfront:${operation}`)
      expect(result.summary.complete).toBe(false)
    },
  )

  test('GetFunction no link whose behaviours run a function is closed', async () => {
    const { links } = await scanned(b58.right, 'GetFunction')
    expect(links.map(l => l.exposure.internet.verdict)).toEqual(['unknown'])
  })

  test('the list of users of a VPC origin, what is known of weaker ones still counts', async () => {
    const result = await scanned(b49.wrong, 'ListDistributionsByOwnedResource')
    expect(outcomesOf(result, 'distribution-no-weaker-sister')).toContain('violated')
  })

  test.each(['GetFunction', 'GetContinuousDeploymentPolicy', 'ListDistributionTenants'])(
    '%s nothing changes where nothing of the kind is in use',
    async operation => {
      const { findings, coverage } = await scanned(b53.right, operation)
      expect(coverage.gaps).toEqual([])
      expect(findings.filter(f => f.outcome === 'unknown' && f.rule.startsWith('distribution-'))).toEqual([])
    },
  )
})
