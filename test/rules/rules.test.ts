import { expect, it } from 'vitest'
import { bundledRules } from '../judge/bundled.ts'
import { allCases } from './cases/all.ts'
import { testRule } from './test-rule.ts'

it('every rule has its table of worlds, and every table its rule', () => {
  expect(Object.keys(allCases).sort()).toEqual(bundledRules.rules.map(rule => rule.id))
})

for (const [id, cases] of Object.entries(allCases)) testRule(id, cases)
