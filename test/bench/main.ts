/**
 * `npm run bench [calls|limits|growth|prover] [sizes]`: measures the calls a scan makes, the time it takes under AWS's
 * rates, how time and memory grow, and what proving costs. Prints tables; README.md says what they mean and what was measured.
 */
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { type Calls, leastCalls, total } from './least-calls.ts'
import { type CallsByPlace, limitBound, longestChain } from './limits.ts'
import { measureProver } from './prover.ts'
import type { ScanMeasure } from './scan-process.ts'
import { growthExponent, type Row, table } from './table.ts'
import { inFolder, judgeFile, type Measured, scanLab } from './with-lab.ts'
import { type WorldName, worldNamed } from './worlds.ts'

const latencyMs = 40
const say = (text = ''): void => void process.stdout.write(`${text}\n`)
const titleOf = (name: WorldName): string => (name === 'demo' ? 'demo' : `estate of ${name}`)
const estate = 200

const scanned = (world: WorldName, options: { latencyMs: number; limited: boolean }): Promise<Measured> =>
  inFolder(folder => scanLab({ world, ...options }, 'all', join(folder, 'snapshot.ndjson')))

const byOperation = (answered: CallsByPlace): Calls => {
  const sums = new Map<string, number>()
  for (const [place, calls] of Object.entries(answered)) {
    const [operation = ''] = place.split(' ')
    sums.set(operation, (sums.get(operation) ?? 0) + calls)
  }
  return sums
}

/** Operations that were asked more or less often than the least. */
const differences = (made: Calls, least: Calls): string =>
  [...new Set([...made.keys(), ...least.keys()])]
    .sort()
    .flatMap(operation => {
      const more = (made.get(operation) ?? 0) - (least.get(operation) ?? 0)
      return more === 0 ? [] : [`${operation.split(':')[1]} ${more > 0 ? '+' : ''}${more}`]
    })
    .join(', ')

const measureCalls = async (): Promise<void> => {
  say('\nAWS calls made, against the least possible (target: ratio at most 1.1)\n')
  const rows: Row[] = []
  for (const name of ['demo', estate, 1000] as const) {
    const { lab } = await scanned(name, { latencyMs: 0, limited: false })
    const [made, least] = [byOperation(lab.answered), leastCalls(worldNamed(name))]
    rows.push([titleOf(name), lab.asked, total(least), lab.asked / total(least), differences(made, least)])
  }
  say(table(['world', 'made', 'least', 'ratio', 'difference'], rows))
}

const measureLimits = async (): Promise<void> => {
  say(
    `\nWhole scan under AWS's rates at ${latencyMs} ms latency, against the time that those alone impose (target: 1.3)\n`,
  )
  const rows: Row[] = []
  for (const name of ['demo', estate] as const) {
    const { scan, lab } = await scanned(name, { latencyMs, limited: true })
    const { seconds, bucket } = limitBound(lab.answered)
    const least = seconds + (longestChain(worldNamed(name)) * latencyMs) / 1000
    const whole = scan.steps.total ?? Number.NaN
    rows.push([
      titleOf(name),
      whole,
      least,
      whole / least,
      scan.steps.collect ?? 0,
      lab.refused,
      scan.gaps,
      bucket,
    ])
  }
  say(table(['world', 'scan s', 'least s', 'ratio', 'collect s', 'refused', 'gaps', 'busiest'], rows))
}

interface Growth {
  readonly collect: Measured
  readonly judge: ScanMeasure
}

const grow = (size: number): Promise<Growth> =>
  inFolder(async folder => {
    const file = join(folder, 'snapshot.ndjson')
    const collect = await scanLab({ world: size, latencyMs: 0, limited: false }, 'collect', file)
    return { collect, judge: await judgeFile(file) }
  })

/** Processor time after collecting, step by step. */
const judgeStep =
  (step: string) =>
  (g: Growth): number =>
    g.judge.cpu[step] ?? 0

const measured: readonly (readonly [string, (g: Growth) => number])[] = [
  ['AWS calls', g => g.collect.lab.asked],
  ['collect, s by the clock', g => g.collect.scan.steps.collect ?? 0],
  ['collect, s of processor', g => g.collect.scan.cpu.collect ?? 0],
  ['  the laboratory beside it', g => g.collect.lab.cpu],
  ['  memory, MB', g => g.collect.scan.memory],
  ['read snapshot, s', judgeStep('read')],
  ['build topology, s', judgeStep('topology')],
  ['prove, s', judgeStep('prove')],
  ['solve fixes, s', judgeStep('fix')],
  ['judge, s', judgeStep('judge')],
  ['render terminal, s', judgeStep('terminal')],
  ['render json, s', judgeStep('json')],
  ['render sarif, s', judgeStep('sarif')],
  ['render html, s', judgeStep('html')],
  ['all after collecting, s', judgeStep('total')],
  ['  memory, MB', g => g.judge.memory],
  ['snapshot.ndjson, MB', g => g.collect.scan.sizes.snapshot ?? 0],
  ['report.txt, MB', g => g.judge.sizes.terminal ?? 0],
  ['result.json, MB', g => g.judge.sizes.json ?? 0],
  ['report.sarif, MB', g => g.judge.sizes.sarif ?? 0],
  ['report.html, MB', g => g.judge.sizes.html ?? 0],
]

const measureGrowth = async (sizes: readonly number[]): Promise<void> => {
  say('\nProcessor time and memory by number of distributions, without latency and limits. The exponent is')
  say('that of the last step: 1 is linear, 2 quadratic.\n')
  const grown: Growth[] = []
  for (const size of sizes) grown.push(await grow(size))
  const rows = measured.map(([title, of]): Row => {
    const values = grown.map(of)
    return [title, ...values, growthExponent(sizes, values)]
  })
  say(table(['', ...sizes.map(String), 'exponent'], rows))
}

const [only, list] = process.argv.slice(2)
const sizes = (list ?? '100,1000,5000').split(',').map(Number)
const load = (loadavg()[0] ?? 0).toFixed(1)
say(`${availableParallelism()} cores, Node ${process.version}, ${load} processes already waiting for them`)
if (only === undefined || only === 'calls') await measureCalls()
if (only === undefined || only === 'limits') await measureLimits()
if (only === undefined || only === 'growth') await measureGrowth(sizes)
if (only === undefined || only === 'prover') await measureProver(Number(only && list ? list : 1_000), say)
