/** Is the link closed to strangers at the vantage? */
import { predicate } from './asking/predicate.ts'
import { closedAnswer } from './reading/exposure.ts'

export const closedTo = predicate<'link', { readonly vantage: 'internet' | 'tenant' }>({
  question: 'Are strangers at this vantage kept away from the origin?',
  subjects: ['link'],
  options: {
    vantage: {
      description: '`internet`: any host; `tenant`: a CloudFront distribution of somebody else',
      type: 'string',
      enum: ['internet', 'tenant'],
    },
  },
  ask: ({ link }, { vantage }, facts) => closedAnswer(link, vantage, facts),
})
