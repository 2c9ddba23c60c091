/** May requests of some origin come to a Service of the object? */
import { citeObject, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { isClusterAlone, linksOfRoute, takenToServe } from './reading/clusters.ts'

export const routerServesOrigin = predicate<'cluster-route'>({
  question: 'May requests of some origin come to a Service of the object?',
  subjects: ['cluster-route'],
  ask: (subject, _, facts) => {
    const { object, at } = subject
    if (isClusterAlone(facts)) return yes(takenToServe(object))
    const links = linksOfRoute(facts, subject)
    const said = `${links.length} origins lead to ${object.ref.name} by way of ${at.ref.name}`
    return links.length > 0 ? yes(citeObject(object, said)) : no(citeObject(object, said))
  },
})
