import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { known } from '#base/known.ts'
import { classifyLink } from '#probe/classify.ts'
import type { NoResponse, ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import {
  answered,
  exposed,
  gateAnswer,
  isEdge,
  link,
  listener,
  loadBalancer,
  missing,
  page,
  pageText,
  play,
  response,
  witness,
} from './fixtures.ts'
import { open, planFor, verdict, wideOpen } from './verdicts.ts'

describe('confirmed', () => {
  it('where the origin shows the page of the edge', () => {
    const exposure = open()
    const result = verdict(wideOpen, exposure)
    expect(result).toMatchObject({ verdict: 'confirmed', code: 'same-page' })
    expect(result.reason).toContain('entity tag, body, application headers')
    const roles = planFor(exposure)
      .filter(r => result.exchanges.includes(r.id))
      .map(r => r.role)
    expect(roles).toEqual(expect.arrayContaining(['P', 'N1-edge', 'W', 'P']))
  })

  it.each([
    ['a plain port', (r: ProbeRequest) => r.connect.port === 80],
    ['IPv6 only', (r: ProbeRequest) => r.connect.family === 6],
    ['another Host only', (r: ProbeRequest) => r.recipe === 'R5' && r.present.host === '192.0.2.1'],
    ['no SNI only', (r: ProbeRequest) => r.present.sni === ''],
    ['a made-up Host only', (r: ProbeRequest) => r.role === 'N2'],
    ['a wrong token', (r: ProbeRequest) => r.role === 'N3'],
  ])('where any one direct request gets it: %s', (_, lets) => {
    const balancer = loadBalancer({
      ipAddressType: 'dualstack',
      listeners: known([listener(443, 'HTTPS'), listener(80, 'HTTP')]),
    })
    expect(
      verdict(r => (lets(r) && r.role !== 'N1-direct' ? page : gateAnswer), open(link({ balancer }))).verdict,
    ).toBe('confirmed')
  })

  it('where the page has moving parts but the same entity tag', () => {
    const moved = { ...page, bodyHash: 'b'.repeat(32), shingles: [] }
    expect(verdict(r => (r.role === 'N1-direct' ? missing : moved), open()).verdict).toBe('confirmed')
  })

  it('only with two signs: an equal body alone is not enough', () => {
    const bare = { ...page, headers: [['content-type', 'text/html']] } as ProbeResponse
    const result = verdict(r => (r.role === 'N1-direct' ? missing : bare), open())
    expect(result).toMatchObject({ verdict: 'inconclusive', code: 'too-little' })
  })

  it('only with a sign about the content: cookies and headers of the same server are not enough', () => {
    const other = response(200, pageText('status'), [
      ['server', 'example-app'],
      ['set-cookie', 'sid'],
    ])
    expect(verdict(r => (r.role.startsWith('N') ? missing : other), open())).toMatchObject({
      verdict: 'inconclusive',
      code: 'different',
    })
  })

  it('never by a small body', () => {
    const tiny = response(200, 'ok', [['server', 'example-app']])
    const plan = planFor(open())
    const exchanges = plan.map(r => answered(r, r.role.startsWith('N1') ? missing : tiny))
    expect(classifyLink(link(), open(), exchanges)).toMatchObject({
      verdict: 'inconclusive',
      code: 'too-little',
    })
  })

  it('never by an error page that both sides show', () => {
    const plan = planFor(open())
    const down = response(404, pageText('gone'), [
      ['etag', '"x"'],
      ['server', 'example-app'],
    ])
    const result = classifyLink(
      link(),
      open(),
      plan.map(r => answered(r, r.role === 'N1-edge' ? missing : down)),
    )
    expect(result).toMatchObject({ verdict: 'inconclusive', code: 'control-no-page' })
  })

  it('says so where the proof excludes it', () => {
    for (const told of ['closed', 'authenticated', 'guessable'] as const)
      expect(verdict(wideOpen, exposed(link(), told))).toMatchObject({
        verdict: 'confirmed',
        code: 'contradicts-model',
      })
    expect(verdict(wideOpen, exposed(link(), 'unknown')).code).toBe('same-page')
  })
})

describe('whatever the origin answers', () => {
  const answers: readonly (ProbeResponse | NoResponse)[] = [
    page,
    missing,
    gateAnswer,
    response(200, 'ok'),
    response(502, 'x'),
    response(301, '', [['location', 'https://shop.example.com/']]),
    'refused',
    'timeout',
    'reset',
    'not-sent-budget',
    'tls-failed',
  ]
  property.prop([
    fc.array(fc.constantFrom(...answers), { minLength: 16, maxLength: 16 }),
    fc.constantFrom('open', 'guessable', 'authenticated', 'closed', 'unknown'),
  ])('only the page confirms, and only known refusals block', (given, told) => {
    const exposure = exposed(link(), told, { witness: told === 'open' ? witness() : null })
    const plan = planFor(exposure)
    const at = (r: ProbeRequest) => given[plan.indexOf(r)] ?? 'refused'
    const result = classifyLink(exposure.link, exposure, play(plan, at))
    const direct = plan.filter(r => !isEdge(r)).map(at)
    const refusals: readonly unknown[] = [gateAnswer, answers[5]]
    if (result.verdict === 'confirmed') expect(direct).toContain(page)
    if (result.verdict === 'blocked') expect(direct.every(a => refusals.includes(a))).toBe(true)
    else if (direct.every(a => refusals.includes(a))) expect(result.verdict).not.toBe('confirmed')
    expect(['confirmed', 'blocked', 'inconclusive']).toContain(result.verdict)
    expect(result.reason).toMatch(/^[A-Z].*\.$/)
    expect(plan.map(r => r.id)).toEqual(expect.arrayContaining([...result.exchanges]))
  })
})
