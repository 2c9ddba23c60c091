/** Does some origin lead to the router that serves the object? */
import { citeObject, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { isClusterAlone, leadsTo, takenToServe } from './reading/clusters.ts'

export const routerServesOrigin = predicate<'cluster-route'>({
  question: 'Does some origin lead to the router that serves the object?',
  subjects: ['cluster-route'],
  ask: ({ object, at }, _, facts) => {
    if (isClusterAlone(facts)) return yes(takenToServe(object))
    const links = facts.topology.links.filter(l => leadsTo(l, at))
    const said = citeObject(
      object,
      `${links.length} origins lead to ${at.ref.name}, which serves ${object.ref.name}`,
    )
    return links.length > 0 ? yes(said) : no(said)
  },
})
