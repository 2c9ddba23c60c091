import fc from 'fast-check'
import { expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { outcomeOf } from '#prove/alb/interpret.ts'
import { proveLinks } from '#prove/prove.ts'
import type { LoadBalancer, Rule } from '#topology/model.ts'
import { bruteForce } from './brute-force.ts'
import {
  admit,
  alb,
  app,
  cloudFront4,
  fixed,
  gap,
  linkTo,
  listener,
  rule,
  subnet,
  topologyOf,
} from './build.ts'
import { rulesArbitrary } from './random.ts'
import { proved } from './sound.ts'

/** Set PROVE_RUNS for a longer search; a failure prints its seed. */
const runs = Number(process.env.PROVE_RUNS ?? 150)

const reachesApp = ({ actions: chain }: Rule): boolean => {
  const outcome = outcomeOf(chain)
  return outcome.kind === 'forward' && outcome.groups.some(g => g.known && g.value === app)
}

/** One listener, which is also the one that CloudFront uses. */
const balancer = (rules: readonly Rule[], more: Partial<LoadBalancer> = {}): LoadBalancer =>
  alb([listener(rules)], more)

const linkOf = (lb: LoadBalancer) => linkTo(lb, { protocolPolicy: 'https-only' })

const internetOf = (lb: LoadBalancer) => {
  const [exposure] = proved(topologyOf([linkOf(lb)]))
  if (exposure === undefined) throw new Error('no link')
  return exposure.internet
}

test('what the search finds is what trying every request finds', () => {
  fc.assert(
    fc.property(rulesArbitrary, rules => {
      const { verdict } = internetOf(servedByApp(rules))
      const best = bruteForce(rules, reachesApp)
      if (best === 'nothing') expect(['closed', 'unknown', 'authenticated']).toContain(verdict)
      else expect(verdict).toBe(best)
    }),
    { numRuns: runs },
  )
})

/** CloudFront reaches `app` over a listener of its own, so that `app` and nothing else is the backend. */
const servedByApp = (rules: readonly Rule[]): LoadBalancer =>
  alb(
    [
      listener([rule('default', [], { kind: 'forward', groups: [{ group: known(app), weight: 1 }] })], {
        mutualTls: 'verify',
      }),
      listener(rules, { port: 8443 }),
    ],
    {},
  )

test('the order of the list, apart from priorities, changes nothing', () => {
  fc.assert(
    fc.property(
      rulesArbitrary,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (rules, keys) => {
        const shuffled = rules
          .map(r => ({ r, key: keys.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ r }) => r)
        const straight = proveLinks(topologyOf([linkOf(balancer(rules))]))[0]?.internet
        const mixed = proveLinks(topologyOf([linkOf(balancer(shuffled))]))[0]?.internet
        expect(mixed?.verdict).toBe(straight?.verdict)
      },
    ),
    { numRuns: runs },
  )
})

test('a further deny in front never opens a way', () => {
  fc.assert(
    fc.property(rulesArbitrary, rulesArbitrary, (rules, others) => {
      const denies = others
        .filter(r => r.priority !== 'default')
        .map((r, i) => rule(i - 100, r.conditions, fixed(403)))
      const before = internetOf(servedByApp(rules)).verdict
      const after = internetOf(servedByApp([...denies, ...rules])).verdict
      const rank = ['closed', 'authenticated', 'unknown', 'guessable', 'open']
      if (before !== 'unknown')
        expect(rank.indexOf(after)).toBeLessThanOrEqual(Math.max(rank.indexOf(before), 2))
      if (after === 'open' || after === 'guessable')
        expect(rank.indexOf(before)).toBeGreaterThanOrEqual(rank.indexOf(after))
    }),
    { numRuns: runs },
  )
})

/** Every copy of the value in which one known thing is not known. */
const lessKnown = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return []
  const here = 'known' in value && value.known === true ? [{ known: false, gaps: [gap('Anything')] }] : []
  const parts = Array.isArray(value)
    ? value.flatMap((item: unknown, i) => lessKnown(item).map(less => value.with(i, less)))
    : Object.entries(value).flatMap(([key, item]) => lessKnown(item).map(less => ({ ...value, [key]: less })))
  return [...here, ...parts]
}

test('knowing less never turns anything into closed', () => {
  const networks = fc.record({
    ingress: fc.constantFrom(known([admit('0.0.0.0/0')]), known([admit(cloudFront4)])),
    scheme: fc.constantFrom('internal', 'internet-facing'),
    subnets: fc.constant(known([subnet()])),
  })
  fc.assert(
    fc.property(rulesArbitrary, networks, (rules, network) => {
      const lb = balancer(rules, network as Partial<LoadBalancer>)
      const verdicts = (it: LoadBalancer) => {
        const [e] = proveLinks(topologyOf([linkOf(it)]))
        return [e?.internet.verdict, e?.tenant.verdict]
      }
      const before = verdicts(lb)
      for (const less of lessKnown(lb)) {
        verdicts(less as LoadBalancer).forEach((after, i) => {
          if (after === 'closed') expect(before[i]).toBe('closed')
          if (after === 'authenticated') expect(['authenticated', 'closed']).toContain(before[i])
        })
      }
    }),
    { numRuns: Math.ceil(runs / 3) },
  )
})
