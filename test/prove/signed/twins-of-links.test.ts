import { describe, expect, test } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import { twinFaults } from '#prove/check/twin.ts'
import type { Twin, Twins } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import { buildTopology } from '#topology/build.ts'
import type { Behavior, Distribution, Link, Topology } from '#topology/model.ts'
import { signedCases } from '../../../fixtures/worlds/signed/cases.ts'
import {
  alb,
  behavior,
  forward,
  gap,
  group,
  linkTo,
  listener,
  otherwise,
  straying,
  topologyOf,
} from '../build.ts'
import { snapshotOf } from '../bypass-pipeline.ts'

const server = (name = 'app') => alb([listener([otherwise(forward(group(name)))])])
const fallback = behavior()
const at = (pathPattern: string, more: Partial<Behavior> = {}): Behavior =>
  behavior({ pathPattern, isDefault: false, ...more })
const guarded = at('/private/*', { signed: true })
const all = behavior({ signed: true })

const to = (
  lb: ReturnType<typeof server>,
  behaviors: readonly Behavior[],
  distribution: Partial<Distribution> = {},
): Link => linkTo(lb, { behaviors, distribution: { behaviors, ...distribution } })

const twinsOf = (links: readonly Link[], more: Partial<Topology> = {}): Twins => {
  const [first] = proveLinks(topologyOf(links, more))
  if (!first) throw new Error('no link')
  return first.twins
}
const outcomes = ({ found }: Twins) => found.map(t => [t.kind, t.outcome, t.unsigned.pathPattern])
const messages = ({ reasons }: Twins) =>
  reasons.map(r => (r.kind === 'gap' ? r.gap.operation : r.message)).join('\n')

describe('a link with a signed behaviour', () => {
  test('B53: has a twin where another distribution leads to the same targets', () => {
    const lb = server()
    const found = twinsOf([to(lb, [guarded, all]), to(lb, [fallback])])
    expect(outcomes(found)[0]).toEqual(['spelling', 'certain', 'Default (*)'])
  })

  test('has none where that one is disabled, or leads elsewhere', () => {
    const off = twinsOf([to(server(), [guarded, all]), to(server('blog'), [fallback])])
    expect(off).toEqual({ found: [], more: 0, apart: 0, reasons: [] })
    const lb = server()
    const disabled = twinsOf([to(lb, [guarded, all]), to(lb, [fallback], { enabled: false })])
    expect(disabled.found).toEqual([])
  })

  test('has none where nothing asks for a signature', () => {
    const lb = server()
    expect(twinsOf([to(lb, [fallback]), to(lb, [fallback])])).toEqual({
      ...{ found: [], more: 0, apart: 0, reasons: [] },
    })
  })

  test('may have more where distributions were not listed', () => {
    const listing = { ...gap('ListDistributions'), operation: 'ListDistributions' }
    const found = twinsOf([to(server(), [guarded, all])], { gaps: [listing] })
    expect(messages(found)).toContain('ListDistributions')
  })

  test('may have one where it is not known where another distribution leads', () => {
    const lb = server()
    const lost: Link = {
      ...to(server(), [fallback]),
      target: { kind: 'unknown', names: ['elsewhere.example.com'], gaps: [gap('DescribeLoadBalancers')] },
    }
    const found = twinsOf([to(lb, [guarded, all]), lost])
    expect(outcomes(found)[0]).toEqual(['spelling', 'possible', 'Default (*)'])
    expect(found.found[0]?.because.join()).toContain('leads to the same objects')
  })

  test('has no certain twin where code sees the requests first', () => {
    const lb = server()
    const running = behavior({ functions: [straying('viewer-request')] })
    const found = twinsOf([to(lb, [guarded, all]), to(lb, [running])])
    expect(outcomes(found)).toEqual([
      ['spelling', 'possible', 'Default (*)'],
      ['spelling', 'possible', 'Default (*)'],
    ])
    expect(found.found[0]?.because.join()).toContain('rewrites their paths')
  })

  test('may have one through code even where no path of viewers meets', () => {
    const lb = server()
    const elsewhere = at('/img/*', { functions: [straying('origin-request')] })
    const found = twinsOf([to(lb, [at('/p', { signed: true }), elsewhere, all])])
    expect(messages(found)).toContain('/img/* of distribution')
  })

  test('is not opened by code that sees responses alone', () => {
    const lb = server()
    const elsewhere = at('/img', { functions: [straying('viewer-response')] })
    const found = twinsOf([to(lb, [at('/p', { signed: true }), elsewhere, all])])
    expect(messages(found)).toBe('')
  })

  test('may have one at tenants that were not listed', () => {
    const lb = server()
    const rented = to(lb, [fallback], { tenants: unobserved(gap('ListDistributionTenants')) })
    expect(messages(twinsOf([to(lb, [guarded, all]), rented]))).toContain('ListDistributionTenants')
    const empty = to(lb, [fallback], { tenants: known([]) })
    expect(twinsOf([to(lb, [guarded, all]), empty]).found).toEqual([])
  })
})

