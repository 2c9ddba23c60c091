/** Does CloudFront sign every request to the origin with an origin access control? */
import { cite, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const accessControlSigns = predicate<'link'>({
  question: 'Does CloudFront sign every request to the origin with an origin access control?',
  subjects: ['link'],
  ask: ({ link: { origin, distribution } }) =>
    ofKnown(origin.accessControl, control => {
      if (control === null) {
        const older = origin.originAccessIdentity ? ', but the older origin access identity' : ''
        return no(cite(distribution.ref, `origin ${origin.id} has no origin access control${older}`))
      }
      const said = cite(
        control.ref,
        `the origin access control ${control.ref.name} has the signing behaviour ${control.signs}`,
      )
      if (control.signs === 'unrecognised') return unseen([], said)
      return control.signs === 'always' ? yes(said) : no(said)
    }),
})
