import { describe, expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Target } from '#topology/model.ts'
import { alias, cname, dns, origin, zone } from './edge.ts'
import { type Config, changed, gap, ofType, onlyLink, type Parts, topologyOf } from './parts.ts'
import { balancer, lbName, withOrigin } from './shop.ts'

const name = 'origin.example.com'
const records = (...resources: readonly ResourceRecord[]): Parts => ({ resources, reads: [] })
const target = (...more: readonly Parts[]): Target =>
  onlyLink(topologyOf(withOrigin(origin(name), ...more))).target

/** Names of the load balancers reached, and the messages of what else there is. */
const reached = (found: Target) =>
  found.kind === 'load-balancer'
    ? {
        balancers: [found.loadBalancer, ...found.others].map(b => b.ref.name),
        gaps: found.gaps.map(g => g.code),
      }
    : found.kind

describe('a name in a hosted zone of the account', () => {
  test('is followed through an alias, and the chain is kept', () => {
    const found = target(zone('example.com', alias(name, `dualstack.${lbName()}`)))
    expect(reached(found)).toEqual({ balancers: ['shop'], gaps: [] })
    expect(found.names).toEqual([name, `dualstack.${lbName()}`])
  })

  test('is followed through CNAMEs, whatever the case and the trailing dots', () => {
    const sets = [
      cname('ORIGIN.example.com', 'b.Example.com.'),
      cname('b.example.com', lbName().toUpperCase()),
    ]
    expect(reached(target(zone('example.com', ...sets)))).toEqual({ balancers: ['shop'], gaps: [] })
  })

  test('is followed to every load balancer of weighted records, the first by ARN being the main one', () => {
    const sets = ['shop', 'blue', 'green'].map(to =>
      alias(name, lbName(to), { SetIdentifier: to, Weight: 1 }),
    )
    const found = target(zone('example.com', ...sets), balancer('green'), balancer('blue'))
    expect(reached(found)).toEqual({ balancers: ['blue', 'green', 'shop'], gaps: [] })
  })

  test('counts a load balancer once where IPv4 and IPv6 lead to it', () => {
    const sets = [alias(name, lbName()), alias(name, lbName(), { Type: 'AAAA' })]
    expect(reached(target(zone('example.com', ...sets)))).toEqual({ balancers: ['shop'], gaps: [] })
  })

  test('keeps a gap where it also leads elsewhere', () => {
    const sets = [
      alias(name, lbName(), { SetIdentifier: 'a' }),
      alias(name, 'd222222abcdef8.cloudfront.net', { SetIdentifier: 'b' }),
      cname(name, 'b.s3.amazonaws.com', { SetIdentifier: 'c' }),
    ]
    const found = target(zone('example.com', ...sets))
    expect(reached(found)).toEqual({ balancers: ['shop'], gaps: ['not-read', 'unresolved'] })
    expect(found.kind === 'load-balancer' && found.gaps[1]?.message).toBe(
      'origin.example.com also leads to b.s3.amazonaws.com.',
    )
  })

  test('uses a wildcard only where the name does not exist', () => {
    const wild = alias('\\052.example.com', lbName())
    expect(reached(target(zone('example.com', wild)))).toEqual({ balancers: ['shop'], gaps: [] })
    const exists: Config = { Name: `${name}.`, Type: 'TXT', ResourceRecords: [{ Value: '"x"' }] }
    expect(target(zone('example.com', wild, exists)).kind).toBe('unknown')
  })

  test('is looked up in the closest zone', () => {
    const parent = zone('example.com', alias('a.example.com', lbName()))
    const child = zone('origin.example.com', alias(name, lbName()))
    expect(reached(target(parent, child))).toEqual({ balancers: ['shop'], gaps: [] })
  })

  test('is not looked up in a private zone', () => {
    const inside = changed(zone('example.com', alias(name, lbName())), ofType(types.hostedZone), c => ({
      ...c,
      Config: { PrivateZone: true },
    }))
    expect(target(inside).kind).toBe('unknown')
  })

  test('is not looked up below a delegation to other name servers', () => {
    const delegation = { Name: 'example.com.', Type: 'NS', ResourceRecords: [{ Value: 'ns.example.net' }] }
    expect(target(zone('com', alias(name, lbName()))).kind).toBe('load-balancer')
    expect(target(zone('com', alias(name, lbName()), delegation)).kind).toBe('unknown')
  })

  test('ends in a gap where the records run in a circle', () => {
    const sets = [cname(name, 'b.example.com'), cname('b.example.com', name)]
    expect(target(zone('example.com', ...sets))).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'unresolved' }],
    })
  })

  test('ends in a gap after sixteen steps', () => {
    const steps = Array.from({ length: 40 }, (_, i) => cname(`n${i}.example.com`, `n${i + 1}.example.com`))
    expect(target(zone('example.com', cname(name, 'n0.example.com'), ...steps))).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'unresolved' }],
    })
  })

  test('keeps a gap where DNS knows no such name', () => {
    const found = target(
      zone('example.com', alias(name, lbName())),
      records(dns(name, { outcome: 'no-such-name' })),
    )
    expect(reached(found)).toEqual({ balancers: ['shop'], gaps: ['unresolved'] })
  })

  test('also follows a chain of names that DNS tells and the zone does not', () => {
    const found = target(
      zone('example.com', alias(name, lbName())),
      records(dns(name, { names: [lbName('blue')], addresses: ['203.0.113.9'] })),
      balancer('blue'),
    )
    expect(reached(found)).toEqual({ balancers: ['blue', 'shop'], gaps: [] })
  })

  test('ends in a gap where a record set has no target that can be read', () => {
    for (const set of [{ ResourceRecords: [{}] }, { ResourceRecords: 'no' }, { AliasTarget: 7 }])
      expect(target(zone('example.com', { Name: `${name}.`, Type: 'A', ...set })).kind).toBe('unknown')
  })
})

