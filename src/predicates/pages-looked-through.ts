/** Were pages of the edge looked through for what CloudFront adds to requests? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { secretsSent } from './reading/tokens.ts'

const tellingBits = 32

export const pagesLookedThrough = predicate<'link'>({
  question: 'Were pages of the edge looked through for what CloudFront adds to requests?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const { ref } = link.distribution
    // What is weaker than that is not looked for: it stands in pages by chance.
    const telling = secretsSent(link, facts).secrets.filter(s => s.value.exactBits >= tellingBits)
    return facts.probeOf(link)?.echoes === undefined || telling.length === 0
      ? no(cite(ref, 'no page of the edge was looked through for a secret'))
      : yes(cite(ref, 'pages of the edge were looked through'))
  },
})
