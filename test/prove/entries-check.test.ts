import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { checkCertificate } from '#prove/check.ts'
import type { Certificate, Exposure, Vantage } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'
import {
  admit,
  alb,
  cloudFront4,
  fixed,
  forward,
  gap,
  linkTo,
  listener,
  otherwise,
  rule,
  seal,
  sent,
  strong,
  subnet,
  token,
  topologyOf,
} from './build.ts'
import { proved } from './claims.ts'
import { accelerator, all, endpoint, host, hosted, innerNlb, internal, service, vpcLink } from './ways.ts'

const headers = [{ name: 'X-Token', value: sent(strong, [[strong, seal(strong)]]) }]

interface World {
  readonly link: Link
  readonly topology: Topology
}
const world = (lb: LoadBalancer, more: Partial<Topology> = {}): World => {
  const link = linkTo(lb, { headers })
  return { link, topology: topologyOf([link], more) }
}
const exposureOf = ({ topology }: World, vantage: Vantage): Exposure => {
  const exposure = proveLinks(topology)[0]?.[vantage]
  if (!exposure) throw new Error('no exposure')
  return exposure
}
const certificateOf = (of: World, vantage: Vantage): Certificate => {
  const { certificate, reasons } = exposureOf(of, vantage)
  if (certificate === null) throw new Error(`not closed: ${JSON.stringify(reasons)}`)
  return certificate
}

