import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { LoadBalancer, Subnet } from '#topology/model.ts'
import {
  admit,
  alb,
  cloudFront4,
  fixed,
  forward,
  gap,
  listener,
  missing,
  otherwise,
  rule,
  sourceIp,
  subnet,
} from './build.ts'
import { anyone, gated, headers, toLb, via } from './entry-parts.ts'
import { exposed, verdicts, whyUnknown } from './sound.ts'
import { accelerator, endpoint, innerNlb, internal } from './ways.ts'

describe('VPC Block Public Access', () => {
  const blocked = (mode: Subnet['publicAccessBlock']): LoadBalancer =>
    alb([listener([otherwise(forward())])], { subnets: known([subnet({ publicAccessBlock: mode })]) })
  test('both modes keep the internet and other customers out', () => {
    for (const mode of ['block-ingress', 'block-bidirectional'] as const)
      expect(verdicts(exposed(blocked(known(mode))))).toEqual(['closed', 'closed'])
    expect(verdicts(exposed(blocked(known('off'))))).toEqual(['open', 'open'])
    expect(verdicts(exposed(blocked(missing('DescribeVpcBlockPublicAccessOptions'))))).toEqual([
      'unknown',
      'unknown',
    ])
  })
  test('one subnet that is exempt is enough', () => {
    const exempt = alb([listener([otherwise(forward())])], {
      subnets: known([subnet({ publicAccessBlock: known('block-ingress') }), subnet()]),
    })
    expect(exposed(exempt).internet.verdict).toBe('open')
  })
  test('it keeps accelerators out as well, and only where all of it is known', () => {
    const shut = known('block-ingress' as const)
    const lb = (mode: Subnet['publicAccessBlock']) =>
      internal(anyone(), { subnets: known([subnet({ publicAccessBlock: mode })]) })
    const closed = lb(shut)
    expect(exposed(closed, via(accelerator(toLb(closed)))).internet.verdict).toBe('closed')
    const unread = lb(missing('DescribeVpcBlockPublicAccessOptions'))
    expect(exposed(unread, via(accelerator(toLb(unread)))).internet.verdict).toBe('unknown')
  })
})

