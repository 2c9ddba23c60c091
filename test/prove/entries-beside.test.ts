import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { LoadBalancer, TargetGroup, Topology } from '#topology/model.ts'
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
  sourceIp,
  strong,
  subnet,
  token,
} from './build.ts'
import { gated, headers, toLb, via } from './entry-parts.ts'
import { exposed, verdicts, whyUnknown } from './sound.ts'
import { accelerator, all, endpoint, host, hosted, innerNlb, internal, service, vpcLink } from './ways.ts'

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
  test('a link to an ungated load balancer is not taken for closed where its APIs were not read, and the reason names it', () => {
    const lb = internal(inside())
    const { internet, tenant } = linked(lb)
    expect([internet.verdict, tenant.verdict]).toEqual(['unknown', 'unknown'])
    expect(JSON.stringify(internet.reasons)).toMatch(/shop-link/)
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
