/** An origin that is an instance, with a load balancer beside it that leads to the same one. */
import { expect, test } from 'vitest'
import { instanceId } from '#lab/build/instance.ts'
import { forward } from '#lab/build/rules.ts'
import type { World } from '#lab/world.ts'
import { proveLinks } from '#prove/prove.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import { b51 } from '../../fixtures/worlds/bypass/b51.ts'
import { withSecond } from '../../fixtures/worlds/bypass/beside.ts'
import { admit, edit } from '../../fixtures/worlds/bypass/parts.ts'
import { snapshotOf } from './bypass-pipeline.ts'

const instance = instanceId('host')

const beside = (port: number): World => {
  const world = withSecond(b51.right, {
    admits: [admit('world', 80)],
    listeners: [{ port: 80, protocol: 'HTTP', otherwise: forward() }],
  })
  const registered = edit(world, types.targetGroup, config => ({ ...config, TargetType: 'instance' }))
  return edit(registered, types.targetHealth, config => ({
    ...config,
    TargetHealthDescriptions: [{ Target: { Id: instance, Port: port }, TargetHealth: { State: 'healthy' } }],
  }))
}

const verdictOf = async (world: World) => {
  const topology = buildTopology(await snapshotOf(world))
  return proveLinks(topology).find(({ link }) => link.target.kind === 'instance')?.internet
}

test('a load balancer that leads to the instance of an origin is found, and opens it', async () => {
  const internet = await verdictOf(beside(443))
  expect(internet).toMatchObject({ verdict: 'open', witness: { port: 80 } })
})

test('one that leads to another port of it does not', async () => {
  expect(await verdictOf(beside(9000))).toMatchObject({ verdict: 'closed' })
})
