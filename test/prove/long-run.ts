/**
 * Searches random listeners for a verdict that does not hold, for as many as asked:
 * `node test/prove/long-run.ts --runs 200000 --seed 1`. A failure prints the smallest listener that shows it.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { agreesWithTrying, denyNeverOpens, equalsMaySwap, orderIsNothing } from './properties.ts'
import { rulesArbitrary } from './random.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const runs = Number(values.runs)
const seed = Number(values.seed)
const chunk = 2000

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const counts = new Map<string, number>()

/** Every listener is tried out in full; of every tenth what other listeners like it must give is tried too. */
let done = 0
const property = fc.property(
  rulesArbitrary,
  rulesArbitrary,
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
  (rules, others, keys) => {
    const verdict = agreesWithTrying(rules)
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
    if (++done % 10 !== 0) return
    orderIsNothing(rules, keys)
    equalsMaySwap(rules, Math.floor((keys[0] ?? 0) * 4))
    denyNeverOpens(rules, others)
  },
)

const began = Date.now()
let failures = 0
for (let from = 0; from < runs; from += chunk) {
  const numRuns = Math.min(chunk, runs - from)
  const result = fc.check(property, { numRuns, seed: seed + from })
  if (result.failed) {
    say(`seed ${result.seed}, path ${result.counterexamplePath}: ${String(result.errorInstance)}`)
    for (const { priority, conditions, actions } of result.counterexample?.[0] ?? [])
      say(`${priority} ${JSON.stringify(conditions)} ${actions.map(a => a.kind).join(' ')}`)
    failures++
  }
  const seconds = Math.round((Date.now() - began) / 1000)
  say(`${from + numRuns} listeners, ${seconds} s, ${JSON.stringify(Object.fromEntries(counts))}`)
}
say(`seed ${seed}: ${runs} listeners, ${failures === 0 ? 'no verdict failed' : `${failures} failures`}`)
process.exitCode = failures === 0 ? 0 : 1
