/** Writes to a history without end, until it is killed: batch n holds n in every sighting. Says each batch when it is stored. */
import { isProblem, openHistory } from '#history/store.ts'
import { batch, batchTime } from './batches.ts'

const history = await openHistory(process.argv[2] ?? '')
if (isProblem(history)) throw new Error(history.problem)
for (let n = Number(process.argv[3]); ; n++) {
  const problem = history.record(batch(n), batchTime(n))
  if (problem) throw new Error(problem.problem)
  process.stdout.write(`${n}\n`)
}