describe('a certificate that forgets a way in is refused', () => {
  /** The certificate of the world before is held against the world after. */
  const forgets = (before: World, after: World, vantage: Vantage = 'internet'): void => {
    const certificate = certificateOf(before, vantage)
    expect(checkCertificate(before.topology, before.link, vantage, certificate)).toEqual([])
    expect(checkCertificate(after.topology, after.link, vantage, certificate)).not.toEqual([])
  }
  const anyone = () => known([admit('0.0.0.0/0', 0, 65_535)])
  const same = ({ link, topology }: World, more: Partial<Topology>): World => ({
    link,
    topology: { ...topology, ...more },
  })

  test('an accelerator, and one that was not read', () => {
    const lb = internal(anyone())
    const before = world(lb)
    forgets(before, same(before, { accelerators: all(accelerator(known([endpoint(lb.ref.arn)]))) }))
    forgets(before, same(before, { accelerators: { items: [], gaps: [gap('ListAccelerators')] } }))
    forgets(before, same(before, { accelerators: all(accelerator({ known: false, gaps: [] })) }))
    forgets(before, same(before, { accelerators: all(accelerator(known([endpoint(lb.ref.arn)]))) }), 'tenant')
  })
  test('an accelerator, although every rule is gated all the same', () => {
    const gated = alb([listener([rule(5, [token(strong)], forward()), otherwise(fixed(403))])])
    const before = world(gated)
    forgets(before, same(before, { accelerators: all(accelerator(known([endpoint(gated.ref.arn)]))) }))
  })
  test('a VPC link, and one that was not read', () => {
    const lb = internal(known([admit('10.0.0.0/8')]))
    const before = world(lb)
    forgets(before, same(before, { vpcLinks: all(vpcLink(known([lb.ref.arn]))) }))
    forgets(before, same(before, { vpcLinks: { items: [], gaps: [gap('GetVpcLinks')] } }), 'tenant')
    forgets(before, same(before, { vpcLinks: all(vpcLink({ known: false, gaps: [] })) }))
  })
  test('an endpoint service, and one that was not read', () => {
    const nlb = innerNlb()
    const before = world(nlb)
    forgets(before, same(before, { endpointServices: all(service(nlb, known(['*']))) }), 'tenant')
    const own = all(service(nlb, known(['arn:aws:iam::111122223333:root'])))
    forgets(
      same(before, { endpointServices: own }),
      same(before, { endpointServices: all(service(nlb, { known: false, gaps: [] })) }),
      'tenant',
    )
    const gaps = [gap('DescribeVpcEndpointServiceConfigurations')]
    forgets(before, same(before, { endpointServices: { items: [], gaps } }), 'tenant')
  })

  const gatedWith = (hosts: Parameters<typeof hosted>[0]): LoadBalancer =>
    alb([listener([rule(5, [token(strong)], forward(hosted(hosts))), otherwise(fixed(403))])])
  /** The same load balancer with other machines behind its gate. */
  const swapped = (lb: LoadBalancer, hosts: Parameters<typeof hosted>[0]): LoadBalancer => {
    const [only] = lb.listeners.known ? lb.listeners.value : []
    if (!only?.rules.known) throw new Error('no rules')
    const [gate, ...rest] = only.rules.value
    if (gate === undefined) throw new Error('no gate')
    return {
      ...lb,
      listeners: known([
        { ...only, rules: known([{ ...gate, actions: [forward(hosted(hosts))] }, ...rest]) },
      ]),
    }
  }
  test('a host that admits the internet, or of which that is not known', () => {
    const lb = gatedWith(known([host({ ingress: known([]) })]))
    const before = world(lb)
    const held = (hosts: Parameters<typeof hosted>[0]): World => {
      const other = swapped(lb, hosts)
      const link = { ...before.link, target: { ...before.link.target, loadBalancer: other } } as Link
      return { link, topology: { ...before.topology, links: [link], loadBalancers: [other] } }
    }
    forgets(before, held(known([host()])))
    forgets(before, held({ known: false, gaps: [] }))
    forgets(before, held(known([host({ ingress: { known: false, gaps: [] } })])))
    forgets(before, held(known([host({ ingress: known([]), securityGroupIds: [] })])))
  })
  test('a host at all', () => {
    const lb = gatedWith(known([]))
    const before = world(lb)
    const other = swapped(lb, known([host({ ingress: known([]) })]))
    const link = { ...before.link, target: { ...before.link.target, loadBalancer: other } } as Link
    forgets(before, { link, topology: { ...before.topology, links: [link], loadBalancers: [other] } })
  })
  test('a block, a route or a network ACL that is lifted', () => {
    const lb = (more: Parameters<typeof subnet>[0]) =>
      alb([listener([otherwise(forward())])], { subnets: known([subnet(more)]) })
    const changed = (from: LoadBalancer, to: Parameters<typeof subnet>[0]): void => {
      const before = world(from)
      const other = { ...from, subnets: known([subnet(to)]) }
      const link = { ...before.link, target: { ...before.link.target, loadBalancer: other } } as Link
      forgets(before, { link, topology: { ...before.topology, links: [link], loadBalancers: [other] } })
    }
    changed(lb({ publicAccessBlock: known('block-ingress') }), {})
    changed(lb({ publicAccessBlock: known('block-ingress') }), {
      publicAccessBlock: { known: false, gaps: [] },
    })
    changed(lb({ internetRoutes: known([]) }), {})
    changed(lb({ internetRoutes: known([]) }), { internetRoutes: { known: false, gaps: [] } })
    const { networkAcl } = subnet()
    if (!networkAcl.known) throw new Error('no ACL')
    const none = known({ ...networkAcl.value, entries: [] })
    changed(lb({ networkAcl: none }), {})
    changed(lb({ networkAcl: none }), { networkAcl: { known: false, gaps: [] } })
  })
  test('obligations of one way do not stand for another', () => {
    const lb = internal(known([admit(cloudFront4)]))
    const found = world(lb, {
      accelerators: all(accelerator(known([endpoint(lb.ref.arn)]))),
      vpcLinks: all(vpcLink(known([lb.ref.arn]))),
    })
    const certificate = certificateOf(found, 'internet')
    expect(new Set(certificate.obligations.map(o => o.entryPoint)).size).toBe(3)
    for (const { entryPoint } of certificate.obligations) {
      const less = certificate.obligations.filter(o => o.entryPoint !== entryPoint)
      expect(
        checkCertificate(found.topology, found.link, 'internet', { ...certificate, obligations: less }),
      ).not.toEqual([])
    }
  })
})

