/** Did the probe settle whether the origin answers? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const probeConclusive = predicate<'link'>({
  question: 'Did the probe settle whether the origin answers direct requests?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const probe = facts.probeOf(link)
    return probe?.verdict === 'confirmed' || probe?.verdict === 'blocked'
      ? yes(cite(link.distribution.ref, probe.reason))
      : no(cite(link.distribution.ref, probe?.reason ?? 'the origin was not probed'))
  },
})
