import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { checkCertificate } from '#prove/check.ts'
import type { Certificate } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import type { LoadBalancer, Rule } from '#topology/model.ts'
import {
  aclRule,
  admit,
  alb,
  cloudFront4,
  fixed,
  forward,
  gap,
  group,
  host,
  linkTo,
  listener,
  login,
  missing,
  notStatement,
  otherwise,
  path,
  redirect,
  rule,
  seal,
  secretHeader,
  sent,
  strong,
  token,
  topologyOf,
  webAcl,
} from './build.ts'

const headers = [{ name: 'X-Token', value: sent(strong, [[strong, seal(strong)]]) }]
const world = (lb: LoadBalancer, ...extra: readonly LoadBalancer[]) => {
  const link = linkTo(lb, { headers })
  return { link, topology: topologyOf([link], {}, ...extra) }
}
const certificateOf = (lb: LoadBalancer): Certificate => {
  const exposure = proveLinks(world(lb).topology)[0]?.internet
  if (!exposure?.certificate) throw new Error(`not closed: ${JSON.stringify(exposure)}`)
  return exposure.certificate
}
/** What the checker says of the certificate of one load balancer when it is held against another. */
const against = (certificate: Certificate, lb: LoadBalancer, ...extra: readonly LoadBalancer[]) => {
  const { link, topology } = world(lb, ...extra)
  return checkCertificate(topology, link, 'internet', certificate)
}

const gate = rule(5, [token(strong)], forward())
const deny = rule(8, [path('*')], fixed(403))
const blog = rule(9, [host('blog.example.net')], forward(group('blog')))
const last = otherwise(fixed(403))
const https = listener([gate, blog, last])
const http = listener([otherwise(redirect())], { port: 80, protocol: 'HTTP' })
const locked = alb([https, http])
const certificate = certificateOf(locked)

const withRules = (...rules: readonly Rule[]): LoadBalancer => ({
  ...locked,
  listeners: known([{ ...https, rules: known(rules) }, http]),
})

describe('a certificate', () => {
  test('checks against the world it was made for', () => {
    expect(against(certificate, locked)).toEqual([])
  })
  const edits: readonly (readonly [string, LoadBalancer, ...LoadBalancer[]])[] = [
    ['the default action forwards', withRules(gate, blog, { ...last, actions: [forward()] })],
    [
      'the gate accepts a weak value too',
      withRules({ ...gate, conditions: [token(strong, 'changeme')] }, blog, last),
    ],
    [
      'the gate asks for a host instead',
      withRules({ ...gate, conditions: [host('a.example.com')] }, blog, last),
    ],
    ['a rule is added', withRules(gate, blog, rule(7, [path('/health')], forward()), last)],
    [
      'other targets become the same',
      withRules(gate, { ...blog, actions: [forward(group('x', known(['i-app:80'])))] }, last),
    ],
    [
      'a listener is added',
      { ...locked, listeners: known([https, http, listener([otherwise(forward())], { port: 8080 })]) },
    ],
    [
      'the redirect becomes a forward',
      { ...locked, listeners: known([https, { ...http, rules: known([otherwise(forward())]) }]) },
    ],
    [
      'IPv6 is switched on and admitted',
      {
        ...locked,
        ipAddressType: 'dualstack',
        ingress: known([admit('0.0.0.0/0', 0, 65_535), admit('::/0', 0, 65_535)]),
      },
    ],
    [
      'rules are no longer known',
      { ...locked, listeners: known([{ ...https, rules: missing('DescribeRules') }, http]) },
    ],
    ['listeners are no longer known', { ...locked, listeners: missing('DescribeListeners') }],
    [
      'targets are no longer known',
      withRules(gate, { ...blog, actions: [forward(group('blog', missing('DescribeTargetHealth')))] }, last),
    ],
    ['a second load balancer leads to the targets', locked, alb([listener([otherwise(forward())])])],
    ['a second load balancer is not known', locked, alb([], { listeners: missing('DescribeListeners') })],
  ]
  for (const [what, lb, ...extra] of edits)
    test(`is rejected once ${what}`, () => {
      expect(against(certificate, lb, ...extra)).not.toEqual([])
    })
  test('is rejected while ways of the name were not followed', () => {
    const link = linkTo(locked, { headers, gaps: [gap('Resolve')] })
    expect(checkCertificate(topologyOf([link]), link, 'internet', certificate)).not.toEqual([])
  })
  test('is rejected when an obligation is taken out, or says another kind', () => {
    for (let i = 0; i < certificate.obligations.length; i++) {
      const less = certificate.obligations.toSpliced(i, 1)
      expect(against({ ...certificate, obligations: less }, locked)).not.toEqual([])
    }
    const wrong = certificate.obligations.map(o => ({ ...o, kind: 'AUTH' as const }))
    expect(against({ ...certificate, obligations: wrong }, locked)).not.toEqual([])
  })
})

