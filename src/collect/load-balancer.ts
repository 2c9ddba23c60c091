/** Reads one load balancer in depth: attributes, listeners, their rules and certificates. */
import type { Listener, LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2'
import { types } from '#snapshot/resource-types.ts'
import {
  describeListenerCertificates,
  describeListeners,
  describeLoadBalancerAttributes,
  describeLoadBalancers,
  describeRules,
} from './operations/elbv2.ts'
import { distinct, type Reader } from './reader.ts'

/** ARNs of the certificates that its listeners use. */
export async function readLoadBalancer(
  reader: Reader,
  region: string,
  balancer: LoadBalancer,
): Promise<readonly string[]> {
  const { ask, journal } = reader
  const arn = String(balancer.LoadBalancerArn)
  journal.keep(describeLoadBalancers, { type: types.loadBalancer, arn, region, config: balancer })
  const input = { LoadBalancerArn: arn }
  const [listeners] = await Promise.all([
    ask(describeListeners, { region, input: { ...input, PageSize: 400 }, about: arn }),
    readAttributes(reader, region, arn),
  ])
  const certificates = await Promise.all(
    listeners.items.map(listener => readListener(reader, region, balancer, listener)),
  )
  return distinct(certificates.flat())
}

const readAttributes = async ({ ask, journal }: Reader, region: string, arn: string): Promise<void> => {
  const input = { LoadBalancerArn: arn }
  const { items, complete } = await ask(describeLoadBalancerAttributes, { region, input, about: arn })
  if (!complete) return
  const config = { LoadBalancerArn: arn, Attributes: items }
  journal.keep(describeLoadBalancerAttributes, { type: types.loadBalancerAttributes, arn, region, config })
}

const readListener = async (
  reader: Reader,
  region: string,
  balancer: LoadBalancer,
  listener: Listener,
): Promise<readonly (string | undefined)[]> => {
  const arn = String(listener.ListenerArn)
  reader.journal.keep(describeListeners, { type: types.listener, arn, region, config: listener })
  const [certificates] = await Promise.all([
    isSecure(listener) ? readCertificates(reader, region, arn) : [],
    // Gateway load balancers forward packets and have no rules.
    balancer.Type === 'gateway' ? undefined : readRules(reader, region, arn),
  ])
  return [...(listener.Certificates ?? []).map(one => one.CertificateArn), ...certificates]
}

const isSecure = ({ Protocol }: Listener): boolean => Protocol === 'HTTPS' || Protocol === 'TLS'

const readCertificates = async ({ ask, journal }: Reader, region: string, arn: string) => {
  const input = { ListenerArn: arn, PageSize: 400 }
  const { items, complete } = await ask(describeListenerCertificates, { region, input, about: arn })
  // Half a list would look like a whole one: the gap says that it is not.
  if (complete)
    journal.keep(describeListenerCertificates, {
      type: types.listenerCertificates,
      arn,
      region,
      config: { ListenerArn: arn, Certificates: items },
    })
  return items.map(one => one.CertificateArn)
}

const readRules = async ({ ask, journal }: Reader, region: string, listener: string): Promise<void> => {
  const input = { ListenerArn: listener, PageSize: 400 }
  const { items } = await ask(describeRules, { region, input, about: listener })
  for (const rule of items) {
    const arn = String(rule.RuleArn)
    const config = { ...rule, ListenerArn: listener }
    journal.keep(describeRules, { type: types.rule, arn, region, config })
  }
}
