/** Does some path of the controller turn strangers away? */
import { pathsOf } from '#prove/kubernetes/paths.ts'
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const controllerChecksSomewhere = predicate<'ingress-controller'>({
  question: 'Does some path of the controller turn strangers away?',
  subjects: ['ingress-controller'],
  ask: ({ cluster, at }) => {
    if (at.gaps.length > 0) return unseen(at.gaps)
    const gated = pathsOf({ cluster, at }).find(v => v.refusals.length > 0 && v.ingress !== null)
    return gated?.ingress
      ? yes(citeObject(gated.ingress, `${gated.ingress.ref.name} turns strangers away`))
      : no(citeObject(at.controller, `no path of ${at.controller.ref.name} turns strangers away`))
  },
})
