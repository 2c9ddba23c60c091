import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { LoadBalancer, NetworkAclEntry, Subnet } from '#topology/model.ts'
import {
  admit,
  alb,
  cloudFront4,
  cloudFront6,
  customerList,
  fixed,
  forward,
  listener,
  missing,
  otherwise,
  rule,
  seal,
  sent,
  strong,
  subnet,
  token,
} from './build.ts'
import { exposed, verdicts, whyUnknown } from './sound.ts'

const open = () => listener([otherwise(forward())])
const with4 = (...peers: Parameters<typeof admit>[0][]) =>
  alb([open()], { ingress: known(peers.map(p => admit(p))) })
const dual = (more: Partial<LoadBalancer>) => alb([open()], { ipAddressType: 'dualstack', ...more })

describe('security groups', () => {
  test('B05: halves and carrier ranges are ways in, with an address out of them', () => {
    const { internet } = exposed(with4('128.0.0.0/1'))
    expect(internet.witness?.source).toBe('198.51.100.77')
    const far = exposed(with4('8.0.0.0/8')).internet
    expect(far.verdict).toBe('open')
    expect(far.witness?.source).toMatch(/^8\./)
  })
  test('one office address is a way in, and the witness comes from there', () => {
    expect(exposed(with4('198.51.100.9/32')).internet.witness?.source).toBe('198.51.100.9')
  })
  test('private ranges are none from outside', () => {
    expect(verdicts(exposed(with4('10.0.0.0/8', '192.168.0.0/16', '100.64.0.0/10')))).toEqual([
      'closed',
      'closed',
    ])
  })
  test('B07: a home-made list of CloudFront ranges admits every tenant', () => {
    expect(verdicts(exposed(with4('130.176.0.0/20')))).toEqual(['closed', 'open'])
  })
  test('and where AWS keeps its list to itself, whose addresses they are is unknown', () => {
    const lb = with4('130.176.0.0/20')
    expect(verdicts(exposed(lb, { topology: { prefixLists: [] } }))).toEqual(['unknown', 'unknown'])
    const wide = with4('0.0.0.0/0')
    expect(verdicts(exposed(wide, { topology: { prefixLists: [] } }))).toEqual(['open', 'open'])
  })
  test('the managed list is told by its flag, also while its entries are not read', () => {
    const list = { ...cloudFront4, entries: missing('GetManagedPrefixListEntries') }
    const { internet, tenant } = exposed(with4(list), { topology: { prefixLists: [list] } })
    expect([internet.verdict, tenant.verdict]).toEqual(['closed', 'open'])
    expect(tenant.witness?.source).toBe('pl-4fa04526')
  })
  test("B08: a customer's list counts by its entries", () => {
    expect(exposed(with4(customerList(known(['198.51.100.0/24'])))).internet.verdict).toBe('open')
    expect(exposed(with4(customerList(known(['10.0.0.0/8'])))).internet.verdict).toBe('closed')
    const unread = customerList(missing('GetManagedPrefixListEntries'))
    expect(whyUnknown(exposed(with4(unread)).internet)).toEqual(['gap'])
  })
  test('a list that was not read at all may be anything', () => {
    const peer = {
      kind: 'prefix-list',
      prefixListId: 'pl-9',
      list: missing('DescribeManagedPrefixLists'),
    } as const
    expect(verdicts(exposed(with4(peer)))).toEqual(['unknown', 'unknown'])
  })
  test('B09: a referenced group admits nobody from outside', () => {
    expect(exposed(with4({ group: 'sg-web' })).internet.verdict).toBe('closed')
  })
  test('groups that were not read may admit anybody', () => {
    const lb = alb([open()], { ingress: missing('DescribeSecurityGroupRules') })
    expect(verdicts(exposed(lb))).toEqual(['unknown', 'unknown'])
  })
  test('a rule for other ports or protocols is none', () => {
    const udp = { ...admit('0.0.0.0/0'), protocol: 'udp' }
    const lb = alb([open()], { ingress: known([admit('0.0.0.0/0', 80), udp]) })
    expect(exposed(lb).internet.verdict).toBe('closed')
    const all = { ...admit('0.0.0.0/0', 0, 0), protocol: '-1' }
    expect(exposed(alb([open()], { ingress: known([all]) })).internet.verdict).toBe('open')
  })
  test('a CIDR that is none may be anything', () => {
    expect(exposed(with4('10.0.0.0/99')).internet.verdict).toBe('unknown')
  })
  test('tenants reach the ports that CloudFront connects to', () => {
    const odd = alb([listener([otherwise(forward())], { port: 81, protocol: 'HTTP' })])
    expect(verdicts(exposed(odd))).toEqual(['open', 'closed'])
  })
})

