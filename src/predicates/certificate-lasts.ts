/** Is the certificate valid for some time to come? */
import type { Certificate } from '#topology/model.ts'
import { cite, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { daysLeft } from './reading/validity.ts'

const renewal = ({ type, renewalStatus }: Certificate): string => {
  if (type === 'IMPORTED') return 'it was imported, and AWS does not renew it'
  return renewalStatus === null ? 'AWS has not begun to renew it' : `renewal status ${renewalStatus}`
}

export const certificateLasts = predicate<'certificate', { readonly days: number }>({
  question: 'Is the certificate valid for at least so many days?',
  subjects: ['certificate'],
  options: {
    days: { description: 'days that must be left', type: 'number', minimum: 0, default: 30 },
  },
  ask: ({ certificate }, { days }, { topology }) =>
    ofKnown(certificate, c => {
      const left = daysLeft(c, topology)
      const names = { certificate: c.ref.arn }
      if (left === null)
        return unseen([], cite(c.ref, `the end of validity of ${c.domainName} is not known`, names))
      const when =
        left < 0 ? `expired on ${c.notAfter}` : `expires on ${c.notAfter}, in ${Math.floor(left)} days`
      return left >= days
        ? yes(cite(c.ref, `${c.domainName} ${when}`, names))
        : no(cite(c.ref, `${c.domainName} ${when}; ${renewal(c)}`, names))
    }),
})
