/** Does a listener of the load balancer end CloudFront's TLS connection? */
import { cite, no, ofKnown, some, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf, unlessFollowed } from './reading/backends.ts'
import { listenerName } from './reading/gates.ts'
import { tlsListenersFor } from './reading/tls-listeners.ts'

export const listenerEndsTls = predicate<'link'>({
  question: "Does a listener of the load balancer end CloudFront's TLS connection?",
  subjects: ['link'],
  ask: ({ link }) => {
    if (link.target.kind === 'unknown') return unseen(link.target.gaps)
    const loadBalancers = loadBalancersOf(link)
    if (loadBalancers.length === 0)
      return no(cite(link.distribution.ref, `${link.origin.domainName} is no load balancer`))
    return some([
      ...loadBalancers.map(lb =>
        ofKnown(tlsListenersFor(link, lb), ([first]) =>
          first
            ? yes(cite(first.ref, `listener ${listenerName(first)} ends TLS`))
            : no(cite(lb.ref, `no listener of ${lb.ref.name} ends TLS on the port that CloudFront uses`)),
        ),
      ),
      ...unlessFollowed(link),
    ])
  },
})
