/** Does the Ingress carry a check of its own: a snippet, or authentication? */
import { citeObject, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

const notes = ['auth-type', 'auth-secret', 'auth-url']

export const ingressHasCheck = predicate<'ingress'>({
  question: 'Does the Ingress carry a check of its own: a snippet, or authentication?',
  subjects: ['ingress'],
  ask: ({ ingress }) => {
    const snippets = ['configuration-snippet', 'server-snippet'].filter(
      name => (ingress.snippets[name]?.text ?? '').trim() !== '',
    )
    const found = [...snippets, ...notes.filter(name => (ingress.annotations[name] ?? '').trim() !== '')]
    const [first] = found
    return first === undefined
      ? no(citeObject(ingress, `${ingress.ref.name} carries no check`))
      : yes(citeObject(ingress, `${ingress.ref.name} carries ${found.join(', ')}`))
  },
})
