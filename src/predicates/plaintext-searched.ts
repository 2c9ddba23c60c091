/** Were values that stand in clear looked through for the secrets of the account? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const plaintextSearched = predicate<'link'>({
  question:
    'Were values that stand in clear looked through for the secrets of the account (--find-plaintext)?',
  subjects: ['link'],
  ask: ({ link }, _options, { topology }) => {
    const { ref } = link.distribution
    return topology.plaintext
      ? yes(cite(ref, `values in ${topology.regions.join(', ')} were looked through`))
      : no(cite(ref, 'values were not looked through: that is asked for with --find-plaintext'))
  },
})
