/** Ways to a load balancer that do not come over the internet: API Gateway VPC links and VPC endpoint services. */
import type { Gap } from '#base/gap.ts'
import type { EndpointService, LoadBalancer, Topology, VpcLink } from '#topology/model.ts'
import type { Entry } from './entry.ts'
import { type Reason, unreadWays, type Vantage } from './exposure.ts'
import { gapReasons, notModelled, unreadReasons } from './uncertainty.ts'

export const privateWays = (topology: Topology): ((lb: LoadBalancer) => readonly Entry[]) => {
  const links = linksTo(topology)
  const services = servicesOf(topology)
  return lb => [...links(lb), ...services(lb)]
}

/** An API is called by everybody. */
const callers: readonly Vantage[] = ['internet', 'tenant']

const linksTo = ({ vpcLinks }: Topology): ((lb: LoadBalancer) => readonly Entry[]) => {
  const unread = vpcLinks.items.flatMap(({ loadBalancerArns: arns, ref }) =>
    arns.known ? [] : unreadReasons(arns.gaps, ref.name).map(reason => ({ reason, region: ref.region })),
  )
  const hidden = vpcLinks.gaps.flatMap(gap =>
    gapReasons([gap]).map(reason => ({ reason, region: gap.region })),
  )
  const all = [...hidden, ...unread]
  return lb => {
    const doubts = all.filter(u => mayHide(u.region, lb)).map(u => u.reason)
    const known = vpcLinks.items.filter(
      l => l.loadBalancerArns.known && l.loadBalancerArns.value.includes(lb.ref.arn),
    )
    return [
      ...known.map(
        (link): Entry => ({
          ref: link.ref,
          balancer: lb,
          way: { kind: 'vpc-link', link, doubts: [notModelled(linkText(link, lb))] },
          vantages: callers,
        }),
      ),
      ...(doubts.length > 0 ? [unreadLinks(lb, doubts)] : []),
    ]
  }
}

const linkText = ({ ref }: VpcLink, lb: LoadBalancer): string =>
  `VPC link ${ref.name} leads to ${lb.ref.name}: what comes of a request is for the API to say.`

const unreadLinks = (lb: LoadBalancer, doubts: readonly Reason[]): Entry => ({
  ref: { ...lb.ref, arn: unreadWays('vpc-links', lb.ref.arn) },
  balancer: lb,
  way: { kind: 'vpc-link', link: null, doubts },
  vantages: callers,
})

/** A gap that names no region may hide something in every one. */
const mayHide = (region: string, lb: LoadBalancer): boolean =>
  lb.ref.region === region || !/^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(region)

const servicesOf = (topology: Topology): ((lb: LoadBalancer) => readonly Entry[]) => {
  const { items, gaps } = topology.endpointServices
  const byArn = new Map<string, EndpointService[]>()
  for (const service of items)
    for (const arn of service.loadBalancerArns) byArn.set(arn, [...(byArn.get(arn) ?? []), service])
  return lb => {
    if (lb.kind !== 'network' && lb.kind !== 'gateway') return []
    const hidden = gaps.filter(gap => mayHide(gap.region, lb))
    return [
      ...(byArn.get(lb.ref.arn) ?? []).map(service => serviceEntry(topology, service, lb)),
      ...(hidden.length > 0 ? [unreadServices(lb, hidden)] : []),
    ]
  }
}

const serviceEntry = ({ accounts }: Topology, service: EndpointService, lb: LoadBalancer): Entry => {
  const { principals, ref } = service
  const doubts = principals.known ? [] : unreadReasons(principals.gaps, `Who may connect to ${ref.name}`)
  const strangers = !service.acceptanceRequired && admitsStrangers(service, accounts)
  return {
    ref,
    balancer: lb,
    way: { kind: 'endpoint-service', service, doubts },
    vantages: strangers ? ['tenant', 'inside'] : ['inside'],
  }
}

/** A connection that the owner accepts by hand is no stranger's; one that an account's own principal makes neither. */
const admitsStrangers = ({ principals }: EndpointService, accounts: readonly string[]): boolean =>
  !principals.known || principals.value.some(p => !accounts.includes(accountOf(p)))

/** Of a principal ARN, or the account id itself; empty where it names none. */
const accountOf = (principal: string): string =>
  /^\d{12}$/.test(principal) ? principal : (principal.split(':')[4] ?? '')

const unreadServices = (lb: LoadBalancer, gaps: readonly Gap[]): Entry => ({
  ref: { ...lb.ref, arn: unreadWays('endpoint-services', lb.ref.arn) },
  balancer: lb,
  way: { kind: 'endpoint-service', service: null, doubts: gapReasons(gaps) },
  vantages: ['tenant', 'inside'],
})
