/** Did the origin turn the direct request away? */
import { cite, type Evidence, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const probeRefused = predicate<'link'>({
  question: 'Did the origin turn away requests that did not come through its distribution?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const probe = facts.probeOf(link)
    const [first = null, ...rest] = probe?.exchanges ?? []
    const reason = probe?.reason ?? 'the origin was not probed'
    const said: Evidence = { ...cite(link.distribution.ref, reason), exchange: first }
    const exchanges: readonly Evidence[] = rest.map(id => ({
      text: `exchange ${id}`,
      line: null,
      arn: null,
      exchange: id,
    }))
    if (probe?.verdict === 'confirmed') return no(said, ...exchanges)
    return probe?.verdict === 'blocked' ? yes(said, ...exchanges) : unseen([], said, ...exchanges)
  },
})
