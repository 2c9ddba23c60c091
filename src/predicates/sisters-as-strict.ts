/** Do the other ways through CloudFront to the same backend ask as much of viewers? */
import type { Sisters } from '#prove/sister.ts'
import type { Link } from '#topology/model.ts'
import { type Answer, cite, every, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { comparedAnswer, nameOfSister, undecided } from './reading/sisters.ts'

interface Options {
  readonly kinds: readonly string[]
}

const answers = (link: Link, { found, reasons, asStrict }: Sisters, { kinds }: Options): Answer => {
  const own = link.distribution.ref
  const compared = found
    .filter(sister => kinds.includes(sister.kind))
    .map(sister => comparedAnswer({ ref: sister, name: nameOfSister(sister) }, sister.differences, [], own))
  const open = reasons.length > 0 ? [undecided(reasons, own)] : []
  const rest = yes(cite(own, `${asStrict} other ways to the same backend ask as much`))
  return every([...compared, ...open, rest])
}

export const sistersAsStrict = predicate<'link', Options>({
  question: 'Do other ways through CloudFront to the same backend ask as much of viewers?',
  subjects: ['link'],
  options: {
    kinds: {
      description: 'ways of any of these kinds',
      type: 'array',
      items: { type: 'string', enum: ['distribution', 'other-account', 'staging', 'tenant'] },
      minItems: 1,
    },
  },
  ask: ({ link }, options, facts) => {
    const exposure = facts.exposureOf(link)
    return exposure === null
      ? unseen([], cite(link.distribution.ref, 'the link was not proven'))
      : answers(link, exposure.sisters, options)
  },
})
