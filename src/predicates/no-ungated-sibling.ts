/** Does everything that leads to the pods of a checked path have the check as well? */
import { doorsBeside, type PathVerdict, type Placed, pathsOf, sameBackend } from '#prove/kubernetes/paths.ts'
import { type Answer, citeObject, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

const isGated = (v: PathVerdict): boolean => v.refusals.length > 0

const beside = (placed: Placed, path: PathVerdict, gated: readonly PathVerdict[]): readonly Answer[] => {
  const { ingress } = path
  const twin = gated.find(g => sameBackend(placed, path, g) === true)
  if (ingress === null || twin?.ingress == null || isGated(path) || path.verdict === 'closed') return []
  const host = path.host === '_' ? 'any other host' : path.host
  const text = `${ingress.ref.name} (${host}, ${path.path}) leads to the pods behind ${twin.ingress.ref.name}`
  return path.verdict === 'unknown'
    ? [unseen([], citeObject(ingress, `${text}; whether it checks as well was not decided`))]
    : [no(citeObject(ingress, `${text} without its check`))]
}

export const noUngatedSibling = predicate<'ingress-controller'>({
  question: 'Does everything that leads to the pods of a checked path have the check as well?',
  subjects: ['ingress-controller'],
  ask: ({ cluster, at }) => {
    const placed = { cluster, at }
    const paths = pathsOf(placed)
    const gated = paths.filter(isGated)
    const doors = new Set(gated.flatMap(path => doorsBeside(placed, path)))
    const around = [...doors].map(s =>
      no(
        citeObject(s, `Service ${s.ref.name} of type ${s.type} leads to the same pods around the controller`),
      ),
    )
    const unread = cluster.gaps.length > 0 ? [unseen(cluster.gaps)] : []
    const said = yes(
      citeObject(at.controller, `nothing else leads to the pods behind ${at.controller.ref.name}`),
    )
    return every([said, ...paths.flatMap(path => beside(placed, path, gated)), ...around, ...unread])
  },
})
