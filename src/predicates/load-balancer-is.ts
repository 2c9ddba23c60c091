/** Is the load balancer (or one that the link leads to) of one of these kinds and this scheme? */
import type { LoadBalancer } from '#topology/model.ts'
import { type Answer, cite, no, some, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf, unlessFollowed } from './reading/backends.ts'

interface Options {
  readonly kinds: readonly string[]
  readonly scheme: string
}

const matches = (loadBalancer: LoadBalancer, { kinds, scheme }: Options): Answer => {
  const said = cite(
    loadBalancer.ref,
    `${loadBalancer.ref.name} is an ${loadBalancer.scheme} ${loadBalancer.kind} load balancer`,
  )
  const fits = kinds.includes(loadBalancer.kind) && (scheme === 'any' || scheme === loadBalancer.scheme)
  return fits ? yes(said) : no(said)
}

export const loadBalancerIs = predicate<'link' | 'load-balancer', Options>({
  question: 'Is it a load balancer of one of these kinds and this scheme?',
  subjects: ['link', 'load-balancer'],
  options: {
    kinds: {
      description: 'any of these',
      type: 'array',
      items: { type: 'string', enum: ['application', 'network', 'gateway', 'classic'] },
      minItems: 1,
      default: ['application', 'network', 'gateway', 'classic'],
    },
    scheme: {
      description: 'reachable from the internet, or only from inside',
      type: 'string',
      enum: ['any', 'internet-facing', 'internal'],
      default: 'any',
    },
  },
  ask: (subject, options) => {
    if (subject.kind === 'load-balancer') return matches(subject.loadBalancer, options)
    const { link } = subject
    if (link.target.kind === 'unknown') return unseen(link.target.gaps)
    const answers = [...loadBalancersOf(link).map(lb => matches(lb, options)), ...unlessFollowed(link)]
    return answers.length > 0
      ? some(answers)
      : no(cite(link.distribution.ref, `${link.origin.domainName} is no load balancer`))
  },
})
