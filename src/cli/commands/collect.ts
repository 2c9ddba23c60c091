/** `originproof collect`: reads the account and writes a snapshot, secrets sealed; judges nothing. */
import { dirname } from 'node:path'
import { observe } from '#scan.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { collectOptions } from '../account.ts'
import { exitCodes } from '../exit-code.ts'
import { historyOf } from '../history.ts'
import { prepareFolder, writeWhole } from '../output.ts'
import type { Run } from '../program.ts'
import { startProgress } from '../progress.ts'
import { settingsOf } from '../settings.ts'

export const run: Run = async options => {
  const file = String(options.output)
  // Here --output names a file; the folder of reports that a config may name is not meant.
  const settings = await settingsOf({ ...options, output: undefined })
  await prepareFolder(dirname(file))
  const progress = startProgress()
  const snapshot = await observe({
    collect: await collectOptions(settings, progress),
    remember: historyOf(settings),
  })
  progress.done()
  await writeWhole(file, snapshotLines(snapshot))
  const { resources, gaps } = snapshot
  process.stderr.write(`originproof: wrote ${file}: ${resources.length} resources, ${gaps.length} gaps\n`)
  return gaps.length > 0 ? exitCodes.incomplete : exitCodes.clean
}
