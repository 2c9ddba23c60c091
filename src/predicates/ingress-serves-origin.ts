/** Do requests of some origin come to a Service of the Ingress? */
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { controllersIn, isClusterAlone, leadsToIngress, takenToServe } from './reading/clusters.ts'

export const ingressServesOrigin = predicate<'ingress'>({
  question: 'Do requests of some origin come to a Service of the Ingress?',
  subjects: ['ingress'],
  ask: ({ ingress, cluster, at }, _, facts) => {
    if (isClusterAlone(facts)) return yes(takenToServe(ingress))
    const links = controllersIn(facts).find(c => c.at === at)?.links ?? []
    const truths = links.map(link => leadsToIngress(link, cluster, at, ingress))
    if (truths.includes(true)) return yes(citeObject(ingress, `${ingress.ref.name} serves an origin`))
    const said = citeObject(ingress, `whether ${ingress.ref.name} serves an origin is not certain`)
    if (truths.includes('unknown')) return unseen(at.gaps, said)
    return no(citeObject(ingress, `no origin leads to ${ingress.ref.name}`))
  },
})
