/** A call that is denied never makes an API look safer than it is. */
import { describe, expect, test } from 'vitest'
import { serveAws } from '#lab/aws/endpoint.ts'
import { operationName, withDenied } from '#lab/aws/policy.ts'
import { serveDns } from '#lab/live/dns-server.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import type { World } from '#lab/world.ts'
import { collect, dnsResolver } from '#scan.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { b78 } from '../../../fixtures/worlds/bypass/b78.ts'
import { b80 } from '../../../fixtures/worlds/bypass/b80.ts'
import { b82 } from '../../../fixtures/worlds/bypass/b82.ts'
import { b83 } from '../../../fixtures/worlds/bypass/b83.ts'
import { b85 } from '../../../fixtures/worlds/bypass/b85.ts'
import { b86 } from '../../../fixtures/worlds/bypass/b86.ts'
import { judged } from '../bypass-pipeline.ts'

/** The snapshot with some operations denied, and every operation that was called. */
const scanned = async (world: World, denied: readonly string[] = []) => {
  const called = new Set<string>()
  const handle = withDenied(worldHandler(world), new Set(denied))
  const [aws, dns] = await Promise.all([
    serveAws(call => {
      called.add(operationName(call))
      return handle(call)
    }),
    serveDns(world),
  ])
  try {
    const snapshot: Snapshot = await collect({
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
    return { called: [...called], result: await judged(snapshot) }
  } finally {
    await Promise.all([aws.close(), dns.close()])
  }
}

const isShut = (verdict: string | undefined): boolean => verdict === 'closed' || verdict === 'authenticated'

const worlds: readonly (readonly [string, World, shut: boolean])[] = [
  ['REST API that is open', b78.wrong, false],
  ['REST API behind an authorizer', b78.right, true],
  ['REST API whose authorizer does not see the secret', b83.wrong, false],
  ['REST API behind a web ACL', b86.right, true],
  ['REST API that asks for a key only', b82.wrong, true],
  ['HTTP API that is open', b80.wrong, false],
  ['HTTP API open at its default endpoint', b85.wrong, false],
  ['HTTP API behind mutual TLS', b80.right, true],
]

describe.each(worlds)('%s', (_, world, shut) => {
  test('with each operation denied in turn is never called shut, nor any rule kept, where it is not', async () => {
    const { called, result: whole } = await scanned(world)
    const before = new Map(whole.rules.map(r => [r.id, r.outcomes.satisfied]))
    const verdict = whole.links[0]?.exposure.internet.verdict
    expect(isShut(verdict)).toBe(shut)
    const own = called.filter(name => /^(?:api-?gateway|wafv2|cloudfront|route-53)/.test(name))
    expect(own.length).toBeGreaterThan(5)
    for (const denied of own) {
      const { result } = await scanned(world, [denied])
      for (const { exposure } of result.links)
        for (const vantage of ['internet', 'tenant'] as const) {
          const now = exposure[vantage].verdict
          expect(!shut && isShut(now) ? `${denied}: ${now}` : '').toBe('')
        }
      for (const { id, outcomes } of result.rules)
        expect(outcomes.satisfied, `${denied}: ${id}`).toBeLessThanOrEqual(before.get(id) ?? 0)
      expect(result.summary.complete, denied).toBe(false)
    }
  }, 120_000)
})