describe('families', () => {
  test('B03: a prefix list for IPv4 does not cover IPv6', () => {
    const lb = dual({ ingress: known([admit(cloudFront4), admit('::/0')]) })
    expect(exposed(lb).internet.witness?.family).toBe(6)
  })
  test('an IPv6 rule does nothing on a load balancer that speaks IPv4 only', () => {
    const lb = alb([open()], { ingress: known([admit(cloudFront4), admit('::/0')]) })
    expect(exposed(lb).internet.verdict).toBe('closed')
  })
  test('without public IPv4 addresses only IPv6 leads in', () => {
    const lb = dual({
      ipAddressType: 'dualstack-without-public-ipv4',
      ingress: known([admit('0.0.0.0/0'), admit('::/0')]),
    })
    expect(exposed(lb).internet.witness?.family).toBe(6)
    const four = dual({
      ipAddressType: 'dualstack-without-public-ipv4',
      ingress: known([admit('0.0.0.0/0')]),
    })
    expect(exposed(four).internet.verdict).toBe('closed')
    const listed = dual({
      ipAddressType: 'dualstack-without-public-ipv4',
      ingress: known([admit(cloudFront4), admit(cloudFront6)]),
    })
    expect(exposed(listed).internet.verdict).toBe('closed')
  })
  test('IPv6 may be refused at the internet gateway', () => {
    const attributes = known({ 'ipv6.deny_all_igw_traffic': 'true' })
    const lb = dual({ attributes, ingress: known([admit('::/0')]) })
    expect(exposed(lb).internet.verdict).toBe('closed')
    expect(exposed({ ...lb, attributes: known({}) }).internet.verdict).toBe('open')
    expect(exposed({ ...lb, attributes: missing('DescribeLoadBalancerAttributes') }).internet.verdict).toBe(
      'unknown',
    )
  })
})

describe('routes and network ACLs', () => {
  const acl = (...entries: readonly Partial<NetworkAclEntry>[]): Subnet => {
    const base = { egress: false, allow: true, protocol: '6', cidr: '0.0.0.0/0', fromPort: 0, toPort: 65_535 }
    const networkAcl = subnet().networkAcl
    const ref = networkAcl.known ? networkAcl.value.ref : subnet().ref
    const out = { ...base, number: 1, egress: true }
    return subnet({
      networkAcl: known({
        ref,
        entries: [out, ...entries.map((e, i) => ({ ...base, number: i + 10, ...e }))],
      }),
    })
  }
  const behind = (...subnets: readonly Subnet[]) =>
    exposed(alb([open()], { subnets: known(subnets) })).internet

  test('no route to an internet gateway is no way in', () => {
    expect(behind(subnet({ internetRoutes: known([]) })).verdict).toBe('closed')
  })
  test('one routed subnet is enough', () => {
    expect(behind(subnet({ internetRoutes: known([]) }), subnet()).verdict).toBe('open')
  })
  test('routes that were not read are unknown', () => {
    expect(whyUnknown(behind(subnet({ internetRoutes: missing('DescribeRouteTables') })))).toEqual(['gap'])
    expect(behind(subnet({ networkAcl: missing('DescribeNetworkAcls') })).verdict).toBe('unknown')
  })
  test('B10: the first entry that matches decides', () => {
    expect(behind(acl({ allow: false }, {})).verdict).toBe('closed')
    expect(behind(acl({ allow: false, fromPort: 80, toPort: 80 }, {})).verdict).toBe('open')
    expect(behind(acl({ allow: false, protocol: '6', fromPort: 0, toPort: 0 }, {})).verdict).toBe('open')
    expect(behind(acl({ allow: false, cidr: '198.51.100.0/24' }, {})).witness?.source).not.toMatch(
      /^198\.51\.100/,
    )
  })
  test('B10: an ACL on one subnet leaves the other', () => {
    expect(behind(acl({ allow: false }), subnet()).verdict).toBe('open')
  })
  test('answers must get out again', () => {
    expect(behind(acl({ number: 0, egress: true, allow: false }, {})).verdict).toBe('closed')
  })
  test('a closed gate is closed whatever the network', () => {
    const rules = [rule(5, [token(strong)], forward()), otherwise(fixed(403))]
    const lb = alb([listener(rules)], { scheme: 'internal', subnets: missing('DescribeSubnets') })
    const headers = [{ name: 'X-Token', value: sent(strong, [[strong, seal(strong)]]) }]
    expect(exposed(lb, { headers }).internet.verdict).toBe('closed')
  })
})

describe('VPC origins', () => {
  const internal = (...peers: Parameters<typeof admit>[0][]) =>
    alb([open()], { scheme: 'internal', ingress: known(peers.map(p => admit(p))) })

  test('a load balancer that admits CloudFront alone is closed', () => {
    const { internet, tenant, inside } = exposed(internal(cloudFront4), { vpcOrigin: true })
    expect([internet.verdict, tenant.verdict, inside?.verdict]).toEqual(['closed', 'closed', 'closed'])
    expect(internet.certificate?.reliesOn).toEqual(['other-networks'])
    expect(tenant.certificate?.reliesOn).toEqual(['U-19', 'other-networks'])
  })
  test('B47: private ranges are open from inside', () => {
    const { internet, inside } = exposed(internal(cloudFront4, '10.0.0.0/8'), { vpcOrigin: true })
    expect(internet.verdict).toBe('closed')
    expect(inside?.verdict).toBe('open')
    expect(inside?.witness?.source).toMatch(/^10\./)
  })
  test('members of a group may come from inside', () => {
    const { inside } = exposed(internal({ group: 'sg-service' }), { vpcOrigin: true })
    expect(inside?.verdict).toBe('unknown')
  })
  test('an internet-facing load balancer is not asked from inside', () => {
    expect(exposed(with4('10.0.0.0/8')).inside).toBeNull()
  })
  test('B48: the old public load balancer is still a way in', () => {
    const old = with4('0.0.0.0/0')
    const { internet } = exposed(internal(cloudFront4), { vpcOrigin: true, extra: [old] })
    expect(internet.witness?.connect).toBe(old.dnsName)
  })
})
