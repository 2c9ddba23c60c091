/** Does the secret that the origin is sent come from a parameter of Systems Manager? */
import { cite, no, some, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { drivenTokens } from './reading/token-drive.ts'

export const storedInParameter = predicate<'link'>({
  question: 'Does the secret that the origin is sent come from a parameter of Systems Manager?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const answers = drivenTokens(link, facts).map(({ from }) => {
      const found = from.stores.find(s => s.kind === 'parameter')
      if (found?.kind === 'parameter')
        return yes(cite(found.parameter.ref, `it comes from ${found.parameter.ref.name}: ${found.how}`))
      const none = cite(link.distribution.ref, 'nothing ties the value to a parameter')
      return from.gaps.length > 0 ? unseen(from.gaps) : no(none)
    })
    return answers.length > 0 ? some(answers) : no(cite(link.distribution.ref, 'CloudFront sends no secret'))
  },
})
