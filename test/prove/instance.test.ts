import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { Link, TargetHost } from '#topology/model.ts'
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
  strong,
  token,
  topologyOf,
} from './build.ts'
import { proved } from './claims.ts'
import { whyUnknown } from './sound.ts'
import { accelerator, all, endpoint, host, hosted } from './ways.ts'

const instanceLink = (
  hosts: Extract<Link['target'], { kind: 'instance' }>['hosts'],
  policy = 'http-only',
): Link => {
  const base = linkTo(alb([]), { protocolPolicy: policy })
  const target: Link['target'] = {
    kind: 'instance',
    ref: host().ref,
    addresses: ['203.0.113.20'],
    names: ['origin.example.com'],
    ...(hosts && { hosts }),
  }
  return { ...base, origin: { ...base.origin, kind: 'ec2' }, target }
}
const exposed = (
  link: Link,
  more: Parameters<typeof topologyOf>[1] = {},
  ...extra: Parameters<typeof alb>[0][]
) => {
  const [exposure] = proved(topologyOf([link], more, ...extra.map(listeners => alb(listeners))))
  if (exposure === undefined) throw new Error('no link')
  return exposure
}
const of = (more: Partial<TargetHost> = {}, policy?: string) =>
  exposed(instanceLink(known([host(more)]), policy))

describe('B51: an origin that is an instance', () => {
  test('is open where its groups admit everybody at the port of the origin', () => {
    const { internet, tenant } = of()
    expect(internet.witness).toMatchObject({ connect: '203.0.113.20', port: 80, scheme: 'http' })
    expect(tenant.verdict).toBe('open')
    expect(of({ ingress: known([admit('0.0.0.0/0', 443)]) }, 'https-only').internet.witness?.scheme).toBe(
      'https',
    )
  })
  test("is closed to the internet by CloudFront's list, and open to its other customers", () => {
    const { internet, tenant } = of({ ingress: known([admit(cloudFront4, 80)]) })
    expect([internet.verdict, tenant.verdict]).toEqual(['closed', 'open'])
  })
  test('is closed where another port is open, and judged from inside where it has no public address', () => {
    expect(of({ ingress: known([admit('0.0.0.0/0', 443)]) }).internet.verdict).toBe('closed')
    const within = of({ publicAddresses: [], ingress: known([admit('10.0.0.0/8', 80)]) })
    expect([within.internet.verdict, within.tenant.verdict, within.inside?.verdict]).toEqual([
      'closed',
      'closed',
      'open',
    ])
    expect(of().inside).toBeNull()
  })
  test('is unknown while its interfaces were not read', () => {
    expect(exposed(instanceLink(undefined)).internet.verdict).toBe('unknown')
    expect(
      whyUnknown(exposed(instanceLink({ known: false, gaps: [gap('DescribeInstances')] })).internet),
    ).toEqual(['gap'])
    expect(exposed(instanceLink({ known: false, gaps: [] })).internet.verdict).toBe('unknown')
    expect(exposed(instanceLink(known([]))).internet.verdict).toBe('unknown')
  })
  test('B42: is reached by a load balancer on the same port, unless that one asks for a secret', () => {
    const shut = host({ ingress: known([admit({ group: 'sg-lb' }, 80)]) })
    const link = instanceLink(known([shut]))
    const same = hosted(known([shut]))
    expect(exposed(link, {}, [listener([otherwise(forward(same))])]).internet.verdict).toBe('open')
    const gated = [rule(1, [token(strong)], forward(same)), otherwise(fixed(403))]
    expect(seal(strong).bits).toBeGreaterThan(100)
    expect(exposed(link, {}, [listener(gated)]).internet.verdict).toBe('closed')
    expect(exposed(link).internet.verdict).toBe('closed')
  })
  test('B45: is reached by an accelerator', () => {
    const within = host({ publicAddresses: [] })
    const accelerators = all(accelerator(known([endpoint('i-app')]), { ports: [80] }))
    expect(exposed(instanceLink(known([within])), { accelerators }).internet.verdict).toBe('open')
    const two = [within, host({ ids: ['i-app', '10.0.1.5'], publicAddresses: [] })]
    expect(exposed(instanceLink(known(two)), { accelerators }).internet.verdict).toBe('unknown')
  })
})
