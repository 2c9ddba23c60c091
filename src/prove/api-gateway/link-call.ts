/** What an integration leads to through a VPC link. */
import type { Listener, LoadBalancer, VpcLink } from '#topology/model.ts'

const ofBalancer =
  /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:(loadbalancer|listener)\/((?:app|net)\/[^/]+\/[^/]+)/

/** Services of AWS that are no load balancer; Cloud Map is none of them, as it may name one. */
const ofService = /^arn:[^:]+:(?:lambda|apigateway):|^\S+ of arn:/

/** Through another link, as REST APIs write it: the link, and the URL of what is called. */
const throughLink = /^(\S+) (https?:\/\/\S+)$/

/**
 * The listeners of the load balancer that `integration`, as routes write it, may lead to; none where it has no such one. A URL
 * without a link is called over the internet, where nobody is more than a stranger.
 */
export const calledThrough = (
  integration: string,
  { ref, kind, loadBalancerArns }: VpcLink,
  balancer: LoadBalancer,
): readonly Listener[] | 'elsewhere' | 'unknown' => {
  if (integration === 'MOCK' || ofService.test(integration) || /^https?:\/\/\S+$/.test(integration))
    return 'elsewhere'
  const listeners = balancer.listeners.known ? balancer.listeners.value : []
  const [, what, name] = ofBalancer.exec(integration) ?? []
  if (name !== undefined) {
    if (!balancer.ref.arn.endsWith(`:loadbalancer/${name}`)) return 'elsewhere'
    return what === 'listener' ? listeners.filter(l => l.ref.arn === integration) : listeners
  }
  const [, link, url] = throughLink.exec(integration) ?? []
  if (link === undefined || url === undefined || !URL.canParse(url)) return 'unknown'
  if (!ref.arn.endsWith(`/vpclinks/${link}`)) return 'elsewhere'
  const isOnly = loadBalancerArns.known && loadBalancerArns.value.length === 1
  return kind === 'rest' && isOnly ? listeners.filter(l => l.port === portOf(new URL(url))) : 'unknown'
}

const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80))
