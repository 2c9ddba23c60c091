/** Are the outdated protocol versions switched off towards the origin? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

const versions = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

export const originProtocolsExclude = predicate<'link', { readonly protocols: readonly string[] }>({
  question: 'Does CloudFront refuse these protocol versions when it connects to the origin?',
  subjects: ['link'],
  options: {
    protocols: {
      description: 'versions that must not be in use',
      type: 'array',
      items: { type: 'string', enum: versions },
      minItems: 1,
      default: ['SSLv3', 'TLSv1', 'TLSv1.1'],
    },
  },
  ask: ({ link }, { protocols }) => {
    const { id, sslProtocols } = link.origin
    const { ref } = link.distribution
    if (sslProtocols.length === 0) return unseen([], cite(ref, `origin ${id} lists no TLS versions`))
    const bad = sslProtocols.filter(p => protocols.includes(p))
    const strange = sslProtocols.filter(p => !versions.includes(p))
    if (bad.length > 0) return no(cite(ref, `origin ${id} allows ${bad.join(', ')}`))
    return strange.length > 0
      ? unseen([], cite(ref, `origin ${id} allows ${strange.join(', ')}, which this version does not know`))
      : yes(cite(ref, `origin ${id} allows ${sslProtocols.join(', ')}`))
  },
})
