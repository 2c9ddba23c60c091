/** The store that an API's authorizer compares with, found by the environment of its function and nothing else. */
import { expect, it } from 'vitest'
import { withDenied } from '#lab/aws/policy.ts'
import type { World } from '#lab/world.ts'
import type { ScanResult } from '#scan.ts'
import { types } from '#snapshot/resource-types.ts'
import { snapshotLines } from '#snapshot/write.ts'
import * as worlds from '../../fixtures/worlds/api-token.ts'
import { run } from '../collect/run.ts'
import { judged, snapshotOf } from './bypass-pipeline.ts'

const rules = ['api-parameter-encrypted', 'api-rotation-scheduled', 'token-fresh', 'token-rotation-works']

const outcomes = ({ findings }: ScanResult) =>
  Object.fromEntries(rules.map(id => [id, findings.find(f => f.rule === id)?.outcome ?? 'clear']))

const scanned = async (world: World) => judged(await snapshotOf(world))

const wordsOf = (result: ScanResult, rule: string): string =>
  result.findings
    .filter(f => f.rule === rule)
    .flatMap(f => [f.message, f.remediation, ...f.evidence.map(e => e.text)])
    .join('\n')

it('finds nothing wrong with an encrypted parameter that a schedule rotates', async () => {
  expect(outcomes(await scanned(worlds.encryptedAndRotated))).toEqual({
    'api-parameter-encrypted': 'clear',
    'api-rotation-scheduled': 'clear',
    // A parameter does not tell whether its value was changed or its description.
    'token-fresh': 'unknown',
    'token-rotation-works': 'clear',
  })
})

it('finds nothing wrong with a secret that Secrets Manager rotates, whatever its function knows', async () => {
  expect(outcomes(await scanned(worlds.rotatedSecret))).toEqual({
    'api-parameter-encrypted': 'clear',
    'api-rotation-scheduled': 'clear',
    'token-fresh': 'clear',
    'token-rotation-works': 'clear',
  })
})

it('finds a plain parameter that nothing rotates any more, and says by which function it is tied', async () => {
  const result = await scanned(worlds.plainAndStale)
  expect(outcomes(result)).toMatchObject({
    'api-parameter-encrypted': 'violated',
    'api-rotation-scheduled': 'violated',
    'token-fresh': 'violated',
    'token-rotation-works': 'violated',
  })
  expect(wordsOf(result, 'api-parameter-encrypted')).toContain('function gate of authorizer gate names it')
  const steps = wordsOf(result, 'token-fresh')
  const gate = 'arn:aws:lambda:eu-west-1:111122223333:function:gate'
  expect(steps).toContain(`--function-name ${gate}`)
  expect(steps).toContain(`aws ssm delete-parameter --region eu-west-1 --name ${worlds.parameter}-next`)
  expect(steps).not.toContain('ORIGINNEXT')
})

it('finds a secret of an HTTP API that has no rotation', async () => {
  const result = await scanned(worlds.unrotatedSecret)
  expect(outcomes(result)).toMatchObject({ 'api-rotation-scheduled': 'violated' })
  expect(wordsOf(result, 'api-rotation-scheduled')).toContain('secret edge/header has no rotation')
})

it.each([
  ['looks at another header', worlds.ofAnotherHeader({})],
  ['names two stores', worlds.ofTwoStores],
])('ties nothing to the token where the authorizer %s', async (_, world) => {
  expect(outcomes(await scanned(world))).toMatchObject({ 'api-parameter-encrypted': 'clear' })
})

it('ties it where the authorizer keeps no decision and the distribution sends no other value', async () => {
  const world = worlds.ofAnotherHeader({ identitySources: [], ttl: 0 })
  expect(outcomes(await scanned(world))).toMatchObject({ 'api-parameter-encrypted': 'violated' })
})

it('keeps names of the estate from the environment of the function, and nothing else', async () => {
  const snapshot = await snapshotOf(worlds.plainAndStale)
  const gate = snapshot.resources.find(
    r => r.type === types.functionNames && r.arn.endsWith(':function:gate'),
  )
  expect(gate?.config).toMatchObject({ Distributions: [], Origins: [], Secrets: [] })
  expect(gate?.config.Parameters).toEqual([expect.stringContaining(worlds.parameter)])
  expect([...snapshotLines(snapshot)].join('')).not.toContain(worlds.inEnvironment)
})

it.each(['lambda:ListFunctions', 'ssm:DescribeParameters', 'secretsmanager:ListSecrets', 'apigateway:GET'])(
  'never takes a store for well kept where %s is denied',
  async action => {
    const wrap = (handle: Parameters<typeof withDenied>[0]) => withDenied(handle, new Set([action]))
    const { snapshot } = await run({ world: worlds.plainAndStale, wrap })
    const result = await judged(snapshot)
    const told = result.findings.find(f => f.rule === 'api-parameter-encrypted')
    expect(['unknown', 'violated']).toContain(told?.outcome)
  },
)
