/** Is there still something behind the origin name? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const targetExists = predicate<'link'>({
  question: 'Is there still something behind the origin name?',
  subjects: ['link'],
  ask: ({ link }) => {
    const { target, origin, distribution } = link
    const chain = target.names.join(' -> ') || origin.domainName
    if (target.kind === 'dangling') return no(cite(distribution.ref, `${chain}: ${target.reason}`))
    if (target.kind === 'unknown') return unseen(target.gaps)
    if (target.kind === 'bucket' && !target.exists.known) return unseen(target.exists.gaps)
    if (target.kind === 'external' && target.addresses.length === 0)
      return unseen([], cite(distribution.ref, `${chain} was not followed to an address`))
    return yes(cite(distribution.ref, `${chain} leads to a target of kind ${target.kind}`))
  },
})
