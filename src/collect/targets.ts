/**
 * Finds the other load balancers of a region that lead to the same targets.
 *
 * Targets are compared as `id:port` (a Lambda function or a load balancer as its ARN). What a target group holds is only
 * told by DescribeTargetHealth, one call per group, so it is asked only where it can matter: for the groups of origins'
 * load balancers, and for groups in the same VPC that some load balancer uses (Lambda groups have no VPC and are asked
 * where an origin has one too). An instance registered by id in one group and by address in another is not recognised,
 * nor is a target reached from another VPC.
 */
import type {
  LoadBalancer,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describeTargetGroups, describeTargetHealth } from './operations/elbv2.ts'
import type { Reader } from './reader.ts'

export interface Group {
  readonly arn: string
  readonly group: TargetGroup
  readonly health: readonly TargetHealthDescription[]
  /** The answer came whole. */
  readonly complete: boolean
}

export interface Shared {
  /** ARNs of the load balancers that are origins, stand behind one, or share targets with one. */
  readonly balancers: ReadonlySet<string>
  /** The target groups of all of those. */
  readonly groups: readonly Group[]
}

/** `machines`: ids of instances that are origins, or stand behind a classic load balancer that is one. */
export async function readShared(
  reader: Reader,
  region: string,
  origins: readonly LoadBalancer[],
  machines: readonly string[],
): Promise<Shared> {
  const balancers = new Set(origins.map(one => String(one.LoadBalancerArn)))
  if (origins.length + machines.length === 0) return { balancers, groups: [] }
  const { items } = await reader.ask(describeTargetGroups, { region, input: { PageSize: 400 } })
  const groups = await Promise.all(
    relevant(items, balancers, origins, machines).map(async (group): Promise<Group> => {
      const arn = String(group.TargetGroupArn)
      const input = { TargetGroupArn: arn }
      const answer = await reader.ask(describeTargetHealth, { region, input, about: arn })
      return { arn, group, health: answer.items, complete: answer.complete }
    }),
  )
  addFronted(balancers, groups)
  addSharing(balancers, groups, new Set(machines))
  addFronting(balancers, groups)
  return { balancers, groups: groups.filter(({ group }) => usedBy(group, balancers)) }
}

const usedBy = (group: TargetGroup, balancers: ReadonlySet<string>): boolean =>
  (group.LoadBalancerArns ?? []).some(arn => balancers.has(arn))

const relevant = (
  groups: readonly TargetGroup[],
  balancers: ReadonlySet<string>,
  origins: readonly LoadBalancer[],
  machines: readonly string[],
): readonly TargetGroup[] => {
  const vpcs = new Set(origins.map(one => one.VpcId))
  const own = new Set(groups.filter(group => usedBy(group, balancers)))
  const functions = [...own].some(({ TargetType }) => TargetType === 'lambda')
  const near = ({ TargetType, VpcId }: TargetGroup): boolean =>
    TargetType === 'lambda'
      ? functions
      : vpcs.has(VpcId) || (machines.length > 0 && TargetType === 'instance')
  return groups.filter(group => own.has(group) || ((group.LoadBalancerArns ?? []).length > 0 && near(group)))
}

const targetsOf = ({ group, health }: Group): readonly string[] =>
  health.flatMap(({ Target }) => {
    if (!Target?.Id) return []
    const bare = group.TargetType === 'lambda' || group.TargetType === 'alb'
    return [bare ? Target.Id : `${Target.Id}:${Target.Port ?? group.Port}`]
  })

const isBalancer = ({ group }: Group): boolean => group.TargetType === 'alb'

/** Application load balancers that stand behind a network load balancer of the set. */
const addFronted = (balancers: Set<string>, groups: readonly Group[]): void => {
  const own = groups.filter(one => isBalancer(one) && usedBy(one.group, balancers))
  for (const arn of own.flatMap(targetsOf)) balancers.add(arn)
}

/** Load balancers with any target that the set has too. */
const addSharing = (
  balancers: Set<string>,
  groups: readonly Group[],
  machines: ReadonlySet<string>,
): void => {
  const ends = groups.filter(one => !isBalancer(one))
  const targets = new Set(ends.filter(one => usedBy(one.group, balancers)).flatMap(targetsOf))
  for (const one of ends)
    if (
      targetsOf(one).some(target => targets.has(target)) ||
      one.health.some(h => machines.has(h.Target?.Id ?? ''))
    )
      for (const arn of one.group.LoadBalancerArns ?? []) balancers.add(arn)
}

/** Network load balancers in front of an application load balancer of the set. */
const addFronting = (balancers: Set<string>, groups: readonly Group[]): void => {
  for (const one of groups.filter(isBalancer))
    if (targetsOf(one).some(arn => balancers.has(arn)))
      for (const arn of one.group.LoadBalancerArns ?? []) balancers.add(arn)
}