describe('a name that only DNS can follow', () => {
  test('leads to the load balancer at the end of the chain', () => {
    const answer = dns(name, { names: ['cdn.example.net', lbName()], addresses: ['203.0.113.9'] })
    const found = target(records(answer))
    expect(reached(found)).toEqual({ balancers: ['shop'], gaps: [] })
    expect(found.names).toEqual([name, 'cdn.example.net', lbName()])
  })

  test('leads through a zone of the account that the chain passes', () => {
    const answer = dns('origin.example.org', { names: ['lb.example.com'], addresses: ['203.0.113.9'] })
    const parts = withOrigin(
      origin('origin.example.org'),
      records(answer),
      zone(
        'example.com',
        ...['shop', 'blue'].map(to => alias('lb.example.com', lbName(to), { SetIdentifier: to })),
      ),
      balancer('blue'),
    )
    expect(reached(onlyLink(topologyOf(parts)).target)).toEqual({ balancers: ['blue', 'shop'], gaps: [] })
  })

  test('dangles where it does not exist', () =>
    expect(target(records(dns(name, { outcome: 'no-such-name' })))).toEqual({
      kind: 'dangling',
      names: [name],
      reason: `no such name as ${name} exists`,
    }))

  test('dangles where the load balancer at the end of its chain is gone', () => {
    const gone = 'gone-1.eu-west-1.elb.amazonaws.com'
    expect(target(records(dns(name, { outcome: 'no-such-name', names: [gone] })))).toMatchObject({
      kind: 'dangling',
      names: [name, gone],
    })
  })

  test('is unknown where it has no addresses', () =>
    expect(target(records(dns(name, { outcome: 'no-data' }))).kind).toBe('unknown'))

  test('is unknown, with the gap, where it was not resolved', () => {
    const missed = { ...gap('Resolve', name, ''), service: 'dns', code: 'unresolved' as const }
    expect(target({ resources: [], reads: [], gaps: [missed] })).toMatchObject({
      kind: 'unknown',
      gaps: [missed],
    })
  })

  test('is unknown where an answer makes no sense', () => {
    const odd = {
      ...dns(name, {}),
      config: { Name: name, Outcome: 'answer', CanonicalNames: [1], Addresses: [] },
    }
    expect(target(records(odd)).kind).toBe('unknown')
  })

  test('keeps a gap where the zones were not listed: a weighted record may lead elsewhere', () => {
    const parts = withOrigin(
      origin(name),
      records(dns(name, { names: [lbName()], addresses: ['203.0.113.9'] })),
    )
    const without = { ...parts, reads: parts.reads.filter(r => r.operation !== 'ListHostedZones') }
    expect(reached(onlyLink(topologyOf(without)).target)).toEqual({ balancers: ['shop'], gaps: ['not-read'] })
  })
})
