/** Does CloudFront speak TLS to the origin for some requests? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { connectionOf } from './reading/ports.ts'

export const usesTls = predicate<'link'>({
  question: 'Does CloudFront speak TLS to the origin, at least for some requests?',
  subjects: ['link'],
  ask: ({ link }) => {
    const { policy, https } = connectionOf(link)
    const said = cite(link.distribution.ref, `protocol policy ${policy ?? 'not read'}`)
    if (https === 'unknown') return unseen([], said)
    return https ? yes(said) : no(said)
  },
})
