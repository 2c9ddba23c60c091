/** Does every route of the object turn away requests without a secret, or something in front of it? */

import type { RouteVerdict } from '#prove/kubernetes/routes/route.ts'
import { routeVerdictsIn } from '#prove/kubernetes/routes-in.ts'
import { type Answer, citeObject, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import type { SubjectOf } from './asking/subject.ts'
import { linksOfRoute } from './reading/clusters.ts'

const isShut = (verdict: string | undefined): boolean => verdict === 'closed' || verdict === 'authenticated'

/** Whether every link to the object is closed, by whatever means. */
const isClosedBefore = (subject: SubjectOf<'cluster-route'>, facts: Facts): boolean => {
  const exposures = linksOfRoute(facts, subject).map(facts.exposureOf)
  return (
    exposures.length > 0 && exposures.every(e => isShut(e?.internet.verdict) && isShut(e?.tenant.verdict))
  )
}

const answerOf = ({ object }: SubjectOf<'cluster-route'>, found: RouteVerdict): Answer => {
  const { name } = found.route
  switch (found.verdict) {
    case 'open':
      return no(citeObject(object, `${name} asks for nothing that is secret`))
    case 'guessable':
      return no(citeObject(object, `${name} asks for a value that can be guessed`))
    case 'unknown':
      return unseen([], citeObject(object, `${name} was not decided: ${found.doubts.join('; ')}`))
    default:
      return yes(citeObject(object, `${name} turns strangers away`))
  }
}

export const routeRefusesStrangers = predicate<'cluster-route'>({
  question:
    'Does every route of the object turn away requests without a secret, or something in front of it?',
  subjects: ['cluster-route'],
  ask: (subject, _, facts) => {
    const { object, at } = subject
    if (isClosedBefore(subject, facts))
      return yes(citeObject(object, `no stranger reaches ${object.ref.name}`))
    if (at.gaps.length > 0) return unseen(at.gaps)
    return every(
      routeVerdictsIn(at)
        .filter(v => v.route.ref.arn === object.ref.arn)
        .map(v => answerOf(subject, v)),
    )
  },
})
