/** Names that hold the secret itself: an account whose owners put the token into the names of things. */
import { expect, it } from 'vitest'
import { withDenied } from '#lab/aws/policy.ts'
import {
  buildFunctionNames,
  buildParameter,
  buildSchedule,
  buildSecret,
  buildTimer,
  lambdaArn,
} from '#lab/build/token-life.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import { behind, locked, place, token } from '../../fixtures/worlds/bypass/parts.ts'
import { formsOf } from '../e2e/secrets.ts'
import { type Run, run } from './run.ts'

const base = behind(locked)
const id = String(base.resources.find(r => r.type === types.distribution)?.config.Id)
const rotate = `rotate-${token}`

const world = {
  ...base,
  resources: [
    ...base.resources,
    buildFunctionNames(place, rotate, {
      DISTRIBUTION: id,
      SECRET: `edge/${token}`,
      PARAMETER: `/edge/${token}`,
    }),
    ...buildSecret(place, { name: `edge/${token}`, created: '2026-01-01T00:00:00.000Z', rotatedBy: rotate }),
    buildParameter(place, `/edge/${token}`, 'String', '2026-01-01T00:00:00.000Z'),
    ...buildSchedule(place, `rule-${token}`, { expression: 'rate(1 day)', functions: [rotate] }),
    buildTimer(place, `timer-${token}`, { expression: 'rate(1 day)', runs: lambdaArn(place, rotate) }),
  ],
}

const expectNoToken = ({ text, events }: Run): void => {
  const out = (text + JSON.stringify(events)).toLowerCase()
  for (const form of formsOf(token)) expect(out.includes(form.toLowerCase()), form).toBe(false)
}

it('leaves with the names, and what the names join is still joined', async () => {
  const whole = await run({ world })
  expectNoToken(whole)
  const { secrets, parameters, schedules, runs } = buildTopology(whole.snapshot).life
  expect(secrets.items[0]?.versions).toMatchObject({ known: true })
  expect(parameters.items).toHaveLength(1)
  expect(schedules.items.map(s => s.functionArns.known)).toEqual([true, true])
  expect(runs).toMatchObject([{ runs: { known: true } }])
  expect([...secrets.gaps, ...parameters.gaps, ...schedules.gaps]).toEqual([])
})

it.each([
  'secrets-manager:ListSecretVersionIds',
  'eventbridge:ListTargetsByRule',
  'scheduler:GetSchedule',
  'cloudwatch:GetMetricData',
])('leaves with the gap of %s, which still says what was not read', async denied => {
  const lacking = await run({ world, wrap: handle => withDenied(handle, new Set([denied])) })
  expectNoToken(lacking)
  const [gap] = lacking.snapshot.gaps
  expect(gap?.target).toContain('[sealed:')
  const { secrets, schedules, runs } = buildTopology(lacking.snapshot).life
  const answers = [
    ...secrets.items.map(s => s.versions),
    ...schedules.items.map(s => s.functionArns),
    ...runs.map(r => r.runs),
  ]
  const unread = answers.filter(a => !a.known)
  expect(unread.flatMap(a => (a.known ? [] : a.gaps.map(g => g.code)))).toContain('denied')
})
