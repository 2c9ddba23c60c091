/** Does every listener rule that forwards to the guarded targets ask for the secret header? */
import { predicate } from './asking/predicate.ts'
import { forwardsAreGated } from './reading/listeners.ts'

export const everyForwardGated = predicate<'load-balancer'>({
  question: 'Does every listener rule that forwards to the guarded targets ask for the secret header?',
  subjects: ['load-balancer'],
  ask: ({ loadBalancer }) => forwardsAreGated(loadBalancer),
})
