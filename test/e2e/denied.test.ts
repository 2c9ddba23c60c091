import { describe, expect, it } from 'vitest'
import { exitCode } from '#cli/exit-code.ts'
import { operationName, withDenied } from '#lab/aws/policy.ts'
import type { World } from '#lab/world.ts'
import { operations, type Scan } from '#scan.ts'
import { lockedWorld, mixedWorld } from './mixed-world.ts'
import { scanWorld } from './run.ts'

/** Without these two nobody is signed in; the first is tried anyway, the second only with `--role-arn`. */
const signIn = ['sts:GetCallerIdentity', 'sts:AssumeRole']
const readings = operations
  .map(o => `${o.service}:${o.operation}` as const)
  .filter(name => !signIn.includes(name))

/** The result of a world with nothing denied, and every operation that the scan called for it. */
const observed = async (world: World) => {
  const called = new Set<string>()
  const { result } = await scanWorld(world, {
    aws: handle => call => {
      called.add(operationName(call))
      return handle(call)
    },
  })
  return { result, called: readings.filter(name => called.has(name)) }
}

const scanDenied = async (world: World, denied: string): Promise<Scan['result']> =>
  (await scanWorld(world, { aws: handle => withDenied(handle, new Set([denied])) })).result

const mixed = await observed(mixedWorld)
const locked = await observed(lockedWorld)

const reachable = new Set(['open', 'guessable'])
const satisfiedIn = (result: Scan['result']) => new Map(result.rules.map(r => [r.id, r.outcomes.satisfied]))

/** A gap of the denied operation that says which permission is missing. */
const expectGap = (result: Scan['result'], denied: string): void => {
  const own = result.coverage.gaps.filter(g => `${g.service}:${g.operation}` === denied)
  expect(own.length, `gaps of ${denied}`).toBeGreaterThan(0)
  for (const gap of own) {
    expect(gap.code).toBe('denied')
    expect(gap.action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/)
  }
}

describe('an account with links of every kind, one operation denied', () => {
  it('makes a scan call every operation that collecting can use', () => {
    expect(readings.length).toBeGreaterThan(20)
    expect(readings.filter(name => !mixed.called.includes(name))).toEqual([])
    expect(mixed.result.coverage.gaps).toEqual([])
    expect(mixed.result.links.map(l => l.exposure.internet.verdict)).toEqual(
      expect.arrayContaining(['open', 'guessable', 'closed', 'unknown']),
    )
  })

  const before = new Map(mixed.result.links.map(l => [l.id, l.exposure]))
  const satisfiedBefore = satisfiedIn(mixed.result)

  it.each(mixed.called)('%s: nothing unknown turns into safe', async denied => {
    const result = await scanDenied(mixedWorld, denied)
    for (const { id, exposure } of result.links)
      for (const vantage of ['internet', 'tenant'] as const) {
        const was = before.get(id)?.[vantage].verdict
        if (was === undefined) continue
        if (reachable.has(was) || was === 'unknown') expect(exposure[vantage].verdict).not.toBe('closed')
      }
    for (const [id, satisfied] of satisfiedIn(result))
      expect(satisfied, `${id} satisfied`).toBeLessThanOrEqual(satisfiedBefore.get(id) ?? 0)
    expect([1, 3]).toContain(exitCode(result.summary, 'high'))
    expectGap(result, denied)
    expect(exitCode(result.summary, 'never')).toBe(3)
  })
})

describe('an account where every link is locked', () => {
  /** All but what asks for unused keys, edge functions, staging, tenants, buckets, functions, APIs, instances and classic load balancers. */
  it('ends with 0 and calls every operation that load balancers are read with', () => {
    expect(exitCode(locked.result.summary, 'low')).toBe(0)
    const others =
      /^(?:lambda|s3|s3-control):|^api-?gateway(?:v2)?:Get(?:Stages|Deployment|Export|UsagePlans|Authorizers|Routes|DomainNames|.*Mappings)$/
    expect(readings.filter(name => !locked.called.includes(name) && !others.test(name))).toEqual([
      'cloudfront:GetContinuousDeploymentPolicy',
      'cloudfront:GetFunction',
      'cloudfront:ListDistributionTenants',
      'cloudfront:ListFieldLevelEncryptionProfiles',
      'cloudfront:ListOriginAccessControls',
      'ec2:DescribeAddresses',
      'ec2:DescribeInstances',
      'elastic-load-balancing:DescribeLoadBalancers',
    ])
  })

  it.each(locked.called)('ends with 3, never with 0, once %s is denied', async denied => {
    const result = await scanDenied(lockedWorld, denied)
    expect(exitCode(result.summary, 'low')).not.toBe(0)
    expect(exitCode(result.summary, 'never')).toBe(3)
    expectGap(result, denied)
  })
})
