/** `originproof judge`: proves and judges a saved snapshot, without reading or sending anything. */
import { judgeSnapshot } from '#scan.ts'
import { readSnapshot } from '#snapshot/read.ts'
import { deliver, planDelivery, prepareDelivery, snapshotCitation } from '../deliver.ts'
import { exitCode } from '../exit-code.ts'
import { version } from '../package-files.ts'
import type { Run } from '../program.ts'
import { readText } from '../read-file.ts'
import { loadRules } from '../rules.ts'
import { settingsOf } from '../settings.ts'

export const run: Run = async options => {
  const settings = await settingsOf(options)
  const file = String(options.snapshot)
  const delivery = planDelivery(settings)
  await prepareDelivery(delivery)
  const rulebook = await loadRules(settings.rules, settings.adjust)
  const snapshot = readSnapshot(await readText(file, 'the snapshot'), file)
  const result = judgeSnapshot(snapshot, {
    rulebook,
    profile: settings.ruleProfile,
    toolVersion: await version(),
    acceptedHosts: settings.acceptedHosts,
    snapshotName: snapshotCitation(file),
  })
  await deliver(result, null, delivery)
  return exitCode(result.summary, settings.failOn)
}