describe('B45: Global Accelerator', () => {
  test('an internal load balancer that admits the internet is open through it, and closed without', () => {
    const lb = internal(anyone())
    const { internet, tenant } = exposed(lb, via(accelerator(toLb(lb))))
    expect(internet.witness).toMatchObject({
      connect: 'a1234567890abcdef.awsglobalaccelerator.com',
      port: 443,
      scheme: 'https',
    })
    expect(internet.witness?.route[0]?.text).toContain('accelerator site')
    expect(tenant.verdict).toBe('open')
    expect(exposed(lb).internet.verdict).toBe('closed')
  })
  test("its clients keep their addresses, so that CloudFront's list alone closes it to the internet", () => {
    const lb = internal(known([admit(cloudFront4)]))
    expect(verdicts(exposed(lb, via(accelerator(toLb(lb)))))).toEqual(['closed', 'open'])
  })
  test('a secret gate closes it whatever the network', () => {
    const lb = alb([gated()], { scheme: 'internal', ingress: anyone() })
    expect(verdicts(exposed(lb, { headers, ...via(accelerator(toLb(lb))) }))).toEqual(['closed', 'closed'])
  })
  test("a rule for a group that nothing read wears may be for the accelerator's own interfaces", () => {
    const lb = internal(known([admit({ group: 'sg-0accelerator' })]))
    const way = via(accelerator(toLb(lb)))
    expect(verdicts(exposed(lb, way))).toEqual(['unknown', 'unknown'])
    expect(verdicts(exposed(lb))).toEqual(['closed', 'closed'])
    const other = alb([listener([otherwise(fixed())])], { securityGroupIds: ['sg-0accelerator'] })
    expect(verdicts(exposed(lb, { ...way, extra: [other] }))).toEqual(['closed', 'closed'])
  })
  test('port overrides lead to another port', () => {
    const lb = internal(anyone(), {
      listeners: known([listener([otherwise(forward())], { port: 8443 })]),
    })
    const moved = { portOverrides: [{ listenerPort: 443, endpointPort: 8443 }] }
    expect(exposed(lb, via(accelerator(toLb(lb, moved)))).internet.witness?.port).toBe(443)
    expect(exposed(lb, via(accelerator(toLb(lb)))).internet.verdict).toBe('closed')
    const away = { portOverrides: [{ listenerPort: 8443, endpointPort: 443 }] }
    expect(exposed(lb, via(accelerator(toLb(lb, away), { ports: [8443] }))).internet.verdict).toBe('closed')
  })
  test('CloudFront connects to the port of the accelerator, not to that of the load balancer', () => {
    const lb = internal(anyone(), {
      listeners: known([listener([otherwise(forward())], { port: 81, protocol: 'HTTP' })]),
    })
    const moved = { portOverrides: [{ listenerPort: 80, endpointPort: 81 }] }
    expect(exposed(lb, via(accelerator(toLb(lb, moved), { ports: [80] }))).tenant.verdict).toBe('open')
    expect(verdicts(exposed(lb, via(accelerator(toLb(lb), { ports: [81] }))))).toEqual(['open', 'closed'])
  })
  test('a disabled one leads nowhere; one that sends nothing now is not taken for closed', () => {
    const lb = internal(anyone())
    expect(exposed(lb, via(accelerator(toLb(lb), { enabled: false }))).internet.verdict).toBe('closed')
    expect(exposed(lb, via(accelerator(toLb(lb, { weight: 0 })))).internet.verdict).toBe('unknown')
    expect(exposed(lb, via(accelerator(toLb(lb, { trafficDial: 0 })))).internet.verdict).toBe('unknown')
  })
  test('with addresses of its own, a gate of addresses is not certain', () => {
    const lb = alb([listener([otherwise(forward())])], { ingress: known([admit('198.51.100.0/24')]) })
    const own = accelerator(toLb(lb, { clientIpPreservation: false }))
    expect(verdicts(exposed(lb, via(own)))).toEqual(['open', 'unknown'])
    const list = alb([listener([otherwise(forward())])], { ingress: known([admit(cloudFront4)]) })
    const other = accelerator(toLb(list, { clientIpPreservation: false }))
    expect(exposed(list, via(other)).internet.verdict).toBe('closed')
    const said = accelerator(toLb(lb, { clientIpPreservation: null }))
    expect(exposed(lb, via(said)).tenant.verdict).toBe('unknown')
  })
  test('a rule that asks for a source address is not closed by addresses that are not known', () => {
    const rules = [rule(1, [sourceIp('10.9.0.0/16')], forward()), otherwise(fixed(403))]
    const lb = alb([listener(rules)])
    expect(exposed(lb).internet.verdict).toBe('closed')
    const own = accelerator(toLb(lb, { clientIpPreservation: false }))
    expect(exposed(lb, via(own)).internet.verdict).toBe('unknown')
  })
  test('inbound network ACL entries do not act, those for answers do', () => {
    const base = { protocol: '6', cidr: '0.0.0.0/0', fromPort: 0, toPort: 65_535 }
    const { networkAcl } = subnet()
    const ref = networkAcl.known ? networkAcl.value.ref : subnet().ref
    const acl = (
      ...entries: readonly { egress: boolean; allow: boolean; fromPort?: number; toPort?: number }[]
    ) =>
      known([
        subnet({
          networkAcl: known({ ref, entries: entries.map((e, i) => ({ ...base, number: i, ...e })) }),
        }),
      ])
    const denied = internal(anyone(), {
      subnets: acl(
        { egress: false, allow: false, fromPort: 443, toPort: 443 },
        { egress: false, allow: true },
        { egress: true, allow: true },
      ),
    })
    expect(exposed(denied, via(accelerator(toLb(denied)))).internet.verdict).toBe('open')
    const mute = internal(anyone(), { subnets: acl({ egress: false, allow: true }) })
    expect(exposed(mute, via(accelerator(toLb(mute)))).internet.verdict).toBe('unknown')
  })
  test('IPv6 needs an accelerator with such an address', () => {
    const lb = internal(known([admit('::/0')]), { ipAddressType: 'dualstack' })
    expect(exposed(lb, via(accelerator(toLb(lb)))).internet.verdict).toBe('closed')
    const dual = accelerator(toLb(lb), { addresses: ['198.51.100.10', '2001:db8::10'] })
    expect(exposed(lb, via(dual)).internet.witness).toMatchObject({ family: 6, connect: '2001:db8::10' })
  })
  test('UDP is no way to an application load balancer', () => {
    const lb = internal(anyone())
    expect(exposed(lb, via(accelerator(toLb(lb), { protocol: 'UDP' }))).internet.verdict).toBe('closed')
    const nlb = innerNlb({ ingress: anyone() })
    expect(exposed(nlb, via(accelerator(toLb(nlb), { protocol: 'UDP' }))).internet.verdict).toBe('unknown')
  })
  test('what was not read of accelerators matters where the groups admit the vantage, and nowhere else', () => {
    const unread = { topology: { accelerators: { items: [], gaps: [gap('ListAccelerators')] } } }
    expect(whyUnknown(exposed(internal(anyone()), unread).internet)).toContain('gap')
    expect(exposed(internal(known([admit(cloudFront4)])), unread).internet.verdict).toBe('closed')
    expect(exposed(internal(known([admit('10.0.0.0/8')])), unread).internet.verdict).toBe('closed')
    const lb = alb([gated()], { scheme: 'internal', ingress: anyone() })
    expect(verdicts(exposed(lb, { headers, ...unread }))).toEqual(['closed', 'closed'])
    const parts = [
      accelerator(missing('ListEndpointGroups')),
      accelerator(known([]), { listeners: missing('ListListeners') }),
      accelerator({ known: false, gaps: [] }),
    ]
    for (const part of parts) expect(exposed(internal(anyone()), via(part)).internet.verdict).toBe('unknown')
  })
  test('an Elastic IP endpoint adds nothing for the internet and may for other customers', () => {
    const nlb = alb([listener([otherwise(forward())], { protocol: 'TCP' })], {
      kind: 'network',
      ingress: known([admit('198.51.100.0/24')]),
    })
    const elastic = accelerator(known([endpoint('eipalloc-1', { clientIpPreservation: false })]))
    expect(verdicts(exposed(nlb, via(elastic)))).toEqual(['open', 'unknown'])
    const list = { ...nlb, ingress: known([admit(cloudFront4)]) }
    expect(verdicts(exposed(list, via(elastic)))).toEqual(['closed', 'open'])
  })
})
