/** Whether VPC Block Public Access keeps the internet out of a subnet, its exclusions considered. */
import { type Known, known, mapKnown, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, type Place } from './calls.ts'
import { textAt } from './config.ts'
import { allKnown, type Facts, gapsOf, hidden, misread } from './facts.ts'
import type { Subnet } from './model.ts'
import type { SubnetPlace } from './route-table.ts'

type Block = 'off' | 'block-ingress' | 'block-bidirectional'

const modes: readonly Block[] = ['off', 'block-ingress', 'block-bidirectional']

/** Nobody knows which mode is in force while it changes. */
const settled = ['default-state', 'update-complete']

const here =
  (place: Place) =>
  (resource: LocatedResource): boolean =>
    resource.account === place.account && resource.region === place.region

const modeOf = (facts: Facts, place: Place): Known<Block> => {
  const asked = call('DescribeVpcBlockPublicAccessOptions', '*', place)
  const options = facts.byType(types.blockPublicAccess).find(here(place))
  if (options === undefined) return unobserved(...gapsOf(facts, asked))
  const mode = modes.find(m => m === textAt(options.config, 'InternetGatewayBlockMode'))
  return mode !== undefined && settled.includes(textAt(options.config, 'State') ?? '')
    ? known(mode)
    : unobserved(misread(options, 'the mode of the block cannot be told, or is just being changed'))
}

const inForce = ['create-complete', 'update-complete']
const gone = ['create-failed', 'delete-complete', 'disable-complete']

/** What is left of the block under the exclusion; null where the exclusion is not in force. */
const leftBy = (exclusion: LocatedResource): Known<Block | null> => {
  const state = textAt(exclusion.config, 'State') ?? ''
  const mode = textAt(exclusion.config, 'InternetGatewayExclusionMode')
  if (gone.includes(state)) return known(null)
  if (inForce.includes(state) && mode === 'allow-bidirectional') return known('off')
  if (inForce.includes(state) && mode === 'allow-egress') return known('block-ingress')
  return unobserved(misread(exclusion, 'the exclusion is of an unknown kind, or is just being changed'))
}

/** Of the subnet itself or its VPC. An exclusion that names nothing may be of any. */
const isFor = (exclusion: LocatedResource, subnet: SubnetPlace): boolean => {
  const arn = textAt(exclusion.config, 'ResourceArn')
  return arn === undefined || [`/${subnet.id}`, `/${subnet.vpcId}`].some(end => arn.endsWith(end))
}

const exclusionsOf = (facts: Facts, subnet: SubnetPlace): Known<readonly Block[]> => {
  const asked = call('DescribeVpcBlockPublicAccessExclusions', '*', subnet)
  const all = facts.byType(types.blockPublicAccessExclusion).filter(here(subnet))
  const gaps = hidden(facts, asked, all.length)
  if (gaps.length > 0) return unobserved(...gaps)
  const left = allKnown(all.filter(one => isFor(one, subnet)).map(leftBy))
  if (!left.known) return left
  const blocks = [...new Set(left.value.filter(block => block !== null))]
  const [first] = all.filter(one => isFor(one, subnet))
  // AWS does not say which of two holds where a VPC and its subnet are excluded differently.
  return blocks.length > 1 && first !== undefined
    ? unobserved(misread(first, 'the subnet and its VPC are excluded in different ways'))
    : known(blocks)
}

/**
 * The block in force in the subnet; `subnet.account` is its owner, whose block counts. An exclusion for outgoing traffic
 * changes nothing where only incoming traffic is blocked.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export const publicAccessBlockOf = (facts: Facts, subnet: SubnetPlace): Subnet['publicAccessBlock'] => {
  const mode = modeOf(facts, subnet)
  if (!mode.known || mode.value === 'off') return mode
  return mapKnown(exclusionsOf(facts, subnet), ([left]) => left ?? mode.value)
}
