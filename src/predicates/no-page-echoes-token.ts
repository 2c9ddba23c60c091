/** Does no page that the edge showed the probe give back the secret that CloudFront adds? */
import { cite, type Evidence, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

const forms = { plain: 'as it is', escaped: 'escaped', base64: 'as Base64', hex: 'in hex' } as const

export const noPageEchoesToken = predicate<'link'>({
  question: 'Does no page that the edge showed the probe give back the secret that CloudFront adds?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const { ref } = link.distribution
    const echoes = facts.probeOf(link)?.echoes
    if (echoes === undefined)
      return unseen([], cite(ref, 'the edge showed no page that could be looked through'))
    const shown = echoes.map(
      ({ header, value, form, where, exchange }): Evidence => ({
        ...cite(
          ref,
          `asked through the edge without any secret, ${link.origin.domainName} gives back what CloudFront sends as ${header} (${value}) in its ${where}, ${forms[form]}`,
          { header },
        ),
        exchange,
      }),
    )
    return shown.length > 0
      ? no(...shown)
      : yes(cite(ref, 'no page that was asked for gives back what CloudFront adds'))
  },
})
