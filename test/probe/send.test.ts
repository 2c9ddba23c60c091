import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Exchange, ProbeRequest } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import { type PolicyOptions, policyFor } from '#probe/policy.ts'
import { type Clock, sendProbes, type Transport } from '#probe/send.ts'
import type { Link } from '#topology/model.ts'
import { answered, exposed, lbName, link, loadBalancer, page, ref, response } from './fixtures.ts'

const planOf = (links: readonly Link[]) =>
  planProbes({ exposures: links.map(l => exposed(l)), options: { mode: 'safe', seed: 's' } })

/** Links of different load balancers. */
const apart = (count: number): readonly Link[] =>
  Array.from({ length: count }, (_, i) =>
    link({
      id: `E${i}/app`,
      distribution: { domainName: `d${i}.cloudfront.net` },
      origin: { domainName: `origin-${i}.example.com` },
      balancer: loadBalancer({ ref: ref(`lb/${i}`), dnsName: `lb-${i}.eu-west-1.elb.amazonaws.com` }),
    }),
  )

/** A clock that only sleeping and sending move. */
const fakeClock = (): Clock & { advance: (ms: number) => void } => {
  let now = Date.UTC(2026, 0, 1)
  return {
    now: () => now,
    sleep: async ms => {
      now += ms
    },
    advance: ms => {
      now += ms
    },
  }
}

interface Play {
  readonly policy?: PolicyOptions
  readonly addresses?: (name: string) => readonly string[]
  readonly outcome?: (request: ProbeRequest, sent: number) => Exchange['outcome']
  readonly takes?: (sent: number) => number
}

const ok = (request: ProbeRequest): Exchange['outcome'] => answered(request, page).outcome

const run = async (links: readonly Link[], play: Play = {}) => {
  const clock = fakeClock()
  const plan = planOf(links)
  const sent: { request: ProbeRequest; address: string; at: number }[] = []
  const transport: Transport = {
    resolve: async name => (play.addresses ?? (() => ['52.0.0.2', '52.0.0.1']))(name),
    send: async (request, address) => {
      sent.push({ request, address, at: clock.now() })
      clock.advance((play.takes ?? (() => 10))(sent.length))
      return (play.outcome ?? ok)(request, sent.length)
    },
  }
  const progress: number[] = []
  const policy = policyFor(links, play.policy)
  const exchanges = await sendProbes(plan, { policy, transport, clock }, p => progress.push(p.done))
  return { plan, sent, exchanges, progress }
}

const reasons = (exchanges: readonly Exchange[]): readonly string[] =>
  exchanges.map(e => (e.outcome.kind === 'response' ? 'response' : e.outcome.reason))

