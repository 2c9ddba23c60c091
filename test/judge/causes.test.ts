import { describe, expect, it } from 'vitest'
import type { Finding, ScanResult } from '#findings/result.ts'
import {
  admit,
  aLoadBalancer,
  aWorld,
  forward,
  gated,
  glob,
  headerIs,
  type LinkSpec,
  type LoadBalancerSpec,
  lost,
  rule,
  toLoadBalancer,
} from './build.ts'
import { judgeWorld } from './bundled.ts'

const everyone = [admit('0.0.0.0/0')]
const gate = rule(10, [headerIs(glob('t'))], forward())
const defaultForwards = { rules: [gate], otherwise: forward() }

const judged = (link: LinkSpec, balancer: LoadBalancerSpec = {}): ScanResult =>
  judgeWorld(aWorld([{ target: toLoadBalancer(aLoadBalancer(balancer)), ...link }]))

const find = (result: ScanResult, rule: string, link?: string): Finding | undefined =>
  result.findings.find(f => f.rule === rule && (link === undefined || f.links.includes(link)))

const violatedOnTop = ({ findings }: ScanResult): readonly string[] =>
  findings.filter(f => f.outcome === 'violated' && f.partOf === null).map(f => f.rule)

const causesOf = (result: ScanResult, rule: string): readonly (string | undefined)[] =>
  (find(result, rule)?.causes ?? []).map(c => result.findings.find(f => f.fingerprint === c)?.rule)

describe('one finding says what is wrong with a link', () => {
  it('a default action that forwards behind an open security group is one finding with its causes', () => {
    const result = judged({ verdict: 'open' }, { listeners: [defaultForwards], ingress: everyone })
    expect(violatedOnTop(result)).toEqual(['origin-closed-to-internet'])
    expect(causesOf(result, 'origin-closed-to-internet')).toEqual([
      'alb-default-action-denies',
      'origin-security-group-cloudfront-only',
      'origin-closed-to-tenants',
    ])
    expect(find(result, 'origin-closed-to-tenants')?.partOf).toBe(
      find(result, 'origin-closed-to-internet')?.fingerprint,
    )
  })

  it('where only tenants get in, that finding is on top, and an open security group is none of its causes', () => {
    const result = judged(
      { verdict: ['closed', 'open'] },
      { listeners: [defaultForwards], ingress: everyone },
    )
    expect(violatedOnTop(result)).toEqual([
      'origin-closed-to-tenants',
      'origin-security-group-cloudfront-only',
    ])
    expect(causesOf(result, 'origin-closed-to-tenants')).toEqual(['alb-default-action-denies'])
  })

  it('without a header the steps come in the order that never breaks the site', () => {
    const result = judged(
      { verdict: 'open', origin: { headers: [] } },
      { listeners: [{ otherwise: forward() }], ingress: everyone },
    )
    expect(causesOf(result, 'origin-closed-to-internet').slice(0, 2)).toEqual([
      'origin-header-sent',
      'alb-default-action-denies',
    ])
  })

  it('a weak token is a cause where it is what stands in the way, and not where nothing does', () => {
    const weak = { listeners: [gated(glob('t', { bits: 10, exactBits: 10 }))], ingress: everyone }
    expect(causesOf(judged({ verdict: 'guessable' }, weak), 'origin-closed-to-internet')).toContain(
      'token-strong',
    )
    const open = judged({ verdict: 'open' }, weak)
    expect(causesOf(open, 'origin-closed-to-internet')).not.toContain('token-strong')
    expect(violatedOnTop(open)).toContain('token-strong')
  })

  it('what is wrong with a link that is closed stands for itself', () => {
    const result = judged({}, { ingress: everyone })
    expect(violatedOnTop(result)).toEqual(['origin-security-group-cloudfront-only'])
  })

  it('what is no cause of the way in stands beside it', () => {
    const result = judged(
      { verdict: 'open', origin: { protocolPolicy: 'http-only' } },
      { listeners: [defaultForwards] },
    )
    expect(violatedOnTop(result)).toContain('origin-link-encrypted')
  })

  it('the gate of a rotated token is told as an outage, not as a leftover', () => {
    const result = judged({}, { listeners: [gated('next')] })
    expect(violatedOnTop(result)).toEqual(['origin-header-accepted'])
  })

  it('a lock in the web ACL gives no advice about listener rules', () => {
    const result = judged({}, { listeners: [{ otherwise: forward() }] })
    expect(violatedOnTop(result)).toEqual([])
  })
})

