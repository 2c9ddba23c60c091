import { describe, expect, test } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import type { Behavior, EdgeFunction } from '#topology/model.ts'
import {
  alb,
  behavior,
  fixed,
  forward,
  gap,
  group,
  host,
  listener,
  missing,
  otherwise,
  rule,
  straying,
  strong,
  token,
} from './build.ts'
import { edge, gated, nobody, other, type Spec, said, sistersOf, to } from './sister-parts.ts'

describe('another distribution on the same targets', () => {
  test('B53: without a web ACL is weaker', () => {
    const lb = gated()
    const weak = to(lb, { webAcl: known(null) })
    expect(said(sistersOf([to(lb), weak]))).toEqual([
      ['distribution', weak.distribution.id, true, 'has no web ACL'],
    ])
  })

  test('behind another load balancer with the same targets is one too', () => {
    const weak = to(gated(), { webAcl: known(null) })
    expect(said(sistersOf([to(gated()), weak]))).toHaveLength(1)
  })

  test('with the same controls is as strict', () => {
    const lb = gated()
    expect(sistersOf([to(lb), to(lb)])).toEqual({ ...nobody, asStrict: 1 })
  })

  test('is stricter, which is no difference', () => {
    const lb = gated()
    expect(sistersOf([to(lb, { webAcl: known(null) }), to(lb)])).toEqual({ ...nobody, asStrict: 1 })
  })

  test('with another web ACL cannot be compared', () => {
    const lb = gated()
    expect(said(sistersOf([to(lb), to(lb, { webAcl: other })]))).toEqual([
      ['distribution', expect.any(String), 'unknown', 'has another web ACL, other, which cannot be compared'],
    ])
  })

  test.each([
    ['own', missing('GetWebACL'), known(null)],
    ["other's", edge, missing('GetWebACL')],
  ])('is not compared where the %s web ACL was not read, and says so', (_, own, its) => {
    const lb = gated()
    const sisters = sistersOf([to(lb, { webAcl: own }), to(lb, { webAcl: its })])
    expect(sisters).toMatchObject({ found: [], asStrict: 0, reasons: [{ kind: 'gap' }] })
  })

  test('is none where it is disabled', () => {
    const lb = gated()
    expect(sistersOf([to(lb), to(lb, { webAcl: known(null), enabled: false })])).toEqual(nobody)
  })

  test('is none where its requests carry no token and are refused', () => {
    const lb = gated()
    expect(sistersOf([to(lb), to(lb, { webAcl: known(null) }, [])])).toEqual(nobody)
  })

  test('is none where it serves other targets behind the same load balancer', () => {
    const lb = alb([
      listener([
        rule(1, [host('shop.example.com'), token(strong)], forward(group('shop'))),
        rule(2, [host('blog.example.com'), token(strong)], forward(group('blog'))),
        otherwise(fixed(403)),
      ]),
    ])
    const [shop, blog] = ['shop', 'blog'].map(name =>
      to(lb, { aliases: [`${name}.example.com`], ...(name === 'blog' && { webAcl: known(null) }) }),
    )
    expect(shop && blog && sistersOf([shop, blog])).toEqual(nobody)
  })

  test('whose targets were not read may be one', () => {
    const unread = alb([listener([], { rules: missing('DescribeRules') })])
    const { found, reasons } = sistersOf([to(gated()), to(unread, { webAcl: known(null) })])
    expect(found).toEqual([])
    expect(JSON.stringify(reasons)).toContain('may lead to the same targets, and has no web ACL')
  })

  test('is not ruled out where it is not known where this one leads', () => {
    const unread = alb([listener([], { rules: missing('DescribeRules') })])
    expect(sistersOf([to(unread), to(gated(), { webAcl: known(null) })]).reasons).not.toEqual([])
    expect(sistersOf([to(unread)])).toEqual(nobody)
  })

  test('is not known where distributions were not listed', () =>
    expect(sistersOf([to(gated())], { gaps: [gap('ListDistributions')] }).reasons).toEqual([
      { kind: 'gap', gap: gap('ListDistributions') },
    ]))

  test('is counted beyond twenty, the weaker ones first', () => {
    const lb = gated()
    const many = Array.from({ length: 25 }, (_, i) => to(lb, { webAcl: i === 24 ? known(null) : other }))
    const { found, more } = sistersOf([to(lb), ...many])
    expect([found.length, more, found[0]?.differences[0]?.text]).toEqual([20, 5, 'has no web ACL'])
  })
})

