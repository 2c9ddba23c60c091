import { beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '#cli/exit-code.ts'
import { operationName, withDenied } from '#lab/aws/policy.ts'
import type { LabOptions } from '#lab/lab.ts'
import { operations, type Scan } from '#scan.ts'
import { lockedWorld, mixedWorld } from './mixed-world.ts'
import { scanWorld } from './run.ts'

/** Without these two nobody is signed in; the first is tried anyway, the second only with `--role-arn`. */
const signIn = ['sts:GetCallerIdentity', 'sts:AssumeRole']
const readings = operations
  .map(o => `${o.service}:${o.operation}` as const)
  .filter(name => !signIn.includes(name))

let whole: Scan['result']

beforeAll(async () => {
  whole = (await scanWorld(mixedWorld)).result
}, 60_000)

const reachable = new Set(['open', 'guessable'])
const judgedOk = (result: Scan['result']) => new Map(result.rules.map(r => [r.id, r.outcomes]))

describe('with one operation denied', () => {
  it('tries every operation that collecting uses', () => {
    expect(readings.length).toBeGreaterThan(20)
    expect(whole.links.map(l => l.exposure.internet.verdict)).toEqual(
      expect.arrayContaining(['open', 'guessable', 'closed']),
    )
  })

  it.each(readings)('%s: nothing unknown turns into safe', async denied => {
    const { result } = await scanWorld(mixedWorld, { aws: handle => withDenied(handle, new Set([denied])) })
    const before = new Map(whole.links.map(l => [l.id, l.exposure]))
    for (const { id, exposure } of result.links) {
      const was = before.get(id)
      for (const vantage of ['internet', 'tenant'] as const)
        if (was && reachable.has(was[vantage].verdict)) expect(exposure[vantage].verdict).not.toBe('closed')
    }
    const satisfiedBefore = judgedOk(whole)
    for (const { id, outcomes } of result.rules)
      expect(outcomes.satisfied, `${id} satisfied`).toBeLessThanOrEqual(
        satisfiedBefore.get(id)?.satisfied ?? 0,
      )
    expect([1, 3]).toContain(exitCode(result.summary, 'high'))
    const gap = result.coverage.gaps.find(g => `${g.service}:${g.operation}` === denied)
    if (gap) {
      expect(gap.code).toBe('denied')
      expect(gap.action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/)
      expect(exitCode(result.summary, 'never')).toBe(3)
    }
  })
})

describe('an account where every link is locked', () => {
  const called = new Set<string>()

  beforeAll(async () => {
    const watch: LabOptions['aws'] = handle => call => {
      called.add(operationName(call))
      return handle(call)
    }
    const { result } = await scanWorld(lockedWorld, { aws: watch })
    expect(exitCode(result.summary, 'low')).toBe(0)
  }, 60_000)

  it.each(readings)('ends with 3, never with 0, once %s is denied', async denied => {
    const { result } = await scanWorld(lockedWorld, { aws: handle => withDenied(handle, new Set([denied])) })
    const code = exitCode(result.summary, 'low')
    expect(code === 0, `exit ${code}, asked for ${denied}: ${called.has(denied)}`).toBe(!called.has(denied))
    if (called.has(denied)) expect(exitCode(result.summary, 'never')).toBe(3)
  })
})