describe('a probe that confirms', () => {
  it('is evidence inside the finding of the link', () => {
    const result = judged({ verdict: 'open', probe: 'confirmed' }, { listeners: [defaultForwards] })
    const top = find(result, 'origin-closed-to-internet')
    expect(violatedOnTop(result)).toEqual(['origin-closed-to-internet'])
    expect(find(result, 'origin-refuses-direct-requests')?.partOf).toBe(top?.fingerprint)
    expect(top?.evidence.map(e => e.exchange)).toContain('E1EXAMPLE/origin#1')
  })

  it('speaks for the link where the proof said that it is closed', () => {
    const result = judged({ probe: 'confirmed' }, { ingress: everyone })
    expect(violatedOnTop(result)).toEqual(['origin-refuses-direct-requests'])
    expect(causesOf(result, 'origin-refuses-direct-requests')).toEqual([
      'origin-security-group-cloudfront-only',
    ])
  })

  it('outranks a finding about tenants only', () => {
    const result = judged(
      { verdict: ['closed', 'open'], probe: 'confirmed' },
      { listeners: [defaultForwards] },
    )
    expect(violatedOnTop(result)).toEqual(['origin-refuses-direct-requests'])
    expect(find(result, 'origin-closed-to-tenants')?.partOf).not.toBe(null)
  })
})

describe('a load balancer that several links share', () => {
  const shared = toLoadBalancer(aLoadBalancer({ listeners: [defaultForwards] }))
  const specs: readonly LinkSpec[] = [
    { id: 'E3THIRD', target: shared, verdict: 'open' },
    { id: 'E1FIRST', target: shared, verdict: 'open' },
    { id: 'E2CLOSED', target: shared },
  ]

  it('gives one cause, listed by every open link and part of the first of them', () => {
    const result = judgeWorld(aWorld(specs))
    const cause = find(result, 'alb-default-action-denies')
    const tops = ['E1FIRST/origin', 'E3THIRD/origin'].map(id => find(result, 'origin-closed-to-internet', id))
    expect(cause?.links).toEqual(['E1FIRST/origin', 'E2CLOSED/origin', 'E3THIRD/origin'])
    expect(cause?.partOf).toBe(tops[0]?.fingerprint)
    expect(tops.map(top => top?.causes.includes(cause?.fingerprint ?? ''))).toEqual([true, true])
  })

  it('gives the same whatever order the links come in', () => {
    const { links: _, ...forwards } = judgeWorld(aWorld(specs))
    const { links: __, ...backwards } = judgeWorld(aWorld([...specs].reverse()))
    expect(backwards).toEqual(forwards)
  })
})

describe('what could not be decided', () => {
  it('is folded into the undecided finding of the link', () => {
    const result = judgeWorld(aWorld([{ target: lost, verdict: 'unknown', origin: { headers: [] } }]))
    const top = find(result, 'origin-closed-to-internet')
    expect(top).toMatchObject({ outcome: 'unknown', partOf: null })
    expect(find(result, 'origin-header-sent')?.partOf).toBe(top?.fingerprint)
    expect(causesOf(result, 'origin-closed-to-internet')).toContain('origin-header-sent')
    expect(result.summary).toMatchObject({ complete: false, unknown: result.findings.length })
  })

  it('never hides what is violated', () => {
    const result = judged(
      { verdict: 'unknown', reasons: [{ kind: 'uncertain', id: 'U-06', message: 'A detail.' }] },
      {
        listeners: [defaultForwards],
      },
    )
    expect(violatedOnTop(result)).toEqual(['alb-default-action-denies'])
    expect(result.summary.violated.high).toBe(1)
  })

  it('names the IAM actions that are missing', () => {
    const result = judgeWorld(aWorld([{ target: lost, verdict: 'unknown' }]))
    expect(find(result, 'origin-exists')?.remediation).toContain(
      '`elasticloadbalancing:DescribeLoadBalancers`',
    )
    expect(find(result, 'origin-exists')?.message).toContain('DescribeLoadBalancers was denied')
  })
})