describe('the order of patterns', () => {
  const order = (...before: readonly Behavior[]) =>
    outcomes(twinsOf([to(server(), [...before, guarded, all])])).filter(([kind]) => kind === 'order')

  test('opens what an unsigned pattern takes first', () => {
    expect(order(at('*.jpg'))).toEqual([['order', 'certain', '*.jpg']])
    expect(order(at('/p*'))).toEqual([['order', 'certain', '/p*']])
  })

  test('is meant where the unsigned pattern lies inside the signed one', () => {
    expect(order(at('/private/welcome/*'))).toEqual([])
  })

  test('opens nothing where the patterns have no path in common, or a signed one takes it before', () => {
    expect(order(at('/img/*'))).toEqual([])
    expect(order(at('/private/*', { signed: true }), at('/private/*x'))).toEqual([])
  })
})

/** A certain twin of a world that the SDK collected. */
const certain = async (title: string): Promise<readonly [Topology, Twin]> => {
  const world = signedCases.find(c => c.title === title)?.world
  if (!world) throw new Error(`There is no world in which ${title}.`)
  const topology = buildTopology(await snapshotOf(world))
  const twin = proveLinks(topology)
    .flatMap(e => e.twins.found)
    .find(t => t.outcome === 'certain')
  if (!twin) throw new Error(`${title}, and nothing was found.`)
  return [topology, twin]
}

describe('the independent check', () => {
  test.each([
    'an unsigned pattern comes first',
    'another distribution leads to the same objects',
    'the default behaviour leads to the same objects by another origin path',
  ])('confirms what was found where %s, and nothing that was changed', async title => {
    const [topology, twin] = await certain(title)
    expect(twinFaults(topology, twin)).toEqual([])
    const wrong: readonly Twin[] = [
      { ...twin, signed: twin.unsigned, unsigned: twin.signed },
      { ...twin, object: `${twin.object}x` },
      { ...twin, unsignedPath: `${twin.unsignedPath}x` },
      { ...twin, signedPath: '/elsewhere' },
      { ...twin, unsigned: { ...twin.unsigned, link: 'E9/gone' } },
    ]
    for (const one of wrong) expect(twinFaults(topology, one)).not.toEqual([])
  })

  test('asks whether the two origins are one backend', async () => {
    const [topology, twin] = await certain('another distribution leads to the same objects')
    const moved = topology.links.map(link =>
      link.id === twin.unsigned.link && link.target.kind === 'bucket'
        ? { ...link, target: { ...link.target, name: 'another-bucket' } }
        : link,
    )
    expect(twinFaults({ ...topology, links: moved }, twin)).toEqual([
      'The two origins do not lead to the same backend.',
    ])
  })
})
