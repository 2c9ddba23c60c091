import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { Listener, LoadBalancer, Subnet, TargetGroup, Topology } from '#topology/model.ts'
import {
  admit,
  alb,
  cloudFront4,
  fixed,
  forward,
  gap,
  group,
  listener,
  missing,
  otherwise,
  rule,
  seal,
  sent,
  sourceIp,
  strong,
  subnet,
  token,
} from './build.ts'
import { exposed, verdicts, whyUnknown } from './sound.ts'
import { accelerator, all, endpoint, host, hosted, innerNlb, internal, service, vpcLink } from './ways.ts'

const headers = [{ name: 'X-Token', value: sent(strong, [[strong, seal(strong)]]) }]
const gated = (): Listener => listener([rule(5, [token(strong)], forward()), otherwise(fixed(403))])
const anyone = () => known([admit('0.0.0.0/0', 0, 65_535), admit('::/0', 0, 65_535)])
const toLb = (lb: LoadBalancer, more: Parameters<typeof endpoint>[1] = {}) =>
  known([endpoint(lb.ref.arn, more)])
const via = (...items: Topology['accelerators']['items']) => ({ topology: { accelerators: all(...items) } })

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

describe('B44 and B52: targets with addresses of their own', () => {
  const behindGate = (target: TargetGroup): LoadBalancer =>
    alb([listener([rule(5, [token(strong)], forward(target)), otherwise(fixed(403))])])
  const direct = (target: TargetGroup) => exposed(behindGate(target), { headers })
  test('a host that admits everybody at the target port is open, and the witness goes to it', () => {
    const { internet, tenant } = direct(hosted(known([host()])))
    expect(internet.witness).toMatchObject({
      connect: '203.0.113.20',
      port: 80,
      scheme: 'http',
      sni: null,
      method: 'GET',
      path: '/',
    })
    expect(tenant.verdict).toBe('open')
  })
  test('it is closed by its groups, its network, or by having no public address', () => {
    const shut: Parameters<typeof host>[0][] = [
      { ingress: known([admit({ group: 'sg-lb' }, 80)]) },
      { ingress: known([admit('0.0.0.0/0', 22)]) },
      { ingress: known([admit('10.0.0.0/8', 80)]) },
      { publicAddresses: [] },
      { subnet: known(subnet({ internetRoutes: known([]) })) },
      { subnet: known(subnet({ publicAccessBlock: known('block-bidirectional') })) },
    ]
    for (const more of shut)
      expect(verdicts(direct(hosted(known([host(more)]))))).toEqual(['closed', 'closed'])
    const list = host({ ingress: known([admit(cloudFront4, 80)]) })
    expect(verdicts(direct(hosted(known([list]))))).toEqual(['closed', 'open'])
  })
  test('what is not known of it is never taken for closed', () => {
    expect(whyUnknown(direct(hosted(missing('DescribeInstances'))).internet)).toEqual(['gap'])
    expect(direct(hosted({ known: false, gaps: [] })).internet.verdict).toBe('unknown')
    const unread: Parameters<typeof host>[0][] = [
      { ingress: missing('DescribeSecurityGroupRules') },
      { subnet: missing('DescribeSubnets') },
      { securityGroupIds: [] },
    ]
    for (const more of unread) expect(direct(hosted(known([host(more)]))).internet.verdict).toBe('unknown')
  })
  test('TLS is spoken where the group speaks it', () => {
    const tls = hosted(known([host({ ingress: known([admit('0.0.0.0/0', 443)]) })]), {
      protocol: 'HTTPS',
      targets: known(['i-app:443']),
    })
    expect(direct(tls).internet.witness).toMatchObject({ scheme: 'https', port: 443 })
  })
  test('IPv6 addresses are ways in of their own', () => {
    const six = host({
      publicAddresses: ['203.0.113.20', '2001:db8::20'],
      ingress: known([admit(cloudFront4, 80), admit('::/0', 80)]),
    })
    expect(direct(hosted(known([six]))).internet.witness).toMatchObject({
      family: 6,
      connect: '2001:db8::20',
    })
  })
  test('an address of the machine that is not the registered one is no certain way', () => {
    const aside = host({ direct: [] })
    expect(direct(hosted(known([aside]))).internet.verdict).toBe('unknown')
    const second = host({
      ids: ['i-app', '10.0.1.5'],
      publicAddresses: ['203.0.113.21'],
      direct: [],
    })
    const first = host({ publicAddresses: [], direct: [] })
    expect(direct(hosted(known([first, second]))).internet.verdict).toBe('unknown')
  })
  test('an accelerator may lead to the instance itself', () => {
    const inner = host({ publicAddresses: [] })
    const lb = behindGate(hosted(known([inner])))
    const spec = { headers, ...via(accelerator(known([endpoint('i-app')]), { ports: [80] })) }
    expect(exposed(lb, spec).internet.witness).toMatchObject({
      connect: 'a1234567890abcdef.awsglobalaccelerator.com',
      port: 80,
    })
    const other = { headers, ...via(accelerator(known([endpoint('i-other')]), { ports: [80] })) }
    expect(exposed(lb, other).internet.verdict).toBe('closed')
  })
  test('hosts of targets that the origin does not serve do not matter', () => {
    const blog = { ...group('blog'), hosts: known([host({ ids: ['i-blog'] })]) }
    const lb = alb([
      listener([
        rule(5, [token(strong)], forward()),
        rule(6, [token('changeme-123')], forward(blog)),
        otherwise(fixed(403)),
      ]),
    ])
    expect(exposed(lb, { headers }).internet.verdict).toBe('closed')
  })
})

