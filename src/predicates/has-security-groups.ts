/** Does the load balancer have a security group? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const hasSecurityGroups = predicate<'load-balancer'>({
  question: 'Does the load balancer have a security group?',
  subjects: ['load-balancer'],
  ask: ({ loadBalancer }) => {
    const { ref, securityGroupIds } = loadBalancer
    return securityGroupIds.length > 0
      ? yes(cite(ref, `${ref.name} has ${securityGroupIds.join(', ')}`))
      : no(cite(ref, `${ref.name} has no security group`))
  },
})
