/** Does a certificate of the listener that CloudFront connects to carry the origin's name? */
import { certificateNameCovers, sameName } from '#base/domain-name.ts'
import type { Certificate, Link, Listener, LoadBalancer } from '#topology/model.ts'
import { type Answer, cite, type Evidence, every, no, ofKnown, some, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf, unlessFollowed } from './reading/backends.ts'
import { listenerName } from './reading/gates.ts'
import { tlsListenersFor } from './reading/tls-listeners.ts'

const namesOf = (certificate: Certificate): readonly string[] => [
  ...new Set([certificate.domainName, ...certificate.subjectAlternativeNames]),
]

const coversName = (certificate: Certificate, name: string, listener: Listener): Answer => {
  const names = namesOf(certificate)
  const text = `listener ${listenerName(listener)} shows a certificate for ${names.slice(0, 5).join(', ')}`
  const said = cite(certificate.ref, text, { listener: listener.ref.arn, certificate: certificate.ref.arn })
  return names.some(n => certificateNameCovers(n, name)) ? yes(said) : no(said)
}

const listenerCovers = (listener: Listener, name: string): Answer =>
  ofKnown(listener.certificates, certificates =>
    some([
      no(
        cite(listener.ref, `listener ${listenerName(listener)} must prove to be ${name}`, {
          listener: listener.ref.arn,
        }),
      ),
      ...certificates.map(c => ofKnown(c, certificate => coversName(certificate, name, listener))),
    ]),
  )

/** The name that AWS gave it belongs to AWS: nobody else is issued a certificate for it. */
const ownName = (link: Link, { ref, dnsName }: LoadBalancer): readonly Evidence[] => {
  const { domainName } = link.origin
  return sameName(domainName, dnsName) || sameName(domainName, `dualstack.${dnsName}`)
    ? [cite(ref, `${domainName} is the load balancer's own name, for which no certificate can be issued`)]
    : []
}

const loadBalancerCovers = (link: Link, loadBalancer: LoadBalancer): Answer => {
  const named = ownName(link, loadBalancer)
  if (named.length > 0)
    return no(
      cite(link.distribution.ref, `origin ${link.origin.id} must prove to be ${link.origin.domainName}`),
      ...named,
    )
  return ofKnown(tlsListenersFor(link, loadBalancer), listeners =>
    every(listeners.map(l => listenerCovers(l, link.origin.domainName))),
  )
}

export const certificateCoversOriginName = predicate<'link'>({
  question: "Does a certificate of the listener that CloudFront connects to carry the origin's name?",
  subjects: ['link'],
  ask: ({ link }) =>
    link.target.kind === 'unknown'
      ? unseen(link.target.gaps)
      : every([...loadBalancersOf(link).map(lb => loadBalancerCovers(link, lb)), ...unlessFollowed(link)]),
})