describe('B46: API Gateway VPC links', () => {
  const linked = (lb: LoadBalancer, vpcLinks: Topology['vpcLinks'] = all(vpcLink(known([lb.ref.arn])))) =>
    exposed(lb, { headers, topology: { vpcLinks } })
  const inside = () => known([admit('10.0.0.0/8')])
  test('a link to an ungated load balancer is not taken for closed, and the reason names it and its APIs', () => {
    const lb = internal(inside())
    const { internet, tenant } = linked(lb)
    expect([internet.verdict, tenant.verdict]).toEqual(['unknown', 'unknown'])
    expect(JSON.stringify(internet.reasons)).toMatch(/shop-link.*shop-api/)
    expect(linked(lb, all()).internet.verdict).toBe('closed')
  })
  test('a secret gate holds for whatever API calls', () => {
    expect(linked(alb([gated()], { scheme: 'internal', ingress: inside() })).internet.verdict).toBe('closed')
  })
  test("so does a group that admits CloudFront's servers alone", () => {
    expect(linked(internal(known([admit(cloudFront4)]))).internet.verdict).toBe('closed')
  })
  test('links that were not read may lead to every load balancer of their region', () => {
    const lb = internal(inside())
    const gaps = [{ ...gap('GetVpcLinks'), region: 'eu-west-1' }]
    expect(whyUnknown(linked(lb, { items: [], gaps }).internet)).toEqual(['gap'])
    expect(
      linked(lb, { items: [], gaps: [{ ...gap('GetVpcLinks'), region: 'us-east-1' }] }).internet.verdict,
    ).toBe('closed')
    expect(linked(lb, { items: [], gaps: [{ ...gap('GetVpcLinks'), region: '*' }] }).internet.verdict).toBe(
      'unknown',
    )
    expect(linked(lb, all(vpcLink(missing('GetIntegrations')))).internet.verdict).toBe('unknown')
    expect(linked(lb, all(vpcLink({ known: false, gaps: [] }))).internet.verdict).toBe('unknown')
  })
})

