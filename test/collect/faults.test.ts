import { describe, expect, test } from 'vitest'
import type { GapCode } from '#base/gap.ts'
import { operations } from '#collect/operations.ts'
import type { AwsHandler, Broken } from '#lab/aws/endpoint.ts'
import { withDenied, withFaults } from '#lab/aws/policy.ts'
import { token } from './estate-parts.ts'
import { run } from './run.ts'

const whole = await run()
const identity = ({ type, arn, region }: { type: string; arn: string; region: string }): string =>
  `${type} ${region} ${arn}`
const known = new Set(whole.snapshot.resources.map(identity))

const others = operations.filter(({ service }) => service !== 'sts')

describe('each operation denied in turn', () => {
  test.each(others)(
    '$service $operation becomes a gap that names $action, and the rest is read',
    async denied => {
      const { snapshot } = await run({
        wrap: handle => withDenied(handle, new Set([`${denied.service}:${denied.operation}`])),
      })
      const own = snapshot.gaps.filter(g => g.service === denied.service && g.operation === denied.operation)
      expect(own.length).toBeGreaterThan(0)
      for (const gap of own) {
        expect(gap).toMatchObject({ code: 'denied', action: denied.action })
        expect(gap.message).toContain(denied.action)
        expect(gap.message).not.toContain('not authorized')
      }
      const reads = snapshot.reads.filter(
        r => r.service === denied.service && r.operation === denied.operation,
      )
      expect(reads).toEqual([])
      // Nothing appears that a full reading does not have: a denied list never makes others of the account relevant.
      const added = snapshot.resources.map(identity).filter(key => !known.has(key))
      expect(added.filter(key => !key.startsWith('DNS::Answer'))).toEqual([])
      expect(snapshot.resources.some(r => r.type === 'AWS::STS::CallerIdentity')).toBe(true)
    },
  )
})

/** One of each wire protocol: REST with XML, form with XML, JSON. */
const protocols = [
  'cloudfront:ListDistributions',
  'elastic-load-balancing-v2:DescribeRules',
  'wafv2:GetWebACL',
] as const

const meaning: Readonly<Record<Broken, readonly GapCode[]>> = {
  malformed: ['malformed'],
  truncated: ['unreachable', 'malformed'],
  reset: ['unreachable'],
  hang: ['timeout'],
  html: ['malformed', 'failed'],
}

describe.each(Object.entries(meaning))('an answer that is %s', (kind, codes) => {
  test.each(protocols)('becomes a gap of %s', async operation => {
    const { snapshot } = await run({
      wrap: handle => withFaults(handle, new Map([[operation, kind as Broken]])),
      // Waiting is the point of one kind only; a busy machine may take longer than that over the others.
      collect: kind === 'hang' ? { requestTimeoutMs: 300 } : {},
    })
    const own = snapshot.gaps.filter(g => `${g.service}:${g.operation}` === operation)
    expect(own.length).toBeGreaterThan(0)
    for (const gap of own) expect(codes).toContain(gap.code)
  })
})

describe('throttling', () => {
  const throttled = (
    handle: AwsHandler,
    times: number,
  ): { readonly handle: AwsHandler; readonly seen: () => number } => {
    let seen = 0
    const refuse: AwsHandler = call =>
      call.operation === 'DescribeRules' && seen++ < times
        ? { error: { code: 'Throttling', message: `Rate exceeded for ${token}` } }
        : handle(call)
    return { handle: refuse, seen: () => seen }
  }

  test('is waited out where the service recovers', async () => {
    const { snapshot } = await run({
      wrap: handle => throttled(handle, 3).handle,
      collect: { maxAttempts: 8 },
    })
    expect(snapshot.gaps).toEqual([])
  })

  test('becomes a gap after the last attempt', async () => {
    const { snapshot, text } = await run({
      wrap: handle => throttled(handle, Number.POSITIVE_INFINITY).handle,
      collect: { maxAttempts: 2 },
    })
    expect(new Set(snapshot.gaps.map(g => `${g.operation} ${g.code}`))).toEqual(
      new Set(['DescribeRules throttled']),
    )
    expect(text).not.toContain(token)
  })
})

describe('other errors', () => {
  const failing = (code: string, status?: number) =>
    run({
      wrap: handle =>
        withFaults(
          handle,
          new Map([
            [
              'elastic-load-balancing-v2:DescribeListeners',
              { code, message: `secret ${token}`, ...(status && { status }) },
            ],
          ]),
        ),
    })

  test.each([
    ['LoadBalancerNotFoundException', 400, 'not-found'],
    ['InternalFailure', 500, 'failed'],
    ['ExpiredToken', 403, 'failed'],
    ['SomethingNew', 400, 'failed'],
    ['Forbidden', 403, 'denied'],
  ] as const)('%s (%i) is %s, and its text stays with the service', async (code, status, expected) => {
    const { snapshot, text } = await failing(code, status)
    const own = snapshot.gaps.filter(g => g.operation === 'DescribeListeners')
    expect(new Set(own.map(g => g.code))).toEqual(new Set([expected]))
    expect(text).not.toContain(token)
  })

  test('a service that has gone away altogether is unreachable, and says so once per question', async () => {
    const { snapshot } = await run({
      wrap: handle => call => (call.service === 'ec2' ? { broken: 'reset' } : handle(call)),
    })
    const own = snapshot.gaps.filter(g => g.service === 'ec2')
    expect(new Set(own.map(g => g.code))).toEqual(new Set(['unreachable']))
    expect(own).toHaveLength(new Set(own.map(g => JSON.stringify(g))).size)
  })
})

describe('pages', () => {
  const paging = (next: (page: number) => string | undefined): AwsHandler => {
    let page = 0
    return () => ({ output: { LoadBalancers: [], NextMarker: next(++page) } })
  }
  const listing =
    (answer: AwsHandler) =>
    (handle: AwsHandler): AwsHandler =>
    call =>
      call.operation === 'DescribeLoadBalancers' && call.service === 'elastic-load-balancing-v2'
        ? answer(call)
        : handle(call)

  test('that name the page before as the next end in a gap, not in a loop', async () => {
    const { snapshot, calls } = await run({ wrap: listing(paging(() => 'again')) })
    const own = snapshot.gaps.filter(g => g.operation === 'DescribeLoadBalancers')
    expect(new Set(own.map(g => g.code))).toEqual(new Set(['malformed']))
    expect(calls.filter(c => c.operation === 'DescribeLoadBalancers').length).toBeLessThan(12)
  })

  test('that go round in a circle end in a gap too', async () => {
    const { snapshot } = await run({ wrap: listing(paging(page => `page ${page % 3}`)) })
    expect(snapshot.gaps.some(g => g.operation === 'DescribeLoadBalancers' && g.code === 'malformed')).toBe(
      true,
    )
  })

  test('missing after the first keep what came and are no full reading', async () => {
    const { snapshot } = await run({
      handler: { pageSize: 1 },
      wrap: handle => call =>
        call.operation === 'DescribeRules' && call.input.Marker !== undefined
          ? { error: { code: 'AccessDenied', message: 'no more' } }
          : handle(call),
    })
    const gated = snapshot.gaps.filter(g => g.operation === 'DescribeRules').map(g => g.target)
    expect(gated.length).toBeGreaterThan(0)
    for (const listener of gated) {
      expect(
        snapshot.resources.some(r => r.config.ListenerArn === listener && r.config.Priority !== undefined),
      ).toBe(true)
      expect(snapshot.reads.some(r => r.operation === 'DescribeRules' && r.target === listener)).toBe(false)
    }
  })
})
