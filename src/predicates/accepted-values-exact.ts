/** Does every gate accept one text and nothing else? */
import { sealedName } from '#topology/sealed.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import type { GateValue } from './reading/gate-value.ts'
import { gateNames } from './reading/gates.ts'
import { isExact } from './reading/tokens.ts'

const looseness = ({ value }: GateValue): string => {
  if (value === null) return 'a set of regular expressions'
  if (value.dialect === 'alb-regex' || value.dialect.startsWith('waf:REGEX')) return 'a regular expression'
  return value.structure ? 'a value with wildcards' : 'a part of the value'
}

const exact = (gate: GateValue): Answer => {
  const named = gate.value ? ` (${sealedName(gate.value)})` : ''
  const names = gateNames(gate)
  return isExact(gate)
    ? yes(cite(gate.place, `${gate.placeName} compares ${gate.header} with one value${named}`, names))
    : no(cite(gate.place, `${gate.placeName} compares ${gate.header} with ${looseness(gate)}${named}`, names))
}

export const acceptedValuesExact = predicate<'load-balancer'>({
  question: 'Does every gate accept exactly one value, without wildcards and regular expressions?',
  subjects: ['load-balancer'],
  ask: ({ loadBalancer }, _options, facts) => {
    const { values, gaps } = facts.gatesOf(loadBalancer)
    return every([...values.map(exact), ...(gaps.length > 0 ? [unseen(gaps)] : [])])
  },
})
