/** Is every value that a gate accepts too long and too random to guess? */
import { sealedName } from '#topology/sealed.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import type { GateValue } from './reading/gate-value.ts'
import { effectiveBits, gateNames, gradeOf, isUnderstood } from './reading/gates.ts'

const strong = (gate: GateValue, minimumBits: number): Answer => {
  const names = gateNames(gate)
  if (gate.value === null)
    return unseen([], cite(gate.place, `${gate.placeName} compares ${gate.header} with a pattern set`, names))
  const { value } = gate
  if (!isUnderstood(value))
    return unseen(
      [],
      cite(
        gate.place,
        `${gate.placeName} compares ${gate.header} with a pattern that was not understood`,
        names,
      ),
    )
  const bits = effectiveBits(value)
  const why = value.public ? 'a public value' : (value.weakness ?? `${value.length} characters`)
  const text = `${gate.placeName} accepts a value of ${gate.header} (${sealedName(value)}) of ${Math.floor(bits)} effective bits (${gradeOf(bits)}): ${why}`
  return bits >= minimumBits ? yes(cite(gate.place, text, names)) : no(cite(gate.place, text, names))
}

export const acceptedValuesStrong = predicate<'load-balancer', { readonly minimumBits: number }>({
  question: 'Is every value that a gate accepts too random to guess, as the gate compares it?',
  subjects: ['load-balancer'],
  options: {
    minimumBits: {
      description: 'effective bits, after case folding and without wildcards',
      type: 'number',
      minimum: 1,
      default: 100,
    },
  },
  ask: ({ loadBalancer }, { minimumBits }, facts) => {
    const { values, gaps } = facts.gatesOf(loadBalancer)
    return every([
      ...values.map(gate => strong(gate, minimumBits)),
      ...(gaps.length > 0 ? [unseen(gaps)] : []),
    ])
  },
})
