/** EventBridge Scheduler: what drives the function that rotates a token, really collected. */
import { expect, it } from 'vitest'
import { withDenied } from '#lab/aws/policy.ts'
import { buildFunctionNames, buildTimer, lambdaArn } from '#lab/build/token-life.ts'
import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import { behind, locked, place } from '../../fixtures/worlds/bypass/parts.ts'
import { type RunOptions, run } from './run.ts'

const base = behind(locked)
const id = String(base.resources.find(r => r.type === types.distribution)?.config.Id)
const rotate = lambdaArn(place, 'rotate')
const invoke = 'arn:aws:scheduler:::aws-sdk:lambda:invoke'
const canary = 'input-canary-5b1f60c2'

const timers: readonly WorldResource[] = [
  buildTimer(place, 'direct', { expression: 'rate(30 days)', runs: rotate }),
  buildTimer(place, 'alias', { expression: 'rate(30 days)', runs: `${rotate}:live`, enabled: false }),
  buildTimer(place, 'called', {
    ...{ expression: 'cron(0 3 1 * ? *)', runs: invoke },
    input: JSON.stringify({ FunctionName: 'rotate', Payload: canary }),
  }),
  buildTimer(place, 'unreadable', { expression: 'rate(1 day)', runs: invoke, input: canary }),
  buildTimer(place, 'ended', { expression: 'rate(1 day)', runs: rotate, ends: '2026-05-01T00:00:00.000Z' }),
  buildTimer(place, 'once', { expression: 'at(2026-07-01T00:00:00)', runs: rotate }),
  buildTimer(place, 'other', { expression: 'rate(1 day)', runs: lambdaArn(place, 'rotate-logs') }),
  buildTimer(place, 'called-other', {
    ...{ expression: 'rate(1 day)', runs: invoke },
    input: JSON.stringify({ FunctionName: lambdaArn(place, 'other') }),
  }),
]

const world = {
  ...base,
  resources: [...base.resources, buildFunctionNames(place, 'rotate', { DISTRIBUTION: id }), ...timers],
}

const scheduled = async (options: RunOptions = {}) => {
  const { snapshot, text } = await run({ world, ...options })
  const { schedules } = buildTopology(snapshot).life
  return { ...schedules, text }
}

it('finds what runs the function, by its ARN, an alias or the call of Lambda, and nothing else', async () => {
  const { items, gaps, text } = await scheduled()
  const told = items.map(({ ref, enabled, ended, functionArns }) => [
    ref.name,
    enabled && !ended,
    functionArns.known && functionArns.value,
  ])
  expect(Object.fromEntries(told.map(([name, ...rest]) => [name, rest]))).toEqual({
    direct: [true, [rotate]],
    alias: [false, [rotate]],
    called: [true, [rotate]],
    unreadable: [true, false],
    ended: [false, [rotate]],
  })
  expect(gaps).toEqual([])
  expect(text).not.toContain(canary)
  expect(text).not.toContain('must-not-be-kept')
})

it('never takes a schedule that was not read for none', async () => {
  const unlisted = await scheduled({
    wrap: handle => withDenied(handle, new Set(['scheduler:ListSchedules'])),
  })
  expect(unlisted.items).toEqual([])
  expect(unlisted.gaps).toMatchObject([{ operation: 'ListSchedules', code: 'denied' }])
  const unread = await scheduled({ wrap: handle => withDenied(handle, new Set(['scheduler:GetSchedule'])) })
  expect(unread.items.length).toBeGreaterThan(0)
  for (const { functionArns } of unread.items)
    expect(functionArns).toMatchObject({ known: false, gaps: [{ operation: 'GetSchedule' }] })
})
