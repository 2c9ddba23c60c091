/** `originproof scan`: reads the account, proves, probes, judges and reports. */
import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { planScan, type ScanOptions, scan } from '#scan.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { collectOptions } from '../account.ts'
import { deliver, planDelivery, prepareDelivery, snapshotCitation, snapshotFileOf } from '../deliver.ts'
import { exitCode, exitCodes } from '../exit-code.ts'
import { historyOf } from '../history.ts'
import { prepareFolder, writeWhole } from '../output.ts'
import { version } from '../package-files.ts'
import { describeReading } from '../plaintext.ts'
import { describePlan, probeOptions } from '../probe.ts'
import type { Run } from '../program.ts'
import { type Progress, startProgress } from '../progress.ts'
import { loadRules } from '../rules.ts'
import { type Settings, settingsOf } from '../settings.ts'

/** What only the demo adds: the laboratory's loopback ports and a quicker pace. */
export type Overrides = (options: ScanOptions) => ScanOptions

const printPlan = async (settings: Settings, progress: Progress): Promise<number> => {
  const { ownedHosts } = settings
  const probe = { mode: settings.probe || 'safe', ownedHosts, seed: randomUUID() } as const
  // A plan needs no values of others: what would be read is named, and not read.
  const collect = { ...(await collectOptions(settings, progress)), findPlaintext: false }
  const plan = await planScan({ collect, probe })
  progress.done()
  process.stdout.write(describePlan(settings.probe === false ? { requests: [], unasked: [] } : plan))
  if (settings.findPlaintext) process.stdout.write(describeReading())
  return exitCodes.clean
}

/** Scans and delivers; answers the exit code and the files written. */
export const scanAndDeliver = async (
  settings: Settings,
  overrides: Overrides = options => options,
): Promise<{ readonly code: number; readonly files: readonly string[] }> => {
  const delivery = planDelivery(settings)
  await prepareDelivery(delivery)
  if (settings.saveSnapshot) await prepareFolder(dirname(settings.saveSnapshot))
  const rulebook = await loadRules(settings.rules, settings.adjust)
  const progress = startProgress()
  const options = overrides({
    collect: await collectOptions(settings, progress),
    remember: historyOf(settings),
    probe: settings.probe === false ? null : await probeOptions(settings, settings.probe, progress),
    judge: {
      rulebook,
      profile: settings.ruleProfile,
      toolVersion: await version(),
      acceptedHosts: settings.acceptedHosts,
      snapshotName: snapshotCitation(snapshotFileOf(delivery) ?? settings.saveSnapshot ?? ''),
    },
    onStage: stage => progress.stage(stage),
  })
  const { snapshot, result } = await scan(options)
  progress.done()
  if (settings.saveSnapshot) await writeWhole(settings.saveSnapshot, snapshotLines(snapshot))
  const files = await deliver(result, snapshot, delivery)
  return { code: exitCode(result.summary, settings.failOn), files }
}

export const run: Run = async given => {
  const settings = await settingsOf(given)
  if (settings.dryRun) return printPlan(settings, startProgress())
  const { code, files } = await scanAndDeliver(settings)
  for (const file of files) process.stderr.write(`originproof: wrote ${file}\n`)
  return code
}
