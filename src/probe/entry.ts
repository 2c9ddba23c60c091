/** Where a link's load balancer can be asked, and why a link is not asked at all. */
import type { Link, Listener, LoadBalancer } from '#topology/model.ts'

/** One door: a load balancer's name, a port, the scheme spoken there and the address family. */
export interface Door {
  readonly name: string
  readonly port: number
  readonly scheme: 'http' | 'https'
  readonly family: 4 | 6
}

export type LoadBalancers = readonly [LoadBalancer, ...LoadBalancer[]]

export type Probeable =
  /** Every load balancer that the origin name leads to and that can be asked. */
  | { readonly probeable: true; readonly loadBalancers: LoadBalancers }
  | { readonly probeable: false; readonly code: string; readonly reason: string }

const no = (code: string, reason: string): Probeable => ({ probeable: false, code, reason })

const byTarget = (link: Link): Probeable => {
  const { target } = link
  switch (target.kind) {
    case 'load-balancer': {
      if (target.vpcOrigin !== null)
        return no('vpc-origin', 'The origin is a VPC origin: it has no address on the internet to ask.')
      const facing = [target.loadBalancer, ...target.others].filter(lb => lb.scheme === 'internet-facing')
      const [first, ...rest] = facing.filter(lb => lb.kind !== 'gateway')
      if (first !== undefined) return { probeable: true, loadBalancers: [first, ...rest] }
      return facing.length === 0
        ? no('internal', 'The load balancer is internal: it cannot be asked from the internet.')
        : no('gateway-load-balancer', 'A gateway load balancer does not answer requests.')
    }
    case 'function-url':
      return no('function-url', 'The origin is a Lambda function URL, which is not probed by this version.')
    case 'bucket':
      return no('bucket', 'The origin is an S3 bucket, which is not probed by this version.')
    case 'api':
      return no('api', 'The origin is an API of API Gateway, which is not probed by this version.')
    case 'service':
      return no('service', 'The origin is a service of AWS that is not probed by this version.')
    case 'external':
      return no('external', 'The origin is a host that is not of the accounts read: it is never probed.')
    case 'instance':
      return no('instance', 'The origin is an instance: its addresses are not probed by this version.')
    case 'dangling':
      return no('dangling', 'The origin name leads nowhere: there is nothing of the account to ask.')
    case 'unknown':
      return no('unknown-target', 'Nothing says what the origin name leads to, so no ownership is proven.')
  }
}

/** Whether the link may be probed: an enabled production distribution before an internet-facing load balancer. */
export const probeableLink = (link: Link): Probeable => {
  if (!link.distribution.enabled)
    return no(
      'distribution-disabled',
      'The distribution is disabled: the edge gives no page to compare with.',
    )
  if (link.distribution.staging)
    return no(
      'staging',
      'A staging distribution has no name of its own: the edge gives no page to compare with.',
    )
  return byTarget(link)
}

/** Address families the load balancer has public addresses of. */
const familiesOf = (loadBalancer: LoadBalancer): readonly (4 | 6)[] => {
  if (loadBalancer.ipAddressType === 'dualstack') return [4, 6]
  return loadBalancer.ipAddressType === 'dualstack-without-public-ipv4' ? [6] : [4]
}

/** The scheme spoken on a listener; null where it carries no HTTP that we know of. */
const schemeOf = (listener: Listener, link: Link): Door['scheme'] | null => {
  switch (listener.protocol) {
    case 'HTTP':
      return 'http'
    case 'HTTPS':
    case 'TLS':
    case 'SSL':
      return 'https'
    case 'TCP':
    case 'TCP_UDP':
      // A pass-through port speaks what CloudFront speaks to it; of other ports nothing is known.
      if (listener.port === link.origin.httpsPort || listener.port === 443) return 'https'
      return listener.port === link.origin.httpPort || listener.port === 80 ? 'http' : null
    default:
      return null
  }
}

/** The port and scheme that CloudFront itself uses; HTTPS where the viewer decides. */
export const ownDoor = (link: Link): Pick<Door, 'port' | 'scheme'> =>
  link.origin.protocolPolicy === 'http-only'
    ? { port: link.origin.httpPort, scheme: 'http' }
    : { port: link.origin.httpsPort, scheme: 'https' }

export interface Doors {
  /** CloudFront's own port first. */
  readonly doors: readonly Door[]
  /** Listeners that may carry HTTP but cannot be asked, for people. */
  readonly closedToUs: readonly string[]
  /** Whether the listeners were read: if not, `doors` is only what CloudFront's own settings say. */
  readonly complete: boolean
}

/** Every listener of the load balancer in every family. */
export const doorsOf = (link: Link, loadBalancer: LoadBalancer): Doors => {
  const families = familiesOf(loadBalancer)
  const own = ownDoor(link)
  const spread = (door: Pick<Door, 'port' | 'scheme'>) =>
    families.map((family): Door => ({ name: loadBalancer.dnsName, ...door, family }))
  if (!loadBalancer.listeners.known) return { doors: spread(own), closedToUs: [], complete: false }
  const streams = loadBalancer.listeners.value.filter(l => l.protocol !== 'UDP' && l.protocol !== 'QUIC')
  const known = streams.flatMap(l => {
    const scheme = schemeOf(l, link)
    return scheme === null ? [] : [{ port: l.port, scheme }]
  })
  const first = known.filter(d => d.port === own.port)
  const rest = known.filter(d => d.port !== own.port).sort((a, b) => a.port - b.port)
  return {
    doors: [...first, ...rest].flatMap(spread),
    closedToUs: streams.filter(l => schemeOf(l, link) === null).map(l => `${l.protocol}/${l.port}`),
    complete: true,
  }
}
