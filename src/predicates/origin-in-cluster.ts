/** Does the origin lead to an ingress controller of a cluster that was read? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { controllersIn, leadsTo } from './reading/clusters.ts'

export const originInCluster = predicate<'link'>({
  question: 'Does the origin lead to an ingress controller of a cluster that was read?',
  subjects: ['link'],
  ask: ({ link }, _, facts) => {
    const found = controllersIn(facts).find(c => leadsTo(link, c.at))
    const name = found?.at.controller.ref.name
    return name === undefined
      ? no(cite(link.distribution.ref, 'the origin leads to no cluster that was read'))
      : yes(cite(link.distribution.ref, `${link.origin.domainName} leads to ${name}`))
  },
})
