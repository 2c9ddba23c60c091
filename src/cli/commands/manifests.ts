/** `originproof manifests`: judges Kubernetes manifests before they are applied, without an AWS account. */
import type { Rulebook } from '#rulebook/rule.ts'
import { judgeSnapshot, observeClusters } from '#scan.ts'
import { deliver, planDelivery, prepareDelivery, snapshotCitation, snapshotFileOf } from '../deliver.ts'
import { exitCode } from '../exit-code.ts'
import { readManifests } from '../manifests.ts'
import { version } from '../package-files.ts'
import type { Run } from '../program.ts'
import { loadRules } from '../rules.ts'
import { sealKey } from '../seal-key.ts'
import { settingsOf } from '../settings.ts'

const kinds = ['ingress', 'ingress-controller', 'balancer-ingress', 'cluster-route']

/** Rules about anything else have nothing to judge here. */
const ofClusters = (rulebook: Rulebook): Rulebook => ({
  ...rulebook,
  rules: rulebook.rules.filter(r => kinds.includes(r.subject)),
})

export const run: Run = async (options, paths) => {
  const settings = await settingsOf(options)
  const delivery = planDelivery(settings)
  await prepareDelivery(delivery)
  const rulebook = await loadRules(settings.rules, settings.adjust)
  const toolVersion = await version()
  const snapshot = await observeClusters({
    manifests: await readManifests(paths),
    sealKey: await sealKey(settings.sealKeyFile),
    now: new Date(),
    tool: `originproof ${toolVersion}`,
  })
  const result = judgeSnapshot(snapshot, {
    rulebook: ofClusters(rulebook),
    profile: settings.ruleProfile,
    toolVersion,
    snapshotName: snapshotCitation(snapshotFileOf(delivery) ?? ''),
  })
  for (const file of await deliver(result, snapshot, delivery))
    process.stderr.write(`originproof: wrote ${file}\n`)
  return exitCode(result.summary, settings.failOn)
}
