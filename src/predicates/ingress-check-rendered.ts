/** Does the controller put every check of the Ingress into its configuration? */
import { lostChecks } from '#prove/kubernetes/paths.ts'
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const ingressCheckRendered = predicate<'ingress'>({
  question: 'Does the controller put every check of the Ingress into its configuration?',
  subjects: ['ingress'],
  ask: ({ ingress, cluster, at }) => {
    if (at.gaps.length > 0) return unseen(at.gaps)
    const lost = lostChecks({ cluster, at }, ingress)
    const said = lost.map(({ annotation, reason }) => {
      const line = ingress.snippets[annotation]?.fileLine
      return citeObject(ingress, `${annotation} of ${ingress.ref.name} is not rendered: ${reason}`, line)
    })
    if (said.length === 0) return yes(citeObject(ingress, `every check of ${ingress.ref.name} is rendered`))
    return lost.some(l => l.certain) ? no(...said) : unseen([], ...said)
  },
})
