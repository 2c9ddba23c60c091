/** Is every value that a gate accepts too long and too random to guess? */
import type { LoadBalancer } from '#topology/model.ts'
import { sealedName } from '#topology/sealed.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import type { GateValue } from './reading/gate-value.ts'
import { effectiveBits, gateNames, gradeOf, isUnderstood } from './reading/gates.ts'
import { sendersOf } from './reading/senders.ts'
import { meets, sealedHeaders } from './reading/tokens.ts'

const strong = (gate: GateValue, minimumBits: number, senders: readonly Evidence[]): Answer => {
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
  const said = cite(gate.place, text, names)
  return bits >= minimumBits ? yes(said) : no(said, ...senders)
}

/** Whoever sends what the gate accepts has to send the new value before the weak one goes. */
const sending = (gate: GateValue, at: LoadBalancer, facts: Facts): readonly Evidence[] =>
  facts.linksTo(at).flatMap(link =>
    sealedHeaders(link)
      .filter(sent => meets(sent, gate) === true)
      .flatMap(sent => sendersOf(sent, facts)),
  )

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
      ...values.map(gate => strong(gate, minimumBits, sending(gate, loadBalancer, facts))),
      ...(gaps.length > 0 ? [unseen(gaps)] : []),
    ])
  },
})
