/** Does CloudFront send the origin a secret that would be recognised wherever it stands? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { secretsSent } from './reading/tokens.ts'

/** What is weaker stands in pages by chance. */
const tellingBits = 32

export const sendsTellingSecret = predicate<'link'>({
  question: 'Does CloudFront send the origin a secret that would be recognised wherever it stands?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const { ref } = link.distribution
    const telling = secretsSent(link, facts).secrets.filter(s => s.value.exactBits >= tellingBits)
    return telling.length > 0
      ? yes(
          ...telling.map(s =>
            cite(ref, `origin ${link.origin.id} is sent ${s.header}`, { header: s.header }),
          ),
        )
      : no(cite(ref, `origin ${link.origin.id} is sent no secret that would be recognised`))
  },
})
