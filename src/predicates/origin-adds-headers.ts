/** Does CloudFront add headers to the requests it sends to the origin? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const originAddsHeaders = predicate<'link'>({
  question: 'Does CloudFront add any header to the requests it sends to the origin?',
  subjects: ['link'],
  ask: ({ link: { origin, distribution } }) => {
    const names = origin.headers.map(h => h.name)
    return names.length > 0
      ? yes(cite(distribution.ref, `origin ${origin.id} is sent ${names.join(', ')}`))
      : no(cite(distribution.ref, `origin ${origin.id} is sent no custom header`))
  },
})
