/** Is AWS renewing the certificate at this moment? */
import { cite, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { daysLeft } from './reading/validity.ts'

export const certificateRenewing = predicate<'certificate'>({
  question: 'Is AWS renewing the certificate, without anybody having to do anything?',
  subjects: ['certificate'],
  ask: ({ certificate }, _options, { topology }) =>
    ofKnown(certificate, c => {
      const valid = (daysLeft(c, topology) ?? -1) > 0
      const renewing = c.type !== 'IMPORTED' && c.inUse && c.renewalStatus === 'PENDING_AUTO_RENEWAL'
      const said = cite(c.ref, `${c.domainName} has renewal status ${c.renewalStatus ?? 'none'}`)
      return valid && renewing ? yes(said) : no(said)
    }),
})