/** Every copy of the value in which one known thing, or the wholeness of one list, is not known. */
const lessKnown = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return []
  const unknown = 'known' in value && value.known === true ? [{ known: false, gaps: [gap('Anything')] }] : []
  const silent = 'known' in value && value.known === true ? [{ known: false, gaps: [] }] : []
  const partly = 'items' in value && 'gaps' in value ? [{ items: [], gaps: [gap('Anything')] }] : []
  const parts = Array.isArray(value)
    ? value.flatMap((item: unknown, i) => lessKnown(item).map(less => value.with(i, less)))
    : Object.entries(value).flatMap(([key, item]) => lessKnown(item).map(less => ({ ...value, [key]: less })))
  return [...unknown, ...silent, ...partly, ...parts]
}

describe('knowing less', () => {
  const gated = (hosts: Parameters<typeof hosted>[0]) =>
    alb([listener([rule(5, [token(strong)], forward(hosted(hosts))), otherwise(fixed(403))])])
  const worlds: readonly (readonly [string, () => World])[] = [
    [
      'an accelerator',
      () => {
        const lb = internal(known([admit('0.0.0.0/0')]))
        return world(lb, { accelerators: all(accelerator(known([endpoint(lb.ref.arn)]))) })
      },
    ],
    [
      'a VPC link',
      () => {
        const lb = internal(known([admit('10.0.0.0/8')]))
        return world(lb, { vpcLinks: all(vpcLink(known([lb.ref.arn]))) })
      },
    ],
    [
      'an endpoint service',
      () => {
        const nlb = innerNlb()
        return world(nlb, { endpointServices: all(service(nlb, known(['*']))) })
      },
    ],
    ['an open host', () => world(gated(known([host()])))],
    [
      'a block',
      () =>
        world(
          alb([listener([otherwise(forward())])], {
            subnets: known([subnet({ publicAccessBlock: known('block-ingress') })]),
          }),
        ),
    ],
    ['a shut host', () => world(gated(known([host({ ingress: known([admit(cloudFront4, 80)]) })])))],
  ]
  for (const [name, make] of worlds)
    test(`of ${name} never turns anything into closed, and every certificate still checks`, () => {
      const { topology, link } = make()
      const [before] = proved(topology)
      const { loadBalancer } = link.target as Extract<Link['target'], { kind: 'load-balancer' }>
      const variants: Topology[] = [
        ...(lessKnown(loadBalancer) as LoadBalancer[]).map(lb => {
          const other = { ...link, target: { ...link.target, loadBalancer: lb } } as Link
          return { ...topology, links: [other], loadBalancers: [lb] }
        }),
        ...(['accelerators', 'vpcLinks', 'endpointServices'] as const).flatMap(key =>
          lessKnown(topology[key]).map(less => ({ ...topology, [key]: less }) as Topology),
        ),
      ]
      expect(variants.length).toBeGreaterThan(5)
      for (const variant of variants) {
        const [less] = proved(variant)
        for (const vantage of ['internet', 'tenant'] as const)
          if (less?.[vantage].verdict === 'closed') expect(before?.[vantage].verdict).toBe('closed')
      }
    })
})

describe('the order of what was read', () => {
  test('changes nothing', () => {
    const lb = internal(known([admit('0.0.0.0/0'), admit(cloudFront4), admit('10.0.0.0/8')]))
    const ways = [endpoint(lb.ref.arn, { weight: 0 }), endpoint(lb.ref.arn), endpoint('i-1')]
    const straight = [accelerator(known(ways)), accelerator(known([]), { enabled: false })]
    const turned = [...straight].reverse().map(a => ({
      ...a,
      listeners: a.listeners.known
        ? known(a.listeners.value.map(l => ({ ...l, endpoints: known([...ways].reverse()) })))
        : a.listeners,
    }))
    const [one, other] = [straight, turned].map(items => {
      const [exposure] = proved(world(lb, { accelerators: all(...items) }).topology)
      return [exposure?.internet.verdict, exposure?.tenant.verdict]
    })
    expect(one).toEqual(['open', 'open'])
    expect(other).toEqual(one)
  })
})
