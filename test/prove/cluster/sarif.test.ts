/** Results about a cluster lie on the line of the manifest that says what is wrong. */
import type { Log, Result } from 'sarif'
import { expect, test } from 'vitest'
import { sarifReport } from '#report/sarif/log.ts'
import { type ClusterCase, clusterCases } from '../../../fixtures/worlds/cluster/cases.ts'
import { judged, snapshotOf } from '../bypass-pipeline.ts'

const caseOf = (title: string): ClusterCase => {
  const found = clusterCases.find(c => c.title.startsWith(title))
  if (found === undefined) throw new Error(`There is no world where ${title}.`)
  return found
}

const resultsOf = async ({ world, manifests }: ClusterCase): Promise<readonly Result[]> => {
  const log = JSON.parse(sarifReport(await judged(await snapshotOf(world, manifests)))) as Log
  return log.runs.flatMap(run => run.results ?? [])
}

/** The text of the line that a result of the rule points at. */
const lineAt = async (title: string, rule: string): Promise<string> => {
  const one = caseOf(title)
  const [result] = (await resultsOf(one)).filter(r => r.ruleId?.includes(rule))
  const { artifactLocation, region } = result?.locations?.[0]?.physicalLocation ?? {}
  const file = one.manifests.find(m => m.path === artifactLocation?.uri)
  if (file === undefined) throw new Error(`${rule} points at ${artifactLocation?.uri}.`)
  return file.text.split('\n')[(region?.startLine ?? 0) - 1] ?? ''
}

test.each([
  // The Ingress is a cause of it.
  ['no check at all', 'origin-closed-to-internet', 'apiVersion: networking.k8s.io/v1'],
  ['typographic quotes', 'ingress-snippet-parses', '      if ($http_x_origin_token != \u201d'],
  ['each Ingress has the snippet', 'ingress-token-not-in-clear', '      if ($http_x_origin_token != "'],
  ['the controller checks every location', 'ingress-token-not-in-clear', '    if ($http_x_origin_token != "'],
  ['snippets are not allowed', 'ingress-token-check-rendered', '      if ($http_x_origin_token != "'],
  ['the check compares with another value', 'ingress-credentials-match', '        return 403;'],
  ['a node port', 'ingress-no-ungated-sibling', 'apiVersion: v1'],
  ['no check at all', 'ingress-controller-supported', 'apiVersion: apps/v1'],
])('%s: %s lies on the line that says so', async (title, rule, text) => {
  expect((await lineAt(title, rule)).startsWith(text)).toBe(true)
})

test('other results lie in the snapshot', async () => {
  const results = await resultsOf(caseOf('no check at all'))
  const uris = results.map(r => r.locations?.[0]?.physicalLocation?.artifactLocation?.uri)
  expect(uris).toContain('snapshot.ndjson')
})
