/** Whether a certificate shuts every API in front of a VPC link, or none of them opens the gate behind it; for checking only. */
import type { Link, LoadBalancer, Topology, VpcLink } from '#topology/model.ts'
import type { Certificate, Vantage } from '../exposure.ts'
import { routesLeft } from './api.ts'

/** What is wrong with the word that nobody gets through the link to the load balancer, a sentence each. */
export const linkFaults = (
  topology: Topology,
  link: VpcLink,
  gate: LoadBalancer,
  vantage: Vantage,
  certificate: Certificate,
): readonly string[] => {
  const { apis, ref } = link
  const assumes = 'integrations-as-configured'
  const saysShut = ([4, 6] as const).every(family =>
    certificate.obligations.some(
      o => o.kind === 'NON_FORWARD' && o.entryPoint === ref.arn && o.family === family && o.listener === null,
    ),
  )
  if (!saysShut) return [`Nothing shuts the APIs that go through ${ref.arn}.`]
  if (!certificate.reliesOn.includes(assumes))
    return [`The certificate does not say that it assumes ${assumes}.`]
  if (!apis.known) return [`The APIs that go through ${ref.arn} were not read.`]
  return apis.value.flatMap(api =>
    routesLeft({
      ...{ topology, api, headers: [], vantage, certificate, assumes },
      callsElse: (_, { integration }) => integration !== null && isApart(integration, link, gate),
    }),
  )
}

/** A function, a load balancer of another name, another link, or a URL that is called without any. */
const isApart = (called: string, link: VpcLink, gate: LoadBalancer): boolean => {
  const [first = '', second, ...more] = called.split(' ')
  const [, , service, , , resource = ''] = first.split(':')
  const isUrl = (text: string): boolean => text.startsWith('http://') || text.startsWith('https://')
  if (second === undefined) {
    if (service === 'lambda' || service === 'apigateway' || isUrl(first)) return true
    const own = gate.ref.arn.split(':loadbalancer/')[1] ?? ''
    const [kind, ...name] = resource.split('/')
    const isBalancer = kind === 'loadbalancer' || kind === 'listener'
    return service === 'elasticloadbalancing' && isBalancer && name.slice(0, 3).join('/') !== own
  }
  if (second === 'of' && more.length === 1) return true
  return more.length === 0 && isUrl(second) && link.ref.arn.split('/vpclinks/')[1] !== first
}

/** No integration through the link adds anything that the gate, or what CloudFront sends to it, has by that name. */
export const addsNoSecret = ({ writes }: VpcLink, gate: LoadBalancer, { origin }: Link): boolean => {
  if (!writes.known) return false
  const known = JSON.stringify([gate.listeners, gate.webAcl, origin.headers.map(h => h.name)]).toLowerCase()
  return writes.value.every(one => {
    const [, header] = /^header\.(.+)$/.exec(one) ?? []
    return header !== undefined && !known.includes(JSON.stringify(header))
  })
}
