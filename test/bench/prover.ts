/** What proving costs: by the rules of one load balancer, and by load balancers of a hundred rules each. */
import { runChild } from './child.ts'
import type { ProverMeasure, ProverTask } from './prover-process.ts'
import { growthExponent, type Row, table } from './table.ts'

const shapes: readonly ProverTask['shape'][] = ['gated', 'mixed', 'open']
const head = ['', 'prove s', 'check s', 'kB', 'obligations', 'a certificate, kB', 'verdict']

const measured = (task: ProverTask): Promise<ProverMeasure> => runChild('prover-process.ts', task)

const rowOf = (title: string, m: ProverMeasure): Row => [
  title,
  m.prove,
  m.check,
  m.bytes / 1e3,
  m.obligations,
  m.certificates === 0 ? '' : m.bytes / 1e3 / m.certificates,
  m.verdicts,
]

const exponents = (sizes: readonly number[], all: readonly ProverMeasure[]): Row => [
  '  exponent',
  growthExponent(
    sizes,
    all.map(m => m.prove),
  ),
  growthExponent(
    sizes,
    all.map(m => m.check),
  ),
  growthExponent(
    sizes,
    all.map(m => m.bytes),
  ),
]

/** One step of growth per shape; `copies` load balancers measured together so that one is not lost in starting up. */
const rowsBy = async (
  sizes: readonly number[],
  taskOf: (shape: ProverTask['shape'], size: number) => ProverTask,
  titleOf: (size: number) => string,
): Promise<readonly Row[]> => {
  const rows: Row[] = []
  for (const shape of shapes) {
    const all: ProverMeasure[] = []
    for (const size of sizes) all.push(await measured(taskOf(shape, size)))
    rows.push(...all.map((m, i) => rowOf(`${shape}, ${titleOf(sizes[i] ?? 0)}`, m)))
    if (sizes.length > 1) rows.push(exponents(sizes, all))
  }
  return rows
}

const copies = 100

/** Processor seconds of `loadBalancers` load balancers of a hundred rules, and of a hundred of 10 and 100 rules. */
export const measureProver = async (loadBalancers: number, say: (text?: string) => void): Promise<void> => {
  say(
    `\nProving ${copies} load balancers, both address families, two vantages each, by their rules (target: 1.2)\n`,
  )
  const byRules = await rowsBy(
    [10, 100],
    (shape, rules) => ({ shape, rules, loadBalancers: copies }),
    rules => `${rules} rules`,
  )
  say(table(head, byRules))
  say('\nProving load balancers of 100 rules, by their number (target: 1.2)\n')
  const byNumber = await rowsBy(
    [loadBalancers / 10, loadBalancers],
    (shape, number) => ({ shape, rules: 100, loadBalancers: number }),
    number => `${number} load balancers`,
  )
  say(table(head, byNumber))
}