describe('obligations fall with what they rest on', () => {
  const open = listener([otherwise(forward())])
  const falls = (before: LoadBalancer, after: LoadBalancer): void => {
    const made = certificateOf(before)
    expect(against(made, before)).toEqual([])
    expect(against(made, after)).not.toEqual([])
  }
  test('NET_UNREACHABLE with a security group rule', () => {
    const shut = alb([open], { ingress: known([admit(cloudFront4)]) })
    falls(shut, { ...shut, ingress: known([admit(cloudFront4), admit('198.51.100.1/32')]) })
    falls(shut, { ...shut, ingress: missing('DescribeSecurityGroupRules') })
  })
  test('SHADOWED_BY with the order of the rules', () => {
    const rules = [gate, deny, otherwise(forward())]
    const lb = alb([listener(rules)])
    const [only] = lb.listeners.known ? lb.listeners.value : []
    if (only === undefined) throw new Error('no listener')
    const narrowed = [gate, { ...deny, conditions: [path('/*')] }, ...rules.slice(2)]
    falls(lb, { ...lb, listeners: known([{ ...only, rules: known(narrowed) }]) })
  })
  test('MTLS with the mode of the listener', () => {
    const verified = listener([otherwise(forward())], { mutualTls: 'verify' })
    const lb = alb([verified])
    falls(lb, { ...lb, listeners: known([{ ...verified, mutualTls: 'passthrough' }]) })
  })
  test('WAF_BLOCKS with the web ACL, its order and its attributes', () => {
    const block = aclRule('gate', 'block', notStatement(secretHeader(strong)))
    const lb = alb([open], { webAcl: known(webAcl('allow', [block])) })
    falls(lb, { ...lb, webAcl: known(null) })
    falls(lb, { ...lb, webAcl: known(webAcl('allow', [{ ...block, action: 'count' }])) })
    falls(lb, {
      ...lb,
      webAcl: known(webAcl('allow', [aclRule('in', 'allow', { GeoMatchStatement: {} }), block])),
    })
    falls(lb, { ...lb, attributes: known({ 'waf.fail_open.enabled': 'true' }) })
  })
  test('AUTH with what the login lets pass', () => {
    const guarded = otherwise(login('deny'), forward())
    const lb = alb([listener([guarded])])
    const [only] = lb.listeners.known ? lb.listeners.value : []
    if (only === undefined) throw new Error('no listener')
    falls(lb, {
      ...lb,
      listeners: known([{ ...only, rules: known([{ ...guarded, actions: [login('allow'), forward()] }]) }]),
    })
  })
})

describe('a witness', () => {
  const lb = alb([listener([otherwise(forward())])])
  const { link, topology } = world(lb)
  const witness = proveLinks(topology)[0]?.internet.witness
  test('replays, and stops where something is put in its way', () => {
    if (!witness) throw new Error('no witness')
    expect(replayWitness(topology, link, witness)).toEqual({ end: 'backend' })
    expect(replayWitness(topology, link, { ...witness, port: 444 }).end).toBe('stopped')
    expect(replayWitness(topology, link, { ...witness, source: '10.0.0.1' }).end).toBe('stopped')
    expect(replayWitness(topology, link, { ...witness, method: 'TRACE' }).end).toBe('stopped')
    expect(replayWitness(topology, link, { ...witness, connect: 'elsewhere.example.com' }).end).toBe(
      'stopped',
    )
    const shut = { ...lb, listeners: known([listener([otherwise(fixed(403))])]) }
    const after = world(shut)
    expect(replayWitness(after.topology, after.link, witness).end).toBe('stopped')
  })
})
