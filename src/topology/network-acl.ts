/** The network ACL of a subnet, in the order in which its entries are tried. */
import { compareText } from '#base/canonical.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout } from './calls.ts'
import { flagAt, integerAt, isMissing, listAt, textAt } from './config.ts'
import { type Facts, listed, madeOf, misread, refOf } from './facts.ts'
import type { NetworkAcl, NetworkAclEntry } from './model.ts'
import type { SubnetPlace } from './route-table.ts'

const entryOf = (entry: unknown): NetworkAclEntry | undefined => {
  const number = integerAt(entry, 'RuleNumber')
  const egress = flagAt(entry, 'Egress')
  const action = textAt(entry, 'RuleAction')
  const protocol = textAt(entry, 'Protocol')
  const cidr = textAt(entry, 'CidrBlock') ?? textAt(entry, 'Ipv6CidrBlock')
  const everyPort = isMissing(entry, 'PortRange')
  const fromPort = everyPort ? 0 : integerAt(entry, 'PortRange', 'From')
  const toPort = everyPort ? 65535 : integerAt(entry, 'PortRange', 'To')
  if (number === undefined || egress === undefined || protocol === undefined || cidr === undefined)
    return undefined
  if ((action !== 'allow' && action !== 'deny') || fromPort === undefined || toPort === undefined)
    return undefined
  return { number, egress, allow: action === 'allow', protocol, cidr, fromPort, toPort }
}

const isFor = (association: unknown, subnet: SubnetPlace): boolean =>
  textAt(association, 'SubnetId') === subnet.id

const inOrder = (a: NetworkAclEntry, b: NetworkAclEntry): number =>
  a.number - b.number || compareText(a.cidr, b.cidr)

/** The ACL that says it is for the subnet. One entry that cannot be read hides the whole, since it may allow or deny. */
export const networkAclOf = (facts: Facts, subnet: SubnetPlace): Known<NetworkAcl> => {
  const ofVpc = facts.where(types.networkAcl, 'VpcId', subnet.vpcId).filter(r => r.region === subnet.region)
  const own = ofVpc.filter(r => (listAt(r.config, 'Associations') ?? []).some(a => isFor(a, subnet)))
  const bySubnet = call('DescribeNetworkAcls', subnet.id, subnet)
  const asked = madeOf(facts, bySubnet, call('DescribeNetworkAcls', subnet.vpcId, subnet))
  const acls = listed(facts, asked, asked === bySubnet ? own : ofVpc)
  if (!acls.known) return acls
  const acl = own[0]
  if (acl === undefined)
    return unobserved(gapAbout(asked, 'not-found', `No network ACL of ${subnet.vpcId} is for ${subnet.id}.`))
  const entries = listAt(acl.config, 'Entries')?.map(entryOf)
  const readable = entries?.filter(e => e !== undefined)
  if (readable === undefined || readable.length !== entries?.length)
    return unobserved(misread(acl, 'the entries cannot be read'))
  return known({
    ref: refOf(acl, textAt(acl.config, 'NetworkAclId') ?? acl.arn),
    entries: readable.toSorted(inOrder),
  })
}
