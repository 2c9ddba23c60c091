/** Letting a rule that turns requests away come before one that forwards them. */
import type { Rule } from '#topology/model.ts'
import { endingOf } from '../../alb/gate.ts'
import { inOrder } from '../../alb/interpret.ts'
import { takesAllOf } from '../../shadow.ts'
import { changeRules } from '../change.ts'
import type { Edit, EditSort } from '../edit.ts'
import { elbv2, listenerName } from '../naming.ts'
import type { Spot } from '../spot.ts'

type Decided = NonNullable<Spot['decided']>

const swap = (place: Decided, other: Rule): Edit => {
  const { balancer, listener, rule } = place
  const priorities = [rule, other].map(
    (r, i) => `RuleArn=${r.ref.arn},Priority=${[other, rule][i]?.priority}`,
  )
  return {
    sort: 'swap-rules',
    key: `swap ${[rule.ref.arn, other.ref.arn].toSorted().join(' ')}`,
    text: `Swap the priorities of rules ${rule.priority} and ${other.priority} of ${listenerName(place)}, so that the one that turns requests away comes first.`,
    commands: [elbv2(balancer, 'set-rule-priorities', '--rule-priorities', ...priorities)],
    widens: false,
    once: `order of ${listener.ref.arn}`,
    apply: topology =>
      changeRules(topology, place, rules =>
        rules.map(r => {
          if (r.ref.arn === rule.ref.arn) return { ...r, priority: other.priority }
          return r.ref.arn === other.ref.arn ? { ...r, priority: rule.priority } : r
        }),
      ),
  }
}

/**
 * Only with the next rule, so that nothing between them changes, and only where that one would take everything: then
 * nothing is left of the rule that forwards.
 */
export const swapRules: EditSort = {
  name: 'swap-rules',
  says: 'A rule that turns requests away changes places with the rule before it, which forwards them.',
  at: ({ decided }) => {
    if (decided === null || decided.rule.priority === 'default' || !decided.listener.rules.known) return []
    const rules = inOrder(decided.listener.rules.value)
    const next = rules[rules.findIndex(r => r.ref.arn === decided.rule.ref.arn) + 1]
    if (next === undefined || next.priority === 'default') return []
    return endingOf(next) === 'answer' && takesAllOf(next, decided.rule) ? [swap(decided, next)] : []
  },
}
