/** Does the origin name lead to a target of one of these kinds? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

const kinds = [
  'load-balancer',
  'instance',
  'function-url',
  'bucket',
  'api',
  'service',
  'external',
  'dangling',
]

export const targetIs = predicate<'link', { readonly kinds: readonly string[] }>({
  question: 'Does the origin name lead to a target of one of these kinds?',
  subjects: ['link'],
  options: {
    kinds: {
      description: 'any of these',
      type: 'array',
      items: { type: 'string', enum: kinds },
      minItems: 1,
    },
  },
  ask: ({ link }, options) => {
    const { target, origin, distribution } = link
    const said = cite(distribution.ref, `${origin.domainName} leads to a target of kind ${target.kind}`)
    if (target.kind === 'unknown') return unseen(target.gaps, said)
    return options.kinds.includes(target.kind) ? yes(said) : no(said)
  },
})
