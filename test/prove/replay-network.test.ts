import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { Witness } from '#prove/exposure.ts'
import { arrivalsOf } from '#prove/replay-network.ts'
import type { LoadBalancer, NetworkAclEntry, Subnet, Topology } from '#topology/model.ts'
import {
  admit,
  alb,
  cloudFront4,
  customerList,
  forward,
  group,
  linkTo,
  listener,
  missing,
  otherwise,
  subnet,
  topologyOf,
} from './build.ts'
import { accelerator, all, endpoint, host, hosted, innerNlb, internal, service } from './ways.ts'

const open = () => listener([otherwise(forward())])
const packet = (connect: string, more: Partial<Witness> = {}): Witness => ({
  vantage: 'internet',
  family: 4,
  source: '198.51.100.77',
  scheme: 'https',
  connect,
  port: 443,
  sni: null,
  method: 'GET',
  host: 'a.example.com',
  path: '/',
  headers: [],
  route: [],
  ...more,
})
const arrives = (lb: LoadBalancer, more: Partial<Witness> = {}, topology: Partial<Topology> = {}): boolean =>
  arrivalsOf(topologyOf([linkTo(lb)], topology), packet(lb.dnsName, more)).length > 0

describe('one packet', () => {
  test('is admitted by the rule for its address, port and protocol', () => {
    const lb = (...ingress: ReturnType<typeof admit>[]) => alb([open()], { ingress: known(ingress) })
    expect(arrives(lb(admit('198.51.100.0/24')))).toBe(true)
    expect(arrives(lb(admit('198.51.100.0/24', 80)))).toBe(false)
    expect(arrives(lb({ ...admit('0.0.0.0/0'), protocol: 'udp' }))).toBe(false)
    expect(arrives(lb({ ...admit('0.0.0.0/0', 0, 0), protocol: '-1' }))).toBe(true)
    expect(arrives(lb(admit('0.0.0.0/1'), admit('128.0.0.0/1')))).toBe(true)
    expect(arrives(lb(admit({ group: 'sg-x' })))).toBe(false)
    expect(arrives(lb(admit(customerList(known(['198.51.100.64/26'])))))).toBe(true)
    expect(arrives(lb(admit(customerList(missing('GetManagedPrefixListEntries')))))).toBe(false)
    expect(arrives(alb([open()], { ingress: missing('DescribeSecurityGroupRules') }))).toBe(false)
    expect(arrives(alb([open()], { securityGroupIds: [] }))).toBe(false)
    expect(arrives(alb([open()], { kind: 'network', securityGroupIds: [] }))).toBe(true)
  })
  test("of a tenant comes from one of CloudFront's servers", () => {
    const lb = alb([open()], { ingress: known([admit(cloudFront4)]) })
    expect(arrives(lb, { vantage: 'tenant', source: '130.176.0.9' })).toBe(true)
    expect(arrives(lb, { vantage: 'tenant', source: 'pl-4fa04526' })).toBe(true)
    expect(arrives(lb, { vantage: 'tenant', source: '198.51.100.77' })).toBe(false)
    expect(arrives(lb, { vantage: 'internet', source: '130.176.0.9' })).toBe(false)
    expect(arrives(alb([open()]), { source: '10.0.0.1' })).toBe(false)
    expect(arrives(alb([open()]), { family: 6 })).toBe(false)
  })
  test('needs a route, a public address and no block', () => {
    const at = (more: Partial<Subnet>, lb: Partial<LoadBalancer> = {}) =>
      arrives(alb([open()], { subnets: known([subnet(more)]), ...lb }))
    expect(at({})).toBe(true)
    expect(at({ internetRoutes: known([]) })).toBe(false)
    expect(at({ internetRoutes: known(['0.0.0.0/1', '128.0.0.0/1']) })).toBe(true)
    expect(at({ internetRoutes: missing('DescribeRouteTables') })).toBe(false)
    expect(at({ publicAccessBlock: known('block-ingress') })).toBe(false)
    expect(at({ publicAccessBlock: missing('DescribeVpcBlockPublicAccessOptions') })).toBe(false)
    expect(at({}, { scheme: 'internal' })).toBe(false)
    expect(at({}, { ipAddressType: 'dualstack-without-public-ipv4' })).toBe(false)
  })
  test('meets network ACL entries in the order of their numbers, both ways', () => {
    const base = { egress: false, allow: true, protocol: '6', cidr: '0.0.0.0/0', fromPort: 0, toPort: 65_535 }
    const { networkAcl } = subnet()
    if (!networkAcl.known) throw new Error('no ACL')
    const through = (...entries: Partial<NetworkAclEntry>[]) =>
      arrives(
        alb([open()], {
          subnets: known([
            subnet({
              networkAcl: known({
                ...networkAcl.value,
                entries: entries.map((e, i) => ({ ...base, number: i, ...e })),
              }),
            }),
          ]),
        }),
      )
    const out = { egress: true }
    expect(through({}, out)).toBe(true)
    expect(through({})).toBe(false)
    expect(through({ allow: false }, {}, out)).toBe(false)
    expect(through({ allow: false, number: 9 }, { number: 1 }, { ...out, number: 2 })).toBe(true)
    expect(through({ allow: false, cidr: '203.0.113.0/24' }, {}, out)).toBe(true)
    expect(through({ protocol: '17' }, out)).toBe(false)
    expect(through({}, { ...out, fromPort: 1024 })).toBe(true)
  })
  test('comes out where an accelerator sends it', () => {
    const lb = internal(known([admit('0.0.0.0/0', 8443)]), {
      listeners: known([listener([], { port: 8443 })]),
    })
    const moved = { portOverrides: [{ listenerPort: 443, endpointPort: 8443 }] }
    const out = (
      more: Parameters<typeof endpoint>[1],
      of: Parameters<typeof accelerator>[1] = {},
      port = 443,
    ) => {
      const accelerators = all(accelerator(known([endpoint(lb.ref.arn, more)]), of))
      return arrivalsOf(topologyOf([linkTo(lb)], { accelerators }), packet('198.51.100.10', { port })).length
    }
    expect(out(moved)).toBe(1)
    expect(out({})).toBe(0)
    expect(out(moved, {}, 8443)).toBe(0)
    expect(out(moved, { enabled: false })).toBe(0)
    expect(out(moved, { protocol: 'UDP' })).toBe(0)
    expect(out({ ...moved, weight: 0 })).toBe(0)
    expect(out({ ...moved, clientIpPreservation: false })).toBe(0)
  })
  test('goes to a machine by an address that arrives at the target', () => {
    const at = (more: Parameters<typeof host>[0], connect = '203.0.113.20') => {
      const lb = alb([listener([otherwise(forward(hosted(known([host(more)]))))])])
      return arrivalsOf(topologyOf([linkTo(lb)]), packet(connect, { port: 80, scheme: 'http' })).length
    }
    expect(at({})).toBe(1)
    expect(at({ direct: [] })).toBe(0)
    expect(at({}, '203.0.113.21')).toBe(0)
    expect(at({ ingress: known([]) })).toBe(0)
  })
  test('by an endpoint service comes from a private address of somebody who may connect', () => {
    const nlb = innerNlb()
    const to = (principals: readonly string[], more: Partial<Witness> = {}) => {
      const endpointServices = all(service(nlb, known(principals)))
      const sent = { vantage: 'tenant' as const, source: '10.0.0.1', ...more }
      return arrivalsOf(
        topologyOf([linkTo(nlb)], { endpointServices }),
        packet('com.amazonaws.vpce.eu-west-1.vpce-svc-1', sent),
      )
    }
    expect(to(['*']).map(a => a.sender)).toEqual(['internet'])
    expect(to(['arn:aws:iam::111122223333:root'])).toEqual([])
    expect(to(['*'], { vantage: 'internet' })).toEqual([])
    expect(to(['*'], { source: '198.51.100.77' })).toEqual([])
  })
  test('behind a network load balancer needs whatever address it then has to be admitted', () => {
    const inner = internal(known([admit('198.51.100.0/24')]))
    const out = (kept: boolean) => {
      const leading = {
        ...group('front', known([`${inner.ref.arn}:443`])),
        targetType: 'alb',
        clientIpPreserved: known(kept),
      }
      const nlb = alb([listener([otherwise(forward(leading))], { protocol: 'TCP' })], {
        kind: 'network',
        securityGroupIds: [],
      })
      const found = arrivalsOf(topologyOf([linkTo(inner)], {}, nlb), packet(nlb.dnsName))
      return found.filter(a => a.balancer === inner).map(a => a.source)
    }
    expect(out(true)).toEqual(['198.51.100.77'])
    expect(out(false)).toEqual([])
  })
})