describe('B46: VPC endpoint services', () => {
  const everyone = known(['*'])
  const served = (lb: LoadBalancer, ...items: Topology['endpointServices']['items']) =>
    exposed(lb, { topology: { endpointServices: all(...items) } })
  test('one that everybody may connect to is open to other accounts, not to the internet', () => {
    const nlb = innerNlb()
    const { internet, tenant } = served(nlb, service(nlb, everyone))
    expect([internet.verdict, tenant.verdict]).toEqual(['closed', 'open'])
    expect(tenant.witness).toMatchObject({ connect: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1', port: 443 })
    expect(tenant.witness?.headers.map(([name]) => name)).not.toContain('Via')
    expect(served(nlb).tenant.verdict).toBe('closed')
  })
  test('principals of the account itself, and connections accepted by hand, are no strangers', () => {
    const nlb = innerNlb()
    const own = known(['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/app'])
    expect(served(nlb, service(nlb, own)).tenant.verdict).toBe('closed')
    expect(served(nlb, service(nlb, everyone, { acceptanceRequired: true })).tenant.verdict).toBe('closed')
    const other = known(['arn:aws:iam::999999999999:root'])
    expect(served(nlb, service(nlb, other)).tenant.verdict).toBe('open')
  })
  test('the groups of the load balancer judge its clients unless told not to', () => {
    const shut = innerNlb({ ingress: known([]) })
    expect(served(shut, service(shut, everyone)).tenant.verdict).toBe('closed')
    const loose = innerNlb({ ingress: known([]), privateLinkFiltered: false })
    expect(served(loose, service(loose, everyone)).tenant.verdict).toBe('open')
    const groupless = innerNlb({ securityGroupIds: [] })
    expect(served(groupless, service(groupless, everyone)).tenant.verdict).toBe('open')
  })
  test('what was not read is never taken for closed', () => {
    const nlb = innerNlb()
    expect(served(nlb, service(nlb, missing('DescribeVpcEndpointServicePermissions'))).tenant.verdict).toBe(
      'unknown',
    )
    expect(served(nlb, service(nlb, { known: false, gaps: [] })).tenant.verdict).toBe('unknown')
    const endpointServices = { items: [], gaps: [gap('DescribeVpcEndpointServiceConfigurations')] }
    expect(exposed(nlb, { topology: { endpointServices } }).tenant.verdict).toBe('unknown')
    // They lead to network load balancers alone.
    expect(
      exposed(internal(known([admit('10.0.0.0/8')])), { topology: { endpointServices } }).tenant.verdict,
    ).toBe('closed')
  })
  test('a gateway load balancer stays undecided', () => {
    const gateway = innerNlb({ kind: 'gateway', securityGroupIds: [] })
    expect(served(gateway, service(gateway, everyone)).tenant.verdict).toBe('unknown')
  })
})

describe('B43: a network load balancer in front', () => {
  const inner = (cidr: Parameters<typeof admit>[0], more: Partial<LoadBalancer> = {}) =>
    internal(known([admit(cidr)]), more)
  const front = (
    to: LoadBalancer,
    kept: TargetGroup['clientIpPreserved'],
    more: Partial<LoadBalancer> = {},
  ) => {
    const leading = {
      ...group('front', known([`${to.ref.arn}:443`])),
      targetType: 'alb',
      clientIpPreserved: kept,
    }
    return alb([listener([otherwise(forward(leading))], { protocol: 'TCP' })], {
      kind: 'network',
      securityGroupIds: ['sg-front'],
      ingress: known([admit('0.0.0.0/0', 443, 443, 'sg-front')]),
      ...more,
    })
  }
  const through = (to: LoadBalancer, nlb: LoadBalancer) => exposed(to, { extra: [nlb] }).internet.verdict
  test("where it keeps the client's address, the groups behind judge that", () => {
    const wide = inner('0.0.0.0/0')
    expect(through(wide, front(wide, known(true)))).toBe('open')
    const list = inner(cloudFront4)
    expect(through(list, front(list, known(true)))).toBe('closed')
  })
  test('where it does not, they judge its own', () => {
    const vpc = inner('10.0.0.0/8')
    const at = { subnets: known([subnet({ cidr: '10.0.1.0/24' })]) }
    expect(through(vpc, front(vpc, known(false), at))).toBe('open')
    expect(through(vpc, front(vpc, known(false)))).toBe('unknown')
    const elsewhere = inner('10.9.0.0/16')
    expect(through(elsewhere, front(elsewhere, known(false), at))).toBe('unknown')
    const list = inner(cloudFront4)
    expect(through(list, front(list, known(false), at))).toBe('closed')
  })
  test('naming its group admits all that it passes on, either way', () => {
    for (const kept of [known(true), known(false)]) {
      const named = inner({ group: 'sg-front' })
      expect(through(named, front(named, kept))).toBe('open')
    }
    const other = inner({ group: 'sg-other' })
    expect(through(other, front(other, known(true)))).toBe('closed')
  })
  test('where that was not read, both must agree', () => {
    const wide = inner('0.0.0.0/0')
    expect(through(wide, front(wide, missing('DescribeTargetGroupAttributes')))).toBe('open')
    const vpc = inner('10.0.0.0/8')
    expect(through(vpc, front(vpc, missing('DescribeTargetGroupAttributes')))).toBe('unknown')
  })
  test('a rule on private source addresses is not closed behind it', () => {
    const rules = [rule(1, [sourceIp('10.0.0.0/8')], forward()), otherwise(fixed(403))]
    const asks = inner('0.0.0.0/0', { listeners: known([listener(rules)]) })
    expect(through(asks, front(asks, known(false)))).toBe('unknown')
  })
  test('an accelerator may stand in front of it', () => {
    const wide = inner('0.0.0.0/0')
    const nlb = front(wide, known(true), { scheme: 'internal' })
    const spec = { extra: [nlb], ...via(accelerator(toLb(nlb))) }
    expect(exposed(wide, spec).internet.witness?.connect).toBe('a1234567890abcdef.awsglobalaccelerator.com')
    expect(through(wide, nlb)).toBe('closed')
  })
  test('and an endpoint service, whose clients lose their address', () => {
    const vpc = inner('10.0.0.0/8')
    const nlb = front(vpc, known(true), {
      scheme: 'internal',
      ingress: known([admit('10.0.0.0/8', 443, 443, 'sg-front')]),
      subnets: known([subnet({ cidr: '10.0.1.0/24' })]),
    })
    const endpointServices = all(service(nlb, known(['*'])))
    expect(exposed(vpc, { extra: [nlb], topology: { endpointServices } }).tenant.verdict).toBe('open')
  })
})

describe('A Lambda function behind a load balancer', () => {
  test('is not closed by its rules alone: a URL of its own may lead to it too', () => {
    const functions = {
      ...group('app', known(['arn:aws:lambda:eu-west-1:111122223333:function:app'])),
      targetType: 'lambda',
    }
    const rules = [rule(5, [token(strong)], forward(functions)), otherwise(fixed(403))]
    expect(verdicts(exposed(alb([listener(rules)]), { headers }))).toEqual(['unknown', 'unknown'])
    expect(exposed(alb([listener([otherwise(forward(functions))])])).internet.verdict).toBe('open')
  })
})
