/** Does CloudFront send a value that the load balancer accepts? */
import { or } from '#base/truth.ts'
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { opens } from './reading/tokens.ts'

export const gateInUse = predicate<'load-balancer'>({
  question: 'Does some distribution send a value that the load balancer accepts?',
  subjects: ['load-balancer'],
  ask: ({ loadBalancer }, _options, facts) => {
    const { values, gaps } = facts.gatesOf(loadBalancer)
    const links = facts.linksTo(loadBalancer)
    const sender = links.find(link => opens(link, values) === true)
    if (sender)
      return yes(
        cite(sender.distribution.ref, `distribution ${sender.distribution.id} sends an accepted value`),
      )
    const perhaps = or(...links.map(link => opens(link, values)))
    return gaps.length > 0 || perhaps === 'unknown'
      ? unseen(gaps)
      : no(cite(loadBalancer.ref, 'no distribution sends a value that it accepts'))
  },
})
