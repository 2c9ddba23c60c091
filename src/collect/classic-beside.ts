/** Finds Classic Load Balancers that lead to the same instances as an origin. */
import type { Instance } from '@aws-sdk/client-ec2'
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing'
import type { Balancers } from './balancers.ts'
import { distinct } from './reader.ts'

/** Beside those of `known`. The older API is asked only where there are instances that they could lead to. */
export async function classicBeside(
  balancers: Balancers,
  region: string,
  instances: readonly Instance[],
  known: readonly LoadBalancerDescription[],
): Promise<readonly LoadBalancerDescription[]> {
  if (instances.length === 0) return []
  const names = new Set(known.map(one => one.LoadBalancerName))
  const ids = new Set(instances.map(one => one.InstanceId))
  const listed = await balancers.classic(region)
  return listed.filter(one => !names.has(one.LoadBalancerName) && instancesOf(one).some(id => ids.has(id)))
}

export const instancesOf = (balancer: LoadBalancerDescription): readonly string[] =>
  distinct((balancer.Instances ?? []).map(({ InstanceId }) => InstanceId))
