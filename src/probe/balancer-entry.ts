/** The doors of load balancers: every listener of every internet-facing one that the origin name leads to. */
import type { Link, Listener, LoadBalancer } from '#topology/model.ts'
import { type Door, type Entry, no, type Probeable } from './entry.ts'
import { ownPort } from './origin-ports.ts'

type BalancerTarget = Extract<Link['target'], { kind: 'load-balancer' }>

export const balancerEntry = (link: Link, target: BalancerTarget): Probeable => {
  if (target.vpcOrigin !== null)
    return no('vpc-origin', 'The origin is a VPC origin: it has no address on the internet to ask.')
  const facing = [target.loadBalancer, ...target.others].filter(lb => lb.scheme === 'internet-facing')
  const [first, ...rest] = facing.filter(lb => lb.kind !== 'gateway')
  if (first === undefined)
    return facing.length === 0
      ? no('internal', 'The load balancer is internal: it cannot be asked from the internet.')
      : no('gateway-load-balancer', 'A gateway load balancer does not answer requests.')
  return { probeable: true, entry: entryOf(link, target, [first, ...rest]) }
}

const entryOf = (
  link: Link,
  { gaps }: BalancerTarget,
  balancers: readonly [LoadBalancer, ...LoadBalancer[]],
): Entry => {
  const [first, ...rest] = balancers
  // One without a listener that speaks HTTP is asked as CloudFront asks it.
  const [main = doorAt(first, ownPort(link), null, 4), ...doors] = balancers.flatMap(lb => doorsOf(link, lb))
  return {
    kind: 'load-balancer',
    doors: [main, ...doors],
    closedToUs: balancers.flatMap(lb => closedToUs(link, lb)),
    unseen: unseenOf(balancers, gaps.length > 0),
    loadBalancers: balancers,
    shared: false,
    owners: [first.ref.arn, ...rest.map(lb => lb.ref.arn)],
    proofs: [
      // The origin's own name is only as good as its DNS: what it resolves to must be the load balancer's address too.
      { name: link.origin.domainName, by: first.dnsName },
      ...balancers.map(({ dnsName }) => ({ name: dnsName, by: dnsName })),
    ],
  }
}

const unseenOf = (balancers: readonly LoadBalancer[], unfollowed: boolean): Entry['unseen'] => {
  if (unfollowed)
    return {
      code: 'target-unclear',
      reason: 'The origin name leads to more than what could be followed and asked.',
    }
  return balancers.every(lb => lb.listeners.known)
    ? null
    : {
        code: 'listeners-unknown',
        reason: 'The listeners were not read, so not every door could be asked.',
      }
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

const doorAt = (
  { dnsName, ref }: LoadBalancer,
  at: Pick<Door, 'port' | 'scheme'>,
  listener: string | null,
  family: 4 | 6,
): Door => ({ name: dnsName, ...at, family, entryPoints: [ref.arn, dnsName], listener })

const streamsOf = ({ listeners }: LoadBalancer): readonly Listener[] =>
  listeners.known ? listeners.value.filter(l => l.protocol !== 'UDP' && l.protocol !== 'QUIC') : []

/** CloudFront's own port first; where the listeners were not read only that one. */
const doorsOf = (link: Link, lb: LoadBalancer): readonly Door[] => {
  const families = familiesOf(lb)
  const own = ownPort(link)
  if (!lb.listeners.known) return families.map(family => doorAt(lb, own, null, family))
  const known = streamsOf(lb).flatMap(l => {
    const scheme = schemeOf(l, link)
    return scheme === null ? [] : [{ port: l.port, scheme, arn: l.ref.arn }]
  })
  const first = known.filter(d => d.port === own.port)
  const rest = known.filter(d => d.port !== own.port).sort((a, b) => a.port - b.port)
  return [...first, ...rest].flatMap(({ arn, ...at }) => families.map(f => doorAt(lb, at, arn, f)))
}

const closedToUs = (link: Link, lb: LoadBalancer): readonly string[] =>
  streamsOf(lb)
    .filter(l => schemeOf(l, link) === null)
    .map(l => `${l.protocol}/${l.port}`)
