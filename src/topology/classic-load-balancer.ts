/** A Classic Load Balancer in the terms of the newer ones: each listener forwards everything to the same instances. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { forwardTo } from './action.ts'
import { classicCall, notRead } from './calls.ts'
import { certificateNamed } from './certificate.ts'
import { integerAt, isMissing, listAt, objectAt, textAt, textsAt } from './config.ts'
import { allKnown, type Facts, misread, refOf } from './facts.ts'
import { hostsOf } from './host.ts'
import type { Listener, LoadBalancer, TargetGroup } from './model.ts'
import { ingressOf } from './security-group.ts'
import { subnetsOf } from './subnet.ts'

const secure = ['HTTPS', 'SSL']

const sslPolicyOf = (description: unknown): string | null =>
  (textsAt(description, 'PolicyNames') ?? []).find(name => name.startsWith('ELBSecurityPolicy-')) ?? null

/** The instances that a listener forwards to, as if they were a target group of their own. */
const targetsOf = (
  facts: Facts,
  balancer: LocatedResource,
  listener: unknown,
  instances: readonly string[],
): TargetGroup => {
  const name = textAt(balancer.config, 'LoadBalancerName') ?? balancer.arn
  const port = integerAt(listener, 'InstancePort') ?? 0
  return {
    ref: refOf(balancer, name),
    name,
    protocol: textAt(listener, 'InstanceProtocol') ?? '',
    port,
    targetType: 'instance',
    targets: known(instances.map(id => `${id}:${port}`)),
    hosts: hostsOf(facts, { kind: 'instance', ids: instances, vpcId: '', ipv6: false, place: balancer }),
    clientIpPreserved: known(false),
  }
}

const buildListener = (
  facts: Facts,
  balancer: LocatedResource,
  description: unknown,
  instances: readonly string[],
): Known<Listener> => {
  const listener = objectAt(description, 'Listener')
  const port = integerAt(listener, 'LoadBalancerPort')
  const protocol = textAt(listener, 'Protocol')?.toUpperCase()
  if (port === undefined || protocol === undefined || integerAt(listener, 'InstancePort') === undefined)
    return unobserved(misread(balancer, 'a listener cannot be read'))
  const certificate = textAt(listener, 'SSLCertificateId')
  const everything = forwardTo(targetsOf(facts, balancer, listener, instances))
  return known({
    ref: refOf(balancer, `${protocol}:${port}`),
    port,
    protocol,
    sslPolicy: sslPolicyOf(description),
    certificates:
      secure.includes(protocol) && certificate === undefined
        ? unobserved(misread(balancer, 'a listener names no certificate'))
        : known(certificate === undefined ? [] : [certificateNamed(facts, certificate, balancer)]),
    mutualTls: 'off',
    rules: known([
      {
        ref: refOf(balancer, 'default rule'),
        priority: 'default',
        conditions: [],
        actions: [everything],
        transforms: false,
      },
    ]),
  })
}

const instancesOf = (balancer: LocatedResource): Known<readonly string[]> => {
  const ids = listAt(balancer.config, 'Instances')?.map(i => textAt(i, 'InstanceId'))
  const readable = ids?.filter(id => id !== undefined)
  return readable !== undefined && readable.length === ids?.length
    ? known([...new Set(readable)].toSorted())
    : unobserved(misread(balancer, 'the instances cannot be read'))
}

const listenersOf = (
  facts: Facts,
  balancer: LocatedResource,
  instances: readonly string[],
): Known<readonly Listener[]> => {
  const descriptions = listAt(balancer.config, 'ListenerDescriptions')
  if (descriptions === undefined) return unobserved(misread(balancer, 'the listeners are not a list'))
  const built = allKnown(descriptions.map(d => buildListener(facts, balancer, d, instances)))
  return built.known ? known(built.value.toSorted((a, b) => a.port - b.port)) : built
}

export const buildClassicLoadBalancer = (facts: Facts, balancer: LocatedResource): Known<LoadBalancer> => {
  const { config, arn } = balancer
  const scheme = (['internet-facing', 'internal'] as const).find(s => s === textAt(config, 'Scheme'))
  const groups = isMissing(config, 'SecurityGroups') ? [] : textsAt(config, 'SecurityGroups')
  const dnsName = textAt(config, 'DNSName')
  if (scheme === undefined || groups === undefined || dnsName === undefined)
    return unobserved(misread(balancer, 'the scheme, security groups or DNS name cannot be read'))
  const instances = instancesOf(balancer)
  if (!instances.known) return instances
  return known({
    ref: refOf(balancer, textAt(config, 'LoadBalancerName') ?? arn),
    kind: 'classic',
    dnsName,
    scheme,
    // In a VPC, the only place left for them, they speak IPv4 alone.
    ipAddressType: 'ipv4',
    vpcId: textAt(config, 'VPCId') ?? '',
    securityGroupIds: groups.toSorted(),
    ingress:
      groups.length === 0
        ? unobserved(misread(balancer, 'the load balancer shows no security group'))
        : ingressOf(facts, balancer, groups),
    subnets: subnetsOf(facts, balancer, textsAt(config, 'Subnets')),
    listeners: listenersOf(facts, balancer, instances.value),
    attributes: unobserved(
      notRead({ ...classicCall(arn, balancer), operation: 'DescribeLoadBalancerAttributes' }),
    ),
    // AWS WAF does not attach to classic load balancers.
    webAcl: known(null),
    instances: instances.value,
  })
}
