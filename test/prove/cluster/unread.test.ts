/** What was not read, or is not understood, never makes a link into a cluster closed. */
import { expect, test } from 'vitest'
import { proveLinks } from '#prove/prove.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import { clusterCases } from '../../../fixtures/worlds/cluster/cases.ts'
import { snapshotOf } from '../bypass-pipeline.ts'

const caseOf = (title: string) => {
  const found = clusterCases.find(c => c.title === title)
  if (found === undefined) throw new Error(`There is no case ${title}.`)
  return found
}

const verdicts = (snapshot: Snapshot): readonly string[] =>
  proveLinks(buildTopology(snapshot)).flatMap(e => [e.internet.verdict, e.tenant.verdict])

const titles = clusterCases
  .filter(c => c.verdict === 'closed' && c.title !== 'the listener asks for the token already')
  .map(c => c.title)

test.each(titles)('%s: a document that cannot be read leaves it unknown', async title => {
  const { world, manifests } = caseOf(title)
  const broken = { path: 'deploy/broken.yaml', text: 'kind: Ingress\nspec: [\n' }
  expect(verdicts(await snapshotOf(world, [...manifests, broken]))).not.toContain('closed')
})

test.each(titles)('%s: without the settings of the controller it is not closed', async title => {
  const { world, manifests } = caseOf(title)
  const snapshot = await snapshotOf(world, manifests)
  const resources = snapshot.resources.filter(r => r.type !== types.configMap)
  expect(verdicts({ ...snapshot, resources })).not.toContain('closed')
})

test.each(titles)(
  '%s: without its class it is not open for sure, nor without its objects closed',
  async title => {
    const { world, manifests } = caseOf(title)
    const snapshot = await snapshotOf(world, manifests)
    const without = (type: string): Snapshot => ({
      ...snapshot,
      resources: snapshot.resources.filter(r => r.type !== type),
    })
    expect(verdicts(without(types.ingressClass))).not.toContain('open')
    expect(verdicts(without(types.ingress))).not.toContain('closed')
  },
)

test('an account without a cluster is judged as before', async () => {
  const { world } = caseOf('each Ingress has the snippet')
  expect(verdicts(await snapshotOf(world))).toEqual(['open', 'open'])
})