describe('sending', () => {
  it('asks everything in order and says how far it is', async () => {
    const { plan, sent, exchanges, progress } = await run([link()])
    expect(sent.map(s => s.request)).toEqual(plan)
    expect(exchanges.map(e => e.request)).toEqual(plan)
    expect(progress).toEqual(plan.map((_, i) => i + 1))
  })

  it('pins one address and writes it down with the time', async () => {
    const { sent, exchanges } = await run([link()])
    expect(new Set(sent.map(s => s.address))).toEqual(new Set(['52.0.0.1']))
    expect(exchanges[0]).toMatchObject({ address: '52.0.0.1', sentAt: '2026-01-01T00:00:00.000Z' })
  })

  it('leaves at least a second between two requests to one origin, links of the same load balancer together', async () => {
    const links = [link(), link({ id: 'E2/app', distribution: { domainName: 'd2.cloudfront.net' } })]
    const { sent } = await run(links)
    const gaps = sent.slice(1).map((s, i) => s.at - (sent[i]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000)
    expect(new Set(gaps).size).toBeGreaterThan(1)
  })

  it('asks nothing of a private address', async () => {
    const { sent, exchanges } = await run([link()], { addresses: () => ['10.0.0.1'] })
    expect(sent).toEqual([])
    expect(new Set(reasons(exchanges))).toEqual(new Set(['not-sent-private']))
    expect(exchanges[0]).toMatchObject({ address: null, sentAt: null })
  })

  it('takes the public address where there is a private one beside it', async () => {
    const { sent } = await run([link()], { addresses: () => ['10.0.0.1', '52.0.0.9'] })
    expect(new Set(sent.map(s => s.address))).toEqual(new Set(['52.0.0.9']))
  })

  it('asks a private address in an allowed range', async () => {
    const policy = { allow: ['127.0.0.0/8'] }
    const { sent, plan } = await run([link()], { addresses: () => ['127.0.0.1'], policy })
    expect(sent).toHaveLength(plan.length)
  })

  it('says which names have no address', async () => {
    const { exchanges } = await run([link()], { addresses: name => (name === lbName ? [] : ['52.0.0.1']) })
    const direct = exchanges.filter(e => e.request.connect.name === lbName)
    expect(new Set(reasons(direct))).toEqual(new Set(['unresolved']))
  })

  it('takes a resolver that fails for a name without address', async () => {
    const failing = () => {
      throw new Error('SERVFAIL')
    }
    const { exchanges } = await run([link()], { addresses: failing })
    expect(new Set(reasons(exchanges))).toEqual(new Set(['unresolved']))
  })

  it('asks an origin name only at an address of the load balancer itself', async () => {
    const of = link()
    const [first] = planOf([of])
    if (first === undefined) throw new Error('the plan is not empty')
    const plan = [{ ...first, connect: { name: 'origin.example.com', port: 443, family: 4 as const } }]
    const send = async (originAddress: string) => {
      const transport: Transport = {
        resolve: async name => (name === lbName ? ['52.0.0.1'] : [originAddress]),
        send: async request => ok(request),
      }
      return reasons(await sendProbes(plan, { policy: policyFor([of]), transport, clock: fakeClock() }))
    }
    expect(await send('52.0.0.1')).toEqual(['response'])
    expect(await send('52.9.9.9')).toEqual(['not-sent-unowned'])
  })

  it('never sends more than the budget of an origin', async () => {
    const { sent, exchanges } = await run([link()], { policy: { limits: { requestsPerOrigin: 5 } } })
    expect(sent).toHaveLength(5)
    expect(
      reasons(exchanges)
        .slice(5)
        .every(r => r === 'not-sent-budget'),
    ).toBe(true)
  })

  it('never sends more than the budget of the run', async () => {
    const { sent } = await run(apart(4), { policy: { limits: { requestsInAll: 7 } } })
    expect(sent).toHaveLength(7)
  })

  it('does not count what was not sent against the budget of the run', async () => {
    const { sent, plan } = await run(apart(2), {
      addresses: name => (name === 'lb-0.eu-west-1.elb.amazonaws.com' ? ['10.0.0.1'] : ['52.0.0.1']),
      policy: { limits: { requestsInAll: 20 } },
    })
    expect(sent.length).toBe(Math.min(20, plan.filter(r => !r.connect.name.startsWith('lb-0')).length))
  })

  it('leaves an origin alone after three server errors in a row', async () => {
    const broken = response(500, 'oops')
    const { sent, exchanges } = await run([link()], {
      outcome: (r, n) => (n > 2 ? answered(r, broken).outcome : ok(r)),
    })
    expect(sent).toHaveLength(5)
    expect(
      reasons(exchanges)
        .slice(5)
        .every(r => r === 'not-sent-budget'),
    ).toBe(true)
  })

  it('goes on after two server errors and a recovery', async () => {
    const broken = response(500, 'oops')
    const { sent, plan } = await run([link()], {
      outcome: (r, n) => (n % 3 === 0 ? ok(r) : answered(r, broken).outcome),
    })
    expect(sent).toHaveLength(plan.length)
  })

  it('leaves an origin alone that becomes three times as slow', async () => {
    const { sent } = await run([link()], { takes: n => (n > 6 ? 4_000 : 500) })
    expect(sent.length).toBe(9)
  })

  it('does not mind a slow origin that stays as it is, nor a quick one that wavers', async () => {
    const steady = await run([link()], { takes: () => 4_000 })
    expect(steady.sent).toHaveLength(steady.plan.length)
    const wavering = await run([link()], { takes: n => (n > 6 ? 200 : 2) })
    expect(wavering.sent).toHaveLength(wavering.plan.length)
  })

  it('does not take a closed door for an ailing origin', async () => {
    const refused = { kind: 'no-response', reason: 'connect-timeout', message: 'x' } as const
    const { sent, plan } = await run([link()], { outcome: () => refused, takes: () => 3_000 })
    expect(sent).toHaveLength(plan.length)
  })

  property.prop(
    [fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 3 })],
    {
      numRuns: 20,
    },
  )(
    'never asks an origin twice at once nor too many origins, and keeps the order of the plan',
    async (delays, atOnce) => {
      const links = apart(4)
      const plan = planOf(links)
      const busy = new Set<string>()
      let most = 0
      let n = 0
      const transport: Transport = {
        resolve: async () => ['52.0.0.1'],
        send: async request => {
          expect(busy.has(request.link)).toBe(false)
          busy.add(request.link)
          most = Math.max(most, busy.size)
          for (let i = delays[n++ % delays.length] ?? 0; i > 0; i--) await Promise.resolve()
          busy.delete(request.link)
          return ok(request)
        },
      }
      const policy = policyFor(links, { limits: { originsAtOnce: atOnce } })
      const exchanges = await sendProbes(plan, { policy, transport, clock: fakeClock() })
      expect(exchanges.map(e => e.id)).toEqual(plan.map(r => r.id))
      expect(most).toBeLessThanOrEqual(atOnce)
    },
  )
})
