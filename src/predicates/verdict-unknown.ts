/** Did proving leave the link undecided at the vantage? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const verdictUnknown = predicate<'link', { readonly vantage: 'internet' | 'tenant' }>({
  question: 'Did the configuration leave it undecided whether strangers at this vantage get in?',
  subjects: ['link'],
  options: {
    vantage: {
      description: '`internet`: any host; `tenant`: a CloudFront distribution of somebody else',
      type: 'string',
      enum: ['internet', 'tenant'],
    },
  },
  ask: ({ link }, { vantage }, facts) => {
    const verdict = facts.exposureOf(link)?.[vantage].verdict ?? 'unknown'
    const said = cite(link.distribution.ref, `the configuration says ${verdict}`)
    return verdict === 'unknown' ? yes(said) : no(said)
  },
})
