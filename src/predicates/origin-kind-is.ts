/** Is the origin of one of these kinds, which its name or its settings tell? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

/** Kinds that need no resolution: an origin that nobody recognises is certainly none of them. */
const kinds = [
  's3-rest',
  's3-website',
  'api-rest',
  'api-http',
  'lambda-url',
  'mediastore',
  'mediapackage',
  'vpc-origin',
]

export const originKindIs = predicate<'link', { readonly kinds: readonly string[] }>({
  question: 'Is the origin of one of these kinds?',
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
    const { kind, domainName } = link.origin
    const said = cite(link.distribution.ref, `${domainName} is an origin of kind ${kind}`)
    return options.kinds.includes(kind) ? yes(said) : no(said)
  },
})
