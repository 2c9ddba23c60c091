/** Does the distribution show a certificate of its own rather than CloudFront's? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const viewerCertificateOwn = predicate<'distribution'>({
  question: 'Does the distribution show viewers a certificate of its own?',
  subjects: ['distribution'],
  ask: ({ distribution: { ref, viewer } }) =>
    viewer.isDefault
      ? no(cite(ref, 'it shows the certificate of *.cloudfront.net'))
      : yes(cite(ref, 'it shows a certificate of its own')),
})
