/** `originproof manifests`: judges Kubernetes manifests before they are applied, without an AWS account. */
import { UserFault } from '#base/fault.ts'
import type { Rulebook } from '#rulebook/rule.ts'
import { judgeSnapshot, observeClusters } from '#scan.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
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

const doors: readonly string[] = [types.ingress, types.httpRoute, types.ingressRoute]

/** What the reader must know where no rule finds anything to judge. Throws where there is no object: a pipe that broke looks like that. */
const noteOn = ({ reads, resources, gaps }: Snapshot): string | null => {
  if (gaps.length > 0 || resources.some(r => doors.includes(r.type))) return null
  const count = reads.reduce((sum, read) => sum + read.count, 0)
  if (count > 0)
    return `objects read: ${count}, none of which lets requests in (Ingress, HTTPRoute, IngressRoute), so that there was nothing to judge: name the manifests that hold them, rendered.`
  throw new UserFault(
    'There is no Kubernetes object in these manifests: name rendered ones, or look whether the command whose output is piped in has failed.',
  )
}

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
  const note = noteOn(snapshot)
  const result = judgeSnapshot(snapshot, {
    rulebook: ofClusters(rulebook),
    profile: settings.ruleProfile,
    toolVersion,
    snapshotName: snapshotCitation(snapshotFileOf(delivery) ?? ''),
  })
  for (const file of await deliver(result, snapshot, delivery))
    process.stderr.write(`originproof: wrote ${file}\n`)
  if (note !== null) process.stderr.write(`originproof: ${note}\n`)
  return exitCode(result.summary, settings.failOn)
}
