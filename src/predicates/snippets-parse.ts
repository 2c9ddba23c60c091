/** Does nginx take every snippet of the controller and its objects, as its author meant it? */
import { refusedIn } from '#prove/kubernetes/paths.ts'
import { type Answer, citeObject, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { type NamedSnippet, snippetsOf } from './reading/clusters.ts'

const answersOf = ({ name, title, snippet, cite }: NamedSnippet): readonly Answer[] => {
  const written = snippet.problems.map(p => no(cite(`${title} line ${p.line}: ${p.text}`, p.line)))
  if (snippet.problems.some(p => p.kind === 'syntax')) return written
  const refused = refusedIn(name, snippet).map(({ reason, place: { line } }) =>
    no(cite(`${title} line ${line}: nginx refuses it, for ${reason}`, Math.max(1, line))),
  )
  return [...written, ...refused]
}

export const snippetsParse = predicate<'ingress-controller'>({
  question: 'Does nginx take every snippet of the controller and its objects, as its author meant it?',
  subjects: ['ingress-controller'],
  ask: ({ at }) => {
    const said = yes(citeObject(at.controller, `nginx takes every snippet of ${at.controller.ref.name}`))
    const unread = at.gaps.length > 0 ? [unseen(at.gaps)] : []
    return every([said, ...snippetsOf({ at }).flatMap(answersOf), ...unread])
  },
})
