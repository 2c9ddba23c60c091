import { expect, it } from 'vitest'
import { operations } from '#scan.ts'
import { originproof } from '../e2e/run.ts'

it('rules lists every rule, and shows one with its text', async () => {
  const [list, one] = [await originproof(['rules']), await originproof(['rules', 'show', 'token-strong'])]
  expect(list.stdout).toMatch(/^token-strong +\w+ +\S/m)
  expect(list.code).toBe(0)
  expect(one.stdout).toMatch(/^token-strong \(/)
  expect(one.stdout).toMatch(/\nMappings: /)
})

it('policy allows exactly what collecting calls', async () => {
  const { stdout } = await originproof(['policy'])
  const policy = JSON.parse(stdout) as { Statement: { Action: readonly string[] }[] }
  expect(new Set(policy.Statement.flatMap(s => s.Action))).toEqual(new Set(operations.map(o => o.action)))
})
