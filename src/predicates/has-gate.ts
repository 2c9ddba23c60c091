/** Does the load balancer compare a secret header anywhere? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const hasGate = predicate<'load-balancer', { readonly where: 'anywhere' | 'listener-rules' }>({
  question: 'Does the load balancer let some requests through only with a secret header?',
  subjects: ['load-balancer'],
  options: {
    where: {
      description: 'in listener rules and web ACL, or in listener rules only',
      type: 'string',
      enum: ['anywhere', 'listener-rules'],
      default: 'anywhere',
    },
  },
  ask: ({ loadBalancer }, { where }, facts) => {
    const { values, gaps } = facts.gatesOf(loadBalancer)
    const gate = values.find(v => where === 'anywhere' || v.listener !== null)
    if (gate) return yes(cite(gate.place, `${gate.placeName} compares ${gate.header}`))
    return gaps.length > 0 ? unseen(gaps) : no(cite(loadBalancer.ref, 'it compares no secret header'))
  },
})
