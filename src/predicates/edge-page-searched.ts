/** Did the edge answer the probe with anything that could be searched for what CloudFront adds? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const edgePageSearched = predicate<'link'>({
  question: 'Did the edge answer the probe with anything that could be searched for what CloudFront adds?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const { ref } = link.distribution
    return facts.probeOf(link)?.echoes === undefined
      ? no(cite(ref, 'no page of the edge was looked through'))
      : yes(cite(ref, 'pages of the edge were looked through'))
  },
})
