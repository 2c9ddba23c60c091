/** Does CloudFront add a secret header to the requests it sends to the origin? */
import type { Link } from '#topology/model.ts'
import { cite, type Evidence, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf } from './reading/backends.ts'
import { edgeCode } from './reading/edge-code.ts'
import { noGate } from './reading/gates.ts'
import { sealedHeaders, secretsSent } from './reading/tokens.ts'

const headersSent = (link: Link): string => {
  const names = link.origin.headers.map(h => h.name)
  return names.length > 0 ? `only ${names.join(', ')}, no secret` : 'no custom header'
}

/** A value that is not random would be a secret all the same, if a gate compared it. */
const settingsOnly = (link: Link): readonly Evidence[] => {
  const names = sealedHeaders(link).map(s => s.header)
  return names.length > 0 ? loadBalancersOf(link).flatMap(lb => noGate(lb, names.join(', '))) : []
}

export const sendsSecretHeader = predicate<'link'>({
  question: 'Does CloudFront add a secret header to the requests it sends to the origin?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) => {
    const { secrets, perhaps, gaps } = secretsSent(link, facts)
    const { ref } = link.distribution
    if (secrets.length > 0)
      return yes(
        ...secrets.map(s => cite(ref, `origin ${link.origin.id} is sent ${s.header}`, { header: s.header })),
      )
    if (perhaps.length > 0)
      return unseen(
        gaps,
        cite(ref, `whether ${perhaps.map(p => p.header).join(', ')} is compared is not known`),
      )
    const code = edgeCode(link)
    return code.length > 0
      ? unseen([], cite(ref, `${code.join(', ')} may add a header to requests for the origin`))
      : no(
          cite(ref, `origin ${link.origin.id} (${link.origin.domainName}) is sent ${headersSent(link)}`),
          ...settingsOnly(link),
        )
  },
})
