/** Was the origin probed at all? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const probeSent = predicate<'link'>({
  question: 'Was the origin probed?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const probe = facts.probeOf(link)
    return probe === null || probe.verdict === 'not-probed'
      ? no(cite(link.distribution.ref, probe?.reason ?? 'the origin was not probed'))
      : yes(cite(link.distribution.ref, probe.reason))
  },
})
