import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { globTokens, matchesGlob } from '#base/glob.ts'
import { known } from '#base/known.ts'
import { someText } from '#prove/check/text.ts'
import { checkCertificate } from '#prove/check.ts'
import type { Certificate, Exposure } from '#prove/exposure.ts'
import type { Rule } from '#topology/model.ts'
import {
  alb,
  fixed,
  forward,
  group,
  header,
  headerRegex,
  host,
  linkTo,
  listener,
  login,
  method,
  otherwise,
  path,
  pathRegex,
  query,
  redirect,
  rule,
  seal,
  sourceIp,
  strong,
  topologyOf,
} from './build.ts'
import { proved, whyUnknown } from './sound.ts'

/** CloudFront reaches the targets over another listener, so that the rules under test are a way around. */
const world = (rules: readonly Rule[]) => {
  const lb = alb([listener([otherwise(forward())], { mutualTls: 'verify' }), listener(rules, { port: 8443 })])
  const link = linkTo(lb)
  return { link, topology: topologyOf([link]) }
}
const internetOf = (...rules: readonly Rule[]): Exposure => {
  const [exposure] = proved(world(rules).topology)
  if (exposure === undefined) throw new Error('no link')
  return exposure.internet
}
const shadows = ({ certificate }: Exposure): readonly (readonly string[])[] =>
  (certificate?.obligations ?? [])
    .filter(o => o.kind === 'SHADOWED_BY' && o.family === 4)
    .map(o => o.earlier ?? [])

describe('rules that together take everything', () => {
  test('two halves of the addresses', () => {
    const [low, high] = [
      rule(1, [sourceIp('0.0.0.0/1')], fixed()),
      rule(2, [sourceIp('128.0.0.0/1')], fixed()),
    ]
    const exposure = internetOf(low, high, otherwise(forward()))
    expect(exposure.verdict).toBe('closed')
    expect(shadows(exposure)).toEqual([[low.ref.arn, high.ref.arn]])
  })
  test('one half leaves the other', () => {
    expect(internetOf(rule(1, [sourceIp('0.0.0.0/1')], fixed()), otherwise(forward())).verdict).toBe('open')
  })
  test('paths by their first letter, where the rule behind asks for one of them', () => {
    const denies = [rule(1, [path('/a/x*')], fixed()), rule(2, [path('/a/y*')], redirect())]
    const behind = (glob: string) =>
      internetOf(...denies, rule(3, [path(glob)], forward()), otherwise(fixed()))
    expect(behind('/a/?').verdict).toBe('open')
    const both = rule(3, [path('/a/x?', '/a/yy')], forward())
    expect(internetOf(...denies, both, otherwise(fixed())).verdict).toBe('closed')
  })
  test('a path with either of two methods, where the rule behind asks for both', () => {
    const denies = [
      rule(1, [path('/a*'), method('GET')], fixed()),
      rule(2, [path('/a*'), method('POST')], fixed()),
    ]
    const behind = (...m: string[]) =>
      internetOf(...denies, rule(3, [path('/abc'), method(...m)], forward()), otherwise(fixed()))
    expect(behind('GET', 'POST').verdict).toBe('closed')
    expect(behind('GET', 'POST', 'PUT').verdict).toBe('open')
  })
  test('three rules in a ring, none of which takes what two take', () => {
    const denies = [
      rule(1, [path('/a*'), sourceIp('0.0.0.0/1')], fixed()),
      rule(2, [path('/*b'), sourceIp('128.0.0.0/1')], fixed()),
      rule(3, [path('/a*b'), header('X-A', '*')], fixed()),
    ]
    const last = rule(4, [path('/a?b'), header('X-A', 'x')], forward())
    const exposure = internetOf(...denies, last, otherwise(fixed()))
    expect(exposure.verdict).toBe('closed')
    expect(shadows(exposure)).toEqual([[denies[2]?.ref.arn]])
    expect(internetOf(...denies.slice(0, 2), last, otherwise(fixed())).verdict).toBe('closed')
  })
  test('what needs no secret, while the rest needs one', () => {
    const weak = rule(1, [header('X-Token', 'changeme')], fixed())
    const gate = rule(2, [header('X-Token', seal(strong), 'changeme')], forward())
    expect(internetOf(weak, gate, otherwise(fixed())).verdict).toBe('closed')
    expect(internetOf(gate, otherwise(fixed())).verdict).toBe('guessable')
  })
  test('both of two weak sealed values, each by its own', () => {
    const [one, two] = [seal('alpha'), seal('beta')]
    const denies = [rule(1, [header('X-T', one)], fixed()), rule(2, [header('X-T', two)], fixed())]
    const gate = rule(3, [header('X-T', one, two)], forward())
    expect(internetOf(...denies, gate, otherwise(fixed())).verdict).toBe('closed')
  })
  test('a pair of the query, by key and by value', () => {
    const denies = [rule(1, [query(['k', 'a*'])], fixed()), rule(2, [query([null, 'b'])], fixed())]
    const behind = (...values: string[]) =>
      internetOf(
        ...denies,
        rule(3, [query(...values.map(v => ['k', v] as const))], forward()),
        otherwise(fixed()),
      )
    expect(behind('ab', 'b').verdict).toBe('closed')
    expect(behind('ab', 'c').verdict).toBe('guessable')
  })
  test('a login behind them asks nobody', () => {
    const all = rule(1, [path('*')], fixed())
    const halves = [rule(1, [sourceIp('0.0.0.0/1')], fixed()), rule(2, [sourceIp('128.0.0.0/1')], fixed())]
    expect(internetOf(all, otherwise(login('deny'), forward())).verdict).toBe('closed')
    expect(internetOf(...halves, otherwise(login('deny'), forward())).verdict).toBe('closed')
  })
  test('a rule whose own conditions exclude each other takes nothing', () => {
    const exposure = internetOf(rule(1, [method('TRACE')], forward()), otherwise(fixed()))
    expect(exposure.verdict).toBe('closed')
    expect(shadows(exposure)).toEqual([[]])
  })
  test('forwards to other targets take requests too', () => {
    const halves = [
      rule(1, [sourceIp('0.0.0.0/1')], forward(group('other'))),
      rule(2, [sourceIp('128.0.0.0/1')], fixed()),
    ]
    expect(internetOf(...halves, otherwise(forward())).verdict).toBe('closed')
  })
})

