import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { allCases } from '../rules/cases/all.ts'
import type { World } from './build.ts'
import { judgeWorld } from './bundled.ts'
import { degrade } from './degrade.ts'
import { outcomesOf } from './outcomes.ts'

const worlds = Object.entries(allCases).flatMap(([id, cases]) =>
  cases.map(c => [`${id}, ${c.name}`, c.world] as const),
)

type Outcomes = ReturnType<typeof outcomesOf>

/** Outcomes that got better although nothing but knowledge was taken away. */
const improvements = (before: Outcomes, after: World): readonly string[] =>
  [...outcomesOf(after)].flatMap(([key, outcome]) => {
    const was = before.get(key)
    return outcome === 'satisfied' && was !== undefined && was !== 'satisfied'
      ? [`${key}: ${was} -> ${outcome}`]
      : []
  })

/** Loses exactly the n-th thing. */
const losing = (world: World, n: number): World | null => {
  let seen = 0
  let lost = false
  const after = degrade(world, () => {
    const now = seen++ === n
    lost ||= now
    return now
  })
  return lost ? after : null
}

describe('unknown is never safe', () => {
  it.each(worlds)(
    'whatever single thing was not observed, no rule becomes satisfied for want of it: %s',
    (_, world) => {
      const before = outcomesOf(world)
      const improved: string[] = []
      let n = 0
      for (let after = losing(world, n); after !== null; after = losing(world, ++n))
        improved.push(...improvements(before, after))
      expect(improved).toEqual([])
      expect(n).toBeGreaterThan(0)
    },
  )

  test.prop(
    [
      fc.constantFrom(...worlds.map(([, world]) => world)),
      fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
    ],
    {
      numRuns: 200,
    },
  )('nor whatever set of things was not observed, and nothing throws', (world, choices) => {
    let next = 0
    const after = degrade(world, () => choices[next++ % choices.length] ?? false)
    expect(improvements(outcomesOf(world), after)).toEqual([])
    expect(judgeWorld(after).coverage.faults).toEqual([])
  })

  it.each(worlds)('with nothing observed at all, the scan is incomplete: %s', (_, world) => {
    const result = judgeWorld(degrade(world, () => true))
    expect(result.coverage.faults).toEqual([])
    expect(result.summary.complete).toBe(false)
  })
})
