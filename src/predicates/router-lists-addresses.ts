/** Does some route of Traefik go by a list of addresses? */
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { addressListsOf } from './reading/traefik-lists.ts'

export const routerListsAddresses = predicate<'cluster-router'>({
  question: 'Does some route of Traefik go by a list of addresses?',
  subjects: ['cluster-router'],
  ask: ({ at }) => {
    const [list] = addressListsOf(at)
    if (list !== undefined)
      return yes(citeObject(list.middleware, `${list.middleware.ref.name} lists addresses`))
    return at.routing.kind === 'traefik' && at.gaps.length > 0
      ? unseen(at.gaps)
      : no(citeObject(at, `no route of ${at.ref.name} goes by addresses`))
  },
})
