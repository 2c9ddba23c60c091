import fc from 'fast-check'
import { afterAll, test } from 'vitest'
import { known } from '#base/known.ts'
import type { LoadBalancer } from '#topology/model.ts'
import { admit, cloudFront4, subnet } from './build.ts'
import {
  agreesWithTrying,
  balancer,
  denyNeverOpens,
  equalsMaySwap,
  orderIsNothing,
  unknownIsNeverClosed,
} from './properties.ts'
import { rulesArbitrary } from './random.ts'

/** PROVE_RUNS asks for more, PROVE_SEED for the same again; `test/prove/long-run.ts` searches for longer still. */
const numRuns = Number(process.env.PROVE_RUNS ?? 150)
const seed = Number(process.env.PROVE_SEED ?? Math.floor(Math.random() * 2 ** 31))
const options = { numRuns, seed }

afterAll(() => process.stdout.write(`property tests of the prover: PROVE_SEED=${seed}\n`))

test('what the search finds is what trying every request finds, and nothing else is left open without a name', () => {
  fc.assert(
    fc.property(rulesArbitrary, rules => void agreesWithTrying(rules)),
    options,
  )
})

test('the order of the list, apart from priorities, changes nothing', () => {
  const keys = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
  fc.assert(fc.property(rulesArbitrary, keys, orderIsNothing), options)
})

test('two neighbouring rules that do the same may change places', () => {
  fc.assert(fc.property(rulesArbitrary, fc.nat({ max: 4 }), equalsMaySwap), options)
})

test('a further deny in front never opens a way', () => {
  fc.assert(fc.property(rulesArbitrary, rulesArbitrary, denyNeverOpens), options)
})

test('knowing less never turns anything into closed', () => {
  const networks = fc.record({
    ingress: fc.constantFrom(known([admit('0.0.0.0/0')]), known([admit(cloudFront4)])),
    scheme: fc.constantFrom('internal', 'internet-facing'),
    subnets: fc.constant(known([subnet()])),
  })
  fc.assert(
    fc.property(rulesArbitrary, networks, (rules, network) =>
      unknownIsNeverClosed(balancer(rules, network as Partial<LoadBalancer>)),
    ),
    { ...options, numRuns: Math.ceil(numRuns / 3) },
  )
})
