/** Is the link proven closed to the internet and to other CloudFront customers, where a login does not count? */
import type { Exposure } from '#prove/exposure.ts'
import { type Answer, cite, every, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { provenAnswer } from './reading/exposure.ts'

export const closedWithoutLogin = predicate<'link'>({
  question: 'Is the link proven closed, so that not even somebody who logs in gets past the distribution?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const exposure = facts.exposureOf(link)
    const said = (text: string) => cite(link.distribution.ref, text)
    const at = (vantage: 'internet' | 'tenant', found: Exposure | undefined): Answer =>
      found?.verdict === 'authenticated'
        ? no(said('whoever logs in gets past the distribution'))
        : provenAnswer(link, vantage, facts)
    const answer = every([at('internet', exposure?.internet), at('tenant', exposure?.tenant)])
    return answer.observed && answer.holds ? yes(said('the link is proven closed by other means')) : answer
  },
})