describe('countries', () => {
  const restricted = (kind: 'none' | 'allow' | 'deny', ...countries: readonly string[]): Spec => ({
    geoRestriction: known({ kind, countries }),
  })
  test.each([
    ['serves every country', restricted('allow', 'DE'), restricted('none'), true],
    ['serves another one', restricted('allow', 'DE'), restricted('allow', 'FR'), 'unknown'],
    ['serves fewer', restricted('allow', 'DE', 'FR'), restricted('allow', 'DE'), null],
    ['denies more', restricted('deny', 'DE'), restricted('deny', 'DE', 'FR'), null],
    ['denies fewer', restricted('deny', 'DE', 'FR'), restricted('deny', 'DE'), 'unknown'],
    ['serves one that is not denied', restricted('deny', 'DE'), restricted('allow', 'FR'), null],
    ['serves one that is denied', restricted('deny', 'DE'), restricted('allow', 'DE'), 'unknown'],
    ['denies where only some are served', restricted('allow', 'DE'), restricted('deny', 'FR'), 'unknown'],
    ['is restricted and this one is not', restricted('none'), restricted('allow', 'FR'), null],
  ])('a sister that %s', (_, own, its, weaker) => {
    const lb = gated()
    const { found } = sistersOf([to(lb, own), to(lb, its)])
    expect(found[0]?.differences[0]?.weaker ?? null).toBe(weaker)
  })

  test('that were not read are a gap', () => {
    const lb = gated()
    const { found, reasons } = sistersOf([
      to(lb, restricted('allow', 'DE')),
      to(lb, { geoRestriction: unobserved(gap('ListDistributions')) }),
    ])
    expect([found, reasons.length]).toEqual([[], 1])
  })
})

describe('signatures and functions by path', () => {
  const at = (pathPattern: string, more: Partial<Behavior> = {}): Behavior =>
    behavior({ pathPattern, isDefault: pathPattern === 'Default (*)', ...more })
  const signed = { signed: true }
  const fn: EdgeFunction = { ...straying('viewer-request'), originChange: known('never') }
  const checked = { functions: [fn] }

  test.each([
    ['has none anywhere', [at('/pay/*', signed), at('Default (*)')], [at('Default (*)')], '/pay/'],
    [
      'has the same',
      [at('/pay/*', signed), at('Default (*)')],
      [at('/pay/*', signed), at('Default (*)')],
      null,
    ],
    ['covers more', [at('/pay/*', signed), at('Default (*)')], [at('Default (*)', signed)], null],
    [
      'covers less',
      [at('/pay/*', signed), at('Default (*)')],
      [at('/pay/a*', signed), at('Default (*)')],
      '/pay/',
    ],
    [
      'covers it under a pattern without a slash',
      [at('/pay/*', signed), at('Default (*)')],
      [at('pay/*', signed), at('Default (*)')],
      null,
    ],
    [
      'lets a file type through before it',
      [at('/pay/*', signed), at('Default (*)')],
      [at('*.jpg'), at('/pay/*', signed), at('Default (*)')],
      '/pay/',
    ],
    [
      'differs by letter case, which CloudFront tells apart',
      [at('/pay/*', signed), at('Default (*)')],
      [at('/PAY/*', signed), at('Default (*)')],
      '/pay/',
    ],
    ['asks where nobody else does', [at('Default (*)')], [at('Default (*)', signed)], null],
  ])('a sister that %s', (_, own, its, path) => {
    const lb = gated()
    const { found } = sistersOf([to(lb, { uses: own }), to(lb, { uses: its })])
    const difference = found[0]?.differences[0]
    if (path === null) expect(difference).toBeUndefined()
    else {
      expect(difference).toMatchObject({ control: 'signature', weaker: true })
      expect(difference?.text).toContain(`asks for no signature on ${path}`)
    }
  })

  test("a sister that runs no function on viewers' requests is weaker, whatever the function does", () => {
    const lb = gated()
    const links = [to(lb, { uses: [at('Default (*)', checked)] }), to(lb, { uses: [at('Default (*)')] })]
    expect(said(sistersOf(links))).toMatchObject([
      ['distribution', expect.any(String), true, "runs no function on viewers' requests for /"],
    ])
  })

  test('an origin that only a function may choose is a way as well', () => {
    const lb = gated()
    const idle = { ...to(lb, { webAcl: known(null) }), behaviors: [] }
    expect(sistersOf([to(lb), idle])).toEqual(nobody)
    const choosing = at('Default (*)', {
      target: 'else',
      functions: [{ ...fn, originChange: known('declared') }],
    })
    const chosen = { ...idle, distribution: { ...idle.distribution, behaviors: [choosing] } }
    expect(said(sistersOf([to(lb), chosen]))).toHaveLength(1)
  })
})
