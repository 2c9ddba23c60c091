/** Is the link closed to strangers at the vantage? */
import { predicate } from './asking/predicate.ts'
import { closedAnswer } from './reading/exposure.ts'
import { seenOutside } from './reading/seen-outside.ts'

interface Options {
  readonly vantage: 'internet' | 'tenant'
  readonly seen: boolean
}

export const closedTo = predicate<'link', Options>({
  question: 'Are strangers at this vantage kept away from the origin?',
  subjects: ['link'],
  options: {
    vantage: {
      description: '`internet`: any host; `tenant`: a CloudFront distribution of somebody else',
      type: 'string',
      enum: ['internet', 'tenant'],
    },
    seen: {
      description:
        'Whether it is enough for a host outside AWS, which nothing can prove closed, that it was seen to refuse every probe',
      type: 'boolean',
      default: false,
    },
  },
  ask: ({ link }, { vantage, seen }, facts) => {
    const proven = closedAnswer(link, vantage, facts)
    return proven.observed || !seen ? proven : (seenOutside(link, vantage, facts.probeOf(link)) ?? proven)
  },
})
