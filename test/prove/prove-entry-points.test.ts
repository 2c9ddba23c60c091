import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import {
  admit,
  alb,
  cloudFront4,
  cloudFront6,
  forward,
  gap,
  group,
  linkTo,
  listener,
  missing,
  otherwise,
  topologyOf,
} from './build.ts'
import { gated, sends } from './prove-parts.ts'
import { exposed, proved, verdicts, whyUnknown } from './sound.ts'

describe('entry points', () => {
  test('B42: a second load balancer on the same targets', () => {
    const old = alb([listener([otherwise(forward(group('old', known(['i-app:80']))))])])
    const { internet } = exposed(alb([listener(gated())]), { headers: sends(), extra: [old] })
    expect(internet.witness?.connect).toBe(old.dnsName)
  })
  test('B42: a classic load balancer on the same instances', () => {
    const old = alb(
      [listener([otherwise(forward(group('classic', known(['i-app:80']))))], { protocol: 'TCP', port: 80 })],
      {
        kind: 'classic',
        attributes: missing('DescribeLoadBalancerAttributes'),
      },
    )
    const { internet } = exposed(alb([listener(gated())]), { headers: sends(), extra: [old] })
    expect(internet.witness).toMatchObject({ connect: old.dnsName, scheme: 'http' })
  })
  test('a second load balancer on other targets does not matter', () => {
    const other = alb([listener([otherwise(forward(group('elsewhere')))])])
    expect(exposed(alb([listener(gated())]), { headers: sends(), extra: [other] }).internet.verdict).toBe(
      'closed',
    )
  })
  test('a load balancer of which too little was read may lead to the targets', () => {
    const unread = alb([], { listeners: missing('DescribeListeners') })
    const { internet } = exposed(alb([listener(gated())]), { headers: sends(), extra: [unread] })
    expect(whyUnknown(internet)).toEqual(['gap'])
    const shut = alb([], { listeners: missing('DescribeListeners'), ingress: known([admit(cloudFront4)]) })
    expect(exposed(alb([listener(gated())]), { headers: sends(), extra: [shut] }).internet.verdict).toBe(
      'closed',
    )
  })
  test('a further load balancer of the same name is judged too', () => {
    const other = alb([listener([otherwise(forward())])])
    const { internet } = exposed(alb([listener(gated())]), { headers: sends(), others: [other] })
    expect(internet.witness?.connect).toBe(other.dnsName)
  })
  test('ways of the name that were not followed keep the link from being closed', () => {
    const { internet } = exposed(alb([listener(gated())]), { headers: sends(), gaps: [gap('Resolve')] })
    expect(whyUnknown(internet)).toEqual(['gap'])
  })
  const front = (to: ReturnType<typeof alb>, port = 443) => {
    const leading = { ...group('front', known([`${to.ref.arn}:${port}`])), targetType: 'alb' }
    return alb([listener([otherwise(forward(leading))], { protocol: 'TCP' })], {
      kind: 'network',
      securityGroupIds: [],
    })
  }
  test('vector 34 and B43: a network load balancer in front leads to the rules behind it', () => {
    const inner = alb([listener([otherwise(forward())])], {
      scheme: 'internal',
      ingress: known([admit('0.0.0.0/0')]),
    })
    const nlb = front(inner)
    const { internet } = exposed(inner, { extra: [nlb] })
    expect(internet.witness).toMatchObject({ connect: nlb.dnsName, scheme: 'https', port: 443 })
  })
  test('B43: whose group must admit the client where its address is kept', () => {
    const inner = (cidr: string) =>
      alb([listener([otherwise(forward())])], { scheme: 'internal', ingress: known([admit(cidr)]) })
    const vpcOnly = inner('10.0.0.0/8')
    expect(exposed(vpcOnly, { extra: [front(vpcOnly)] }).internet.verdict).toBe('closed')
    const nobody = alb([listener([otherwise(forward())])], { scheme: 'internal', ingress: known([]) })
    expect(exposed(nobody, { extra: [front(nobody)] }).internet.verdict).toBe('closed')
  })
  test('an origin that is a network load balancer is decided by the network', () => {
    const nlb = (ingress: ReturnType<typeof admit>[]) =>
      alb([listener([otherwise(forward())], { protocol: 'TLS' })], {
        kind: 'network',
        ingress: known(ingress),
      })
    expect(verdicts(exposed(nlb([admit('0.0.0.0/0')])))).toEqual(['open', 'open'])
    expect(verdicts(exposed(nlb([admit(cloudFront4)])))).toEqual(['closed', 'open'])
  })
  test('an origin that is no load balancer is unknown, with the reason', () => {
    const base = linkTo(alb([]))
    for (const target of [
      { kind: 'service', names: [] },
      { kind: 'external', names: [], addresses: [] },
      { kind: 'dangling', names: [], reason: 'no such name' },
      { kind: 'unknown', names: [], gaps: [gap('Resolve')] },
    ] as const) {
      const [exposure] = proved(topologyOf([{ ...base, target }]))
      expect(exposure?.internet.verdict).toBe('unknown')
    }
  })
})

describe('both prefix lists', () => {
  test('close both families to the internet', () => {
    const lb = alb([listener([otherwise(forward())])], {
      ipAddressType: 'dualstack',
      ingress: known([admit(cloudFront4), admit(cloudFront6)]),
    })
    expect(verdicts(exposed(lb))).toEqual(['closed', 'open'])
  })
})
