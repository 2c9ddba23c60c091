/** Does every path of the Ingress turn away requests without a secret, or something in front of it? */
import { type PathVerdict, pathsOf } from '#prove/kubernetes/paths.ts'
import { type Answer, citeObject, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import type { SubjectOf } from './asking/subject.ts'
import { controllersIn, leadsToIngress } from './reading/clusters.ts'

const isShut = (verdict: string | undefined): boolean => verdict === 'closed' || verdict === 'authenticated'

/** Whether every link to the object is closed, by whatever means. */
const isClosedBefore = ({ ingress, cluster, at }: SubjectOf<'ingress'>, facts: Facts): boolean => {
  const links = controllersIn(facts).find(c => c.at === at)?.links ?? []
  const own = links.filter(link => leadsToIngress(link, cluster, at, ingress) !== false)
  const exposures = own.map(facts.exposureOf)
  return own.length > 0 && exposures.every(e => isShut(e?.internet.verdict) && isShut(e?.tenant.verdict))
}

const answerOf = ({ ingress }: SubjectOf<'ingress'>, path: PathVerdict): Answer => {
  const host = path.host === '_' ? 'any other host' : `host ${path.host}`
  const at = `path ${path.path} of ${host}`
  switch (path.verdict) {
    case 'open':
      return no(
        citeObject(
          ingress,
          `${ingress.ref.name}: ${at} asks for ${path.witness?.address == null ? 'nothing' : 'an address alone, which a stranger has or may claim'}`,
        ),
      )
    case 'guessable':
      return no(citeObject(ingress, `${ingress.ref.name}: ${at} asks for a value that can be guessed`))
    case 'unknown': {
      const [doubt] = path.doubts
      const why = doubt?.reason ?? 'it was not decided'
      return unseen([], citeObject(ingress, `${ingress.ref.name}: ${at} was not decided: ${why}`))
    }
    default:
      return yes(citeObject(ingress, `${ingress.ref.name}: ${at} turns strangers away`))
  }
}

export const ingressRefusesStrangers = predicate<'ingress'>({
  question:
    'Does every path of the Ingress turn away requests without a secret, or something in front of it?',
  subjects: ['ingress'],
  ask: (subject, _, facts) => {
    const { ingress, cluster, at } = subject
    if (isClosedBefore(subject, facts))
      return yes(citeObject(ingress, `no stranger reaches ${ingress.ref.name}`))
    if (at.gaps.length > 0) return unseen(at.gaps)
    return every(
      pathsOf({ cluster, at })
        .filter(v => v.ingress === ingress)
        .map(path => answerOf(subject, path)),
    )
  },
})
