import { describe, expect, it } from 'vitest'
import { severities } from '#base/severity.ts'
import { exitCode, type FailOn, failOnChoices } from '#cli/exit-code.ts'

const none = { critical: 0, high: 0, medium: 0, low: 0 }

describe('the exit code', () => {
  const rank = (s: string) => [...severities, 'never'].indexOf(s)
  const cases = failOnChoices.flatMap(failOn =>
    [undefined, ...severities].flatMap(worst => [true, false].map(complete => ({ failOn, worst, complete }))),
  )
  it.each(cases)(
    'with --fail-on $failOn, worst $worst, complete $complete',
    ({ failOn, worst, complete }) => {
      const violated = worst ? { ...none, [worst]: 2 } : none
      const fails = worst !== undefined && failOn !== 'never' && rank(worst) <= rank(failOn)
      expect(exitCode({ violated, complete }, failOn)).toBe(fails ? 1 : complete ? 0 : 3)
    },
  )

  it('says 1 rather than 3 when findings reach the threshold in an incomplete scan', () => {
    expect(exitCode({ violated: { ...none, critical: 256 }, complete: false }, 'high')).toBe(1)
  })

  it('never grows with the number of findings', () => {
    const codes = [1, 255, 256, 512].map(n =>
      exitCode({ violated: { ...none, high: n }, complete: true }, 'high'),
    )
    expect(new Set(codes)).toEqual(new Set([1]))
  })

  it('knows every severity as a threshold', () => {
    expect(failOnChoices).toEqual([...severities, 'never'] satisfies FailOn[])
  })
})
