import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { checkCertificate } from '#prove/check.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Behavior, EdgeFunction, Link, Topology } from '#topology/model.ts'
import {
  alb,
  behavior,
  fixed,
  forward,
  gap,
  group,
  linkTo,
  listener,
  missing,
  otherwise,
  path,
  rule,
  seal,
  sent,
  straying,
  strong,
  token,
  topologyOf,
} from './build.ts'

const sends = [{ name: 'X-Token', value: sent(strong, [[strong, seal(strong)]]) }]
const gated = () => alb([listener([rule(50, [token(strong)], forward()), otherwise(fixed(403))])])
const open = () => alb([listener([otherwise(forward())])])

const changing = (originChange: EdgeFunction['originChange'], event = 'viewer-request'): EdgeFunction => ({
  ...straying(event, 'arn:aws:cloudfront::111122223333:function/route'),
  originChange,
  note: 'its code calls a helper',
})
const running = (...functions: readonly EdgeFunction[]): Behavior => behavior({ functions })

const exposureOf = (link: Link, more: Partial<Topology> = {}) => {
  const topology = topologyOf([link], more)
  const [found] = proveLinks(topology)
  if (!found) throw new Error('no link')
  return { topology, ...found }
}

describe('a link whose behaviours run a function', () => {
  test('B58: that may send requests anywhere is not proven, and the reason names it', () => {
    const { internet, tenant } = exposureOf(
      linkTo(gated(), { headers: sends, behaviors: [running(straying('origin-request'))] }),
    )
    for (const exposure of [internet, tenant]) {
      expect(exposure).toMatchObject({ verdict: 'unknown', certificate: null, witness: null })
      expect(exposure.reasons).toMatchObject([{ kind: 'not-modelled' }])
      expect(JSON.stringify(exposure.reasons)).toContain('function:f:1')
      expect(JSON.stringify(exposure.reasons)).toContain('behaviour Default (*)')
    }
  })

  test('whose code was not read is not proven, and the gap says which action is missing', () => {
    const { internet } = exposureOf(
      linkTo(gated(), { headers: sends, behaviors: [running(changing(missing('GetFunction')))] }),
    )
    expect(internet.verdict).toBe('unknown')
    expect(internet.reasons).toEqual([{ kind: 'gap', gap: gap('GetFunction') }])
  })

  test('that leaves the origin alone is proven', () => {
    const link = linkTo(gated(), { headers: sends, behaviors: [running(changing(known('never')))] })
    const { topology, internet } = exposureOf(link)
    expect(internet.verdict).toBe('closed')
    expect(
      internet.certificate && checkCertificate(topology, link, 'internet', internet.certificate),
    ).toEqual([])
  })

  test('that chooses among the origins of the distribution is proven: each of them has a link of its own', () => {
    const link = linkTo(gated(), { headers: sends, behaviors: [running(changing(known('declared')))] })
    const { topology, internet } = exposureOf(link)
    expect(internet.verdict).toBe('closed')
    expect(
      internet.certificate && checkCertificate(topology, link, 'internet', internet.certificate),
    ).toEqual([])
  })

  test('stays open where it is open', () =>
    expect(
      exposureOf(linkTo(open(), { behaviors: [running(straying('origin-request'))] })).internet,
    ).toMatchObject({
      verdict: 'open',
      reasons: [],
    }))
})

describe('a function of another behaviour', () => {
  const rules = [
    rule(1, [path('/api/*'), token(strong)], forward(group('api'))),
    rule(2, [path('/open/*')], forward(group('open'))),
    otherwise(fixed(404)),
  ]
  const own = behavior({ pathPattern: '/api/*', isDefault: false })
  const linked = (change: EdgeFunction['originChange']) => {
    const other = behavior({ target: 'other', functions: [changing(change)] })
    const spec = { headers: sends, behaviors: [own], distribution: { behaviors: [own, other] } }
    return exposureOf(linkTo(alb([listener(rules)]), spec))
  }

  test('that may choose this origin leaves open which targets are not its own', () => {
    expect(linked(known('never')).internet.verdict).toBe('closed')
    const changes: readonly EdgeFunction['originChange'][] = [
      known('declared'),
      known('possible'),
      missing('GetFunction'),
    ]
    for (const change of changes) expect(linked(change).internet.verdict).toBe('unknown')
  })

  test('matters to nobody where no target is ruled out', () => {
    const other = behavior({ target: 'other', functions: [changing(known('declared'))] })
    const spec = { headers: sends, behaviors: [own], distribution: { behaviors: [own, other] } }
    expect(exposureOf(linkTo(gated(), spec)).internet.verdict).toBe('closed')
  })
})

describe('the checker', () => {
  const certificateOf = (link: Link) => {
    const { internet } = exposureOf(link)
    if (!internet.certificate) throw new Error(`${internet.verdict}: no certificate`)
    return internet.certificate
  }

  test.each([
    ['may send requests anywhere', known('possible' as const)],
    ['was not read', missing('GetFunction')],
  ])('refuses a certificate of a link whose function %s', (_, change) => {
    const lb = gated()
    const certificate = certificateOf(linkTo(lb, { headers: sends }))
    const changed = linkTo(lb, { headers: sends, behaviors: [running(changing(change))] })
    const problems = checkCertificate(topologyOf([changed]), changed, 'internet', certificate)
    expect(problems).toEqual([
      'arn:aws:cloudfront::111122223333:function/route may send requests to any host.',
    ])
  })

  test('refuses one that rules targets out where another behaviour may choose the origin', () => {
    const rules = [
      rule(1, [path('/api/*'), token(strong)], forward(group('api'))),
      rule(2, [path('/open/*')], forward(group('open'))),
      otherwise(fixed(404)),
    ]
    const lb = alb([listener(rules)])
    const own = behavior({ pathPattern: '/api/*', isDefault: false })
    const certificate = certificateOf(linkTo(lb, { headers: sends, behaviors: [own] }))
    const other = behavior({ target: 'other', functions: [changing(known('declared'))] })
    const changed = linkTo(lb, {
      headers: sends,
      behaviors: [own],
      distribution: { behaviors: [own, other] },
    })
    expect(checkCertificate(topologyOf([changed]), changed, 'internet', certificate)).not.toEqual([])
  })
})
