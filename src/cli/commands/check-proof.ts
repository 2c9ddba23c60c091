/** `originproof check-proof`: holds a saved result against the snapshot it came from, without the prover. */
import { checkResult } from '#scan.ts'
import { readSnapshot } from '#snapshot/read.ts'
import { exitCodes } from '../exit-code.ts'
import type { Run } from '../program.ts'
import { plain } from '../progress.ts'
import { readText } from '../read-file.ts'
import { readResult } from '../read-result.ts'

export const run: Run = async (options, [file]) => {
  const snapshotFile = String(options.snapshot)
  const result = await readResult(String(file))
  const snapshot = readSnapshot(await readText(snapshotFile, 'the snapshot'), snapshotFile)
  const { certificates, witnesses, problems } = checkResult(snapshot, result)
  for (const { link, vantage, text } of problems)
    process.stdout.write(`${plain(`${link}${vantage ? ` (${vantage})` : ''}: ${text}`)}\n`)
  const verdict =
    problems.length === 0
      ? 'all hold'
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
  process.stdout.write(`${certificates} certificates and ${witnesses} requests checked: ${verdict}.\n`)
  return problems.length === 0 ? exitCodes.clean : exitCodes.findings
}
