/** Does the default action of every listener turn requests away? */
import { predicate } from './asking/predicate.ts'
import { defaultsDeny } from './reading/listeners.ts'

export const defaultActionsDeny = predicate<'load-balancer'>({
  question: 'Does the default action of every listener turn away requests that no rule with a secret took?',
  subjects: ['load-balancer'],
  ask: ({ loadBalancer }) => defaultsDeny(loadBalancer),
})