describe('what is not documented is no cover', () => {
  const left = (...denies: readonly Rule[]) => whyUnknown(internetOf(...denies, otherwise(forward())))
  test('every host name, since a request may have none (U-06)', () => {
    expect(left(rule(1, [host('*')], fixed()))).toEqual(['U-06'])
    expect(left(rule(1, [host('*.*')], fixed()), rule(2, [host('*')], fixed()))).toEqual(['U-06'])
  })
  test('every path with a slash, since a target may have none (U-06)', () => {
    expect(left(rule(1, [path('/*')], fixed()))).toEqual(['U-06'])
  })
  test('every plain path, since others may be compared as they are (U-04)', () => {
    const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~$&+@:!(),='"]
    const denies = letters.map((c, i) => rule(i + 1, [path(`/${c}`)], fixed()))
    const exposure = internetOf(...denies, rule(99, [path('/?')], forward()), otherwise(fixed()))
    expect(exposure.verdict).not.toBe('closed')
  })
  test('every method that has a name', () => {
    const exposure = internetOf(rule(1, [method('GET', 'POST')], fixed()), otherwise(forward()))
    expect(exposure.verdict).toBe('open')
  })
  test('an expression, but for the same expression (U-01)', () => {
    const regex = '^/api/v[0-9]+$'
    const behind = rule(2, [pathRegex(regex)], forward())
    expect(internetOf(rule(1, [pathRegex(regex)], fixed()), behind, otherwise(fixed())).verdict).toBe(
      'closed',
    )
    expect(whyUnknown(internetOf(rule(1, [path('/api/*')], fixed()), behind, otherwise(fixed())))).toContain(
      'U-01',
    )
  })
  test('a header that the load balancer writes is no secret, and covers its equal (U-24)', () => {
    const own = (text: string) => header('X-Forwarded-For', text)
    expect(whyUnknown(internetOf(rule(1, [own('1.2.*')], forward()), otherwise(fixed())))).toEqual(['U-24'])
    expect(
      internetOf(
        rule(1, [own('1.2.*'), sourceIp('0.0.0.0/1')], fixed()),
        rule(2, [own('1.2.*'), sourceIp('128.0.0.0/1')], fixed()),
        rule(3, [own('1.2.3.4')], forward()),
        otherwise(fixed()),
      ).verdict,
    ).toBe('closed')
  })
  test('sealed values of which nobody knows whether they overlap', () => {
    const denied = rule(1, [header('X-T', seal('pre-*'))], fixed())
    const behind = rule(2, [header('X-T', seal('pre-9'))], forward())
    expect(internetOf(denied, behind, otherwise(fixed())).verdict).toBe('unknown')
    expect(
      internetOf(
        rule(1, [headerRegex('X-T', seal('a|b', 'alb-regex', { bits: 0 }))], fixed()),
        rule(2, [header('X-T', 'a')], forward()),
        otherwise(fixed()),
      ).verdict,
    ).toBe('unknown')
  })
  test('every question says how to settle it', () => {
    const { reasons } = internetOf(rule(1, [path('/*')], fixed()), otherwise(forward()))
    expect(reasons).toMatchObject([{ id: 'U-06', experiment: expect.stringContaining('HTTP/1.0') }])
  })
})

