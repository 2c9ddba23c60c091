/** Does CloudFront always speak TLS to the origin? */

import type { Link } from '#topology/model.ts'
import { cite, type Evidence, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { allowsHttp, connectionOf } from './reading/ports.ts'

/** With `match-viewer` it is the behaviours that decide. */
const plainBehaviors = (link: Link): readonly Evidence[] =>
  link.behaviors
    .filter(b => allowsHttp(b) !== false)
    .map(b =>
      cite(
        link.distribution.ref,
        `behaviour ${b.pathPattern} has viewer protocol policy ${b.viewerProtocolPolicy}`,
        {
          behavior: b.pathPattern,
        },
      ),
    )

export const encryptedToOrigin = predicate<'link'>({
  question: 'Does CloudFront always speak TLS to the origin?',
  subjects: ['link'],
  ask: ({ link }) => {
    const { policy, http } = connectionOf(link)
    const named = `origin ${link.origin.id} has protocol policy ${policy ?? 'that was not read'}`
    const said = cite(link.distribution.ref, named)
    const why = policy === 'match-viewer' ? [said, ...plainBehaviors(link)] : [said]
    if (http === 'unknown') return unseen([], ...why)
    return http ? no(...why) : yes(said)
  },
})
