/** Does every `conditions.<name>` of the Ingress name one of its Services, and is it on the load balancer? */
import type { BalancerIngress, Listener, ListenerCondition, LoadBalancer } from '#topology/model.ts'
import { type Answer, cite, citeObject, every, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { madeOf } from './reading/balancer-groups.ts'

const named = (ingress: BalancerIngress, { name }: ListenerCondition): Answer => {
  const found = ingress.services.includes(name)
  const text = found
    ? `conditions.${name} of ${ingress.ref.name} is for its Service ${name}`
    : `conditions.${name} of ${ingress.ref.name} names none of its Services (${ingress.services.join(', ') || 'none'}), so that no rule gets it`
  return found ? yes(citeObject(ingress, text)) : no(citeObject(ingress, text))
}

const asks = (listeners: readonly Listener[], header: string): Answer[] =>
  listeners.map(l =>
    ofKnown(l.rules, rules => {
      const rule = rules.find(r =>
        r.conditions.some(c => c.field === 'http-header' && c.name.toLowerCase() === header),
      )
      return rule ? yes(cite(rule.ref, `a rule asks for ${header}`)) : no()
    }),
  )

/** Some listener of each load balancer that was made of the object has a rule that looks at the header. */
const rendered = (ingress: BalancerIngress, condition: ListenerCondition, lb: LoadBalancer): Answer =>
  every(
    (condition.headers ?? []).map(header =>
      ofKnown(lb.listeners, listeners => {
        const said = asks(listeners, header)
        const found = said.find(a => a.observed && a.holds) ?? said.find(a => !a.observed)
        return (
          found ??
          no(
            citeObject(
              ingress,
              `conditions.${condition.name} of ${ingress.ref.name} asks for header ${header}`,
            ),
            cite(lb.ref, `no rule of load balancer ${lb.ref.name} looks at header ${header}`),
          )
        )
      }),
    ),
  )

export const conditionsNameServices = predicate<'balancer-ingress'>({
  question: 'Does every condition of the Ingress name one of its Services, and is it on the load balancer?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress }, _, { topology }) =>
    every(
      ingress.conditions.flatMap(condition => {
        const spelled = named(ingress, condition)
        if (!(spelled.observed && spelled.holds)) return [spelled]
        return [spelled, ...madeOf(ingress, topology).map(lb => rendered(ingress, condition, lb))]
      }),
    ),
})