describe('a certificate of several rules', () => {
  const rules = [
    rule(1, [path('/a*'), sourceIp('0.0.0.0/1')], fixed()),
    rule(2, [path('/*'), sourceIp('128.0.0.0/1')], fixed()),
    rule(3, [path('/ab')], forward()),
    otherwise(fixed()),
  ] as const
  const { link, topology } = world(rules)
  const certificate = proved(topology)[0]?.internet.certificate
  if (!certificate) throw new Error('not closed')
  const against = (changed: readonly Rule[], made: Certificate = certificate) => {
    const [lb] = topology.loadBalancers
    const [served, other] = lb?.listeners.known ? lb.listeners.value : []
    if (lb === undefined || served === undefined || other === undefined) throw new Error('no listeners')
    const after = { ...lb, listeners: known([served, { ...other, rules: known(changed) }]) }
    const target = { ...link.target, loadBalancer: after }
    const there = { ...link, target } as typeof link
    return checkCertificate({ ...topology, links: [there], loadBalancers: [after] }, there, 'internet', made)
  }
  const [one, two, gate, last] = rules
  test('checks against its own rules', () => {
    expect(against(rules)).toEqual([])
  })
  test.each([
    ['a piece is missing', [one, gate, last]],
    ['a piece is smaller', [{ ...one, conditions: [path('/aa*'), sourceIp('0.0.0.0/1')] }, two, gate, last]],
    [
      'a piece has a further condition',
      [{ ...one, conditions: [...one.conditions, method('GET')] }, two, gate, last],
    ],
    ['a piece comes later', [{ ...one, priority: 4 }, two, gate, last]],
    ['the gate takes more', [one, two, { ...gate, conditions: [path('/ab', '/b')] }, last]],
  ] as const)('falls once %s', (_, changed) => {
    expect(against(changed)).not.toEqual([])
  })
  test('falls where it names too few rules', () => {
    const less = certificate.obligations.map(o => ({
      ...o,
      ...(o.earlier && { earlier: o.earlier.slice(1) }),
    }))
    expect(against(rules, { ...certificate, obligations: less })).not.toEqual([])
  })
})

test("the checker's own question has the answer that trying every text has", () => {
  const glob = fc
    .array(fc.constantFrom('a', 'b', '*', '?'), { minLength: 1, maxLength: 4 })
    .map(l => l.join(''))
  const some = fc.array(glob, { minLength: 1, maxLength: 2 })
  const texts = ['']
  for (let at = 0; texts[at] !== undefined && (texts[at]?.length ?? 0) < 6; at++)
    for (const c of 'abx') texts.push(texts[at] + c)
  fc.assert(
    fc.property(fc.array(some, { maxLength: 2 }), fc.array(glob, { maxLength: 4 }), (wanted, unwanted) => {
      const tried = texts.some(
        t =>
          wanted.every(list => list.some(g => matchesGlob(g, t))) && !unwanted.some(g => matchesGlob(g, t)),
      )
      const said = someText(
        [[globTokens('*')], ...wanted.map(list => list.map(g => globTokens(g)))],
        unwanted.map(g => globTokens(g)),
      )
      // Longer texts than were tried may be there as well.
      if (tried) expect(said).toBe(true)
      if (said === false) expect(tried).toBe(false)
    }),
  )
})
