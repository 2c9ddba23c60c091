/** Is no snippet of the controller and its objects a place where a token can be read? */
import { isSealed } from '#topology/sealed.ts'
import { citeObject, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { snippetsOf } from './reading/clusters.ts'

/** Lines on which a mark stands in the place of a value. */
const linesOf = (text: string): readonly number[] =>
  text.split('\n').flatMap((line, i) => (line.includes('⟦') ? [i + 1] : []))

export const noTokenInSnippets = predicate<'ingress-controller'>({
  question: 'Is no snippet of the controller and its objects a place where a token can be read?',
  subjects: ['ingress-controller'],
  ask: ({ at }) => {
    const found = snippetsOf({ at })
      .filter(({ snippet }) => snippet.values.some(isSealed))
      .flatMap(({ title, snippet, cite }) =>
        linesOf(snippet.text).map(line =>
          no(cite(`${title} line ${line} holds the secret in clear text`, line)),
        ),
      )
    const said = yes(citeObject(at.controller, `no snippet of ${at.controller.ref.name} holds a value`))
    return every([said, ...found, ...(at.gaps.length > 0 ? [unseen(at.gaps)] : [])])
  },
})
