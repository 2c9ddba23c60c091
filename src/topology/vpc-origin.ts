/** VPC origins: private load balancers and instances that CloudFront reaches inside the network. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from './calls.ts'
import { integerAt, listAt, objectAt, textAt } from './config.ts'
import type { Estate } from './estate.ts'
import { type Facts, gapsOf, lookUp, misread, refOf } from './facts.ts'
import { instanceHosts } from './host.ts'
import type { Target, VpcOrigin, VpcOriginUser } from './model.ts'

/** The VPC origin of an id. One that another account shares is not in the snapshot unless that account was read. */
export const vpcOriginNamed = (facts: Facts, id: string, account: string): Known<VpcOrigin> => {
  const resource = facts.where(types.vpcOrigin, 'Id', id)[0]
  const asked = call('GetVpcOrigin', id, { account })
  const endpoint = objectAt(resource?.config, 'VpcOriginEndpointConfig')
  // The list alone does not tell the ports.
  if (resource === undefined || endpoint === undefined)
    return unobserved(...gapsOf(facts, asked, call('ListVpcOrigins', '*', { account })))
  const endpointArn = textAt(endpoint, 'Arn')
  const httpPort = integerAt(endpoint, 'HTTPPort')
  const httpsPort = integerAt(endpoint, 'HTTPSPort')
  const protocolPolicy = textAt(endpoint, 'OriginProtocolPolicy')
  if (!endpointArn || httpPort === undefined || httpsPort === undefined || !protocolPolicy)
    return unobserved(misread(resource, 'the endpoint cannot be read'))
  const ref = refOf(resource, textAt(endpoint, 'Name') ?? id)
  const users = usersOf(facts, resource, account)
  return known({ ref, id, endpointArn, httpPort, httpsPort, protocolPolicy, users })
}

/** Only the owner of a VPC origin is told who uses it. */
const usersOf = (facts: Facts, origin: LocatedResource, account: string): VpcOrigin['users'] => {
  const found = facts.byArn(types.vpcOriginUsers, origin.arn)
  const asked = call('ListDistributionsByOwnedResource', origin.arn, { account })
  if (found === undefined) return unobserved(...gapsOf(facts, asked))
  const users = listAt(found.config, 'Distributions')?.map(userOf)
  const readable = users?.filter(user => user !== undefined)
  return readable === undefined || readable.length !== users?.length
    ? unobserved(misread(found, 'the users of the VPC origin cannot be read'))
    : known(readable)
}

const userOf = (raw: unknown): VpcOriginUser | undefined => {
  const distributionId = textAt(raw, 'DistributionId')
  const account = textAt(raw, 'OwnerAccountId')
  return distributionId === undefined || account === undefined ? undefined : { distributionId, account }
}

const instanceTarget = (estate: Estate, arn: string, names: readonly string[]): Target | undefined => {
  const id = /:instance\/(i-[0-9a-z]+)$/.exec(arn)?.[1]
  const instance = id === undefined ? undefined : estate.facts.where(types.instance, 'InstanceId', id)[0]
  if (instance === undefined) return undefined
  const hosts = instanceHosts(estate.facts, instance)
  return { kind: 'instance', ref: refOf(instance, id ?? arn), addresses: [], names, hosts }
}

/** What stands behind a VPC origin. Its name only claims a host: CloudFront connects to the endpoint itself. */
export const vpcOriginTarget = (
  estate: Estate,
  found: Known<VpcOrigin>,
  names: readonly string[],
): Target => {
  if (!found.known) return { kind: 'unknown', names, gaps: found.gaps }
  const { endpointArn } = found.value
  const instance = instanceTarget(estate, endpointArn, names)
  if (instance) return instance
  const [, , service = '', region = '', account = ''] = endpointArn.split(':')
  const place = { account, region }
  const asked =
    service === 'ec2'
      ? call('DescribeInstances', /i-[0-9a-z]+$/.exec(endpointArn)?.[0] ?? endpointArn, place)
      : call('DescribeLoadBalancers', '*', place)
  const resource = lookUp(estate.facts, types.loadBalancer, endpointArn, asked)
  const balancer = resource.known ? estate.loadBalancer(resource.value) : resource
  return balancer.known
    ? {
        kind: 'load-balancer',
        loadBalancer: balancer.value,
        others: [],
        names,
        vpcOrigin: found.value,
        gaps: [],
      }
    : { kind: 'unknown', names, gaps: balancer.gaps }
}
