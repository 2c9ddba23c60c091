/** Is the security policy towards viewers one of the accepted ones? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

interface Options {
  readonly accepted: readonly string[]
  readonly outdated: readonly string[]
}

export const viewerPolicyAccepted = predicate<'distribution', Options>({
  question: 'Is the security policy towards viewers one of the accepted ones?',
  subjects: ['distribution'],
  options: {
    accepted: {
      description: 'values of MinimumProtocolVersion that are good enough',
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
      default: ['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'],
    },
    outdated: {
      description: 'values that are not; any other value is undecided',
      type: 'array',
      items: { type: 'string' },
      default: ['SSLv3', 'TLSv1', 'TLSv1_2016', 'TLSv1.1_2016', 'TLSv1.2_2018', 'TLSv1.2_2019'],
    },
  },
  ask: ({ distribution: { ref, viewer } }, { accepted, outdated }) => {
    const policy = viewer.minimumProtocolVersion
    const said = cite(ref, `the security policy towards viewers is ${policy || 'not given'}`)
    if (accepted.includes(policy)) return yes(said)
    return outdated.includes(policy) ? no(said) : unseen([], said)
  },
})
