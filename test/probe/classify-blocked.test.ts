import { describe, expect, it } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import { classifyLink } from '#probe/classify.ts'
import type { ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import type { Action, Condition } from '#topology/model.ts'
import {
  answered,
  denied,
  exposed,
  forward,
  gateAnswer,
  isEdge,
  lbName,
  link,
  listener,
  loadBalancer,
  missing,
  pageText,
  play,
  ref,
  response,
  rule,
  witness,
} from './fixtures.ts'
import { gate, open, planFor, verdict, wideOpen } from './verdicts.ts'

describe('blocked', () => {
  it('where every door gives the fixed response of the listener', () => {
    const result = verdict(gate)
    expect(result).toMatchObject({ verdict: 'blocked', code: 'gate' })
    expect(result.exchanges).toEqual(planFor(exposed(link())).map(r => r.id))
  })

  it('not where one answer of many is something else', () => {
    const plan = planFor(exposed(link()))
    for (const odd of plan.filter(r => !isEdge(r)))
      expect(verdict(r => (r.id === odd.id ? response(200, 'hello') : gateAnswer)).verdict).toBe(
        'inconclusive',
      )
  })

  it('not where the application says that a page does not exist', () => {
    const result = verdict(r => (r.role === 'N1-direct' ? missing : gateAnswer))
    expect(result).toMatchObject({ verdict: 'inconclusive', code: 'same-not-found' })
  })

  it('not by a 403 that is not the configured one', () => {
    expect(verdict(() => response(403, 'Forbidden by the application')).verdict).toBe('inconclusive')
    const sameTextOtherServer: ProbeResponse = {
      ...gateAnswer,
      headers: [
        ['content-type', 'text/plain'],
        ['server', 'nginx'],
      ],
    }
    expect(verdict(() => sameTextOtherServer).verdict).toBe('inconclusive')
    const otherType: ProbeResponse = {
      ...gateAnswer,
      headers: [
        ['content-type', 'text/html'],
        ['server', 'awselb/2.0'],
      ],
    }
    expect(verdict(() => otherType).verdict).toBe('inconclusive')
  })

  it('by an empty fixed response only where the load balancer names itself', () => {
    const empty: Action = { ...denied, body: '' } as Action
    const balancer = loadBalancer({ listeners: known([listener(443, 'HTTPS', [rule('default', [empty])])]) })
    const exposure = exposed(link({ balancer }))
    expect(verdict(() => response(403, '', [['server', 'awselb/2.0']]), exposure).verdict).toBe('blocked')
    expect(verdict(() => response(403, ''), exposure).verdict).toBe('inconclusive')
  })

  it('by a fixed response that says 200 as well', () => {
    const parked: Action = {
      ...denied,
      status: 200,
      body: pageText('parked'),
      contentType: 'text/html',
    } as Action
    const balancer = loadBalancer({ listeners: known([listener(443, 'HTTPS', [rule('default', [parked])])]) })
    expect(verdict(() => response(200, pageText('parked')), exposed(link({ balancer }))).code).toBe('gate')
  })

  it('by the answers of the web ACL, where there is one', () => {
    const acl = { ref: ref('acl'), name: 'a', scope: 'REGIONAL', defaultAction: 'block', rules: [] } as const
    const behind = exposed(link({ balancer: loadBalancer({ webAcl: known(acl) }) }))
    const block = response(403, '<html><head><title>403 Forbidden</title></head></html>', [
      ['server', 'awselb/2.0'],
    ])
    const captcha = response(405, '', [['x-amzn-waf-action', 'captcha']])
    const challenge = response(202, '', [['x-amzn-waf-action', 'challenge']])
    for (const answer of [block, captcha, challenge]) {
      expect(verdict(() => answer, behind)).toMatchObject({ verdict: 'blocked', code: 'gate' })
      expect(verdict(() => answer).verdict).toBe('inconclusive')
    }
    expect(verdict(() => response(403, 'x'), behind).verdict).toBe('inconclusive')
  })

  it("by the listener's own login, and not by the application's", () => {
    const login: Action = { kind: 'authenticate', with: 'oidc', onUnauthenticated: 'authenticate' }
    const balancer = loadBalancer({
      listeners: known([listener(443, 'HTTPS', [rule('default', [login, forward])])]),
    })
    const behind = exposed(link({ balancer }), 'authenticated')
    const toIdp = response(302, '', [['location', 'https://idp.example.net/oauth2/authorize']])
    const elsewhere = response(302, '', [['location', 'https://other.example.net/welcome']])
    const unauthorised = response(401, '', [['server', 'awselb/2.0']])
    expect(verdict(() => toIdp, behind)).toMatchObject({ verdict: 'blocked', code: 'auth' })
    expect(verdict(() => unauthorised, behind)).toMatchObject({ verdict: 'blocked', code: 'auth' })
    expect(verdict(() => elsewhere, behind).verdict).toBe('inconclusive')
    expect(verdict(() => response(401, ''), behind).verdict).toBe('inconclusive')
    expect(verdict(() => toIdp).verdict).toBe('inconclusive')
    expect(verdict(() => unauthorised).verdict).toBe('inconclusive')
  })

  it('by a redirect to the distribution', () => {
    const back = response(301, '', [['location', 'https://shop.example.com/']])
    expect(verdict(() => back)).toMatchObject({ verdict: 'blocked', code: 'redirect' })
    const away = response(301, '', [['location', 'https://elsewhere.example.net/']])
    expect(verdict(() => away).verdict).toBe('inconclusive')
  })

  it('not by a redirect that visitors of the edge get too', () => {
    const toLogin = response(302, '', [['location', 'https://shop.example.com/login']])
    const exchanges = planFor(exposed(link())).map(r => answered(r, r.role === 'N1-edge' ? missing : toLogin))
    expect(classifyLink(link(), exposed(link()), exchanges)).toMatchObject({
      verdict: 'inconclusive',
      code: 'same-redirect',
    })
  })

  it('by the redirect to HTTPS on a plain port, where HTTPS is shut', () => {
    const balancer = loadBalancer({ listeners: known([listener(443, 'HTTPS'), listener(80, 'HTTP')]) })
    const exposure = exposed(link({ balancer }))
    const upgrade = (r: ProbeRequest) =>
      response(301, '', [['location', `https://${r.present.host}:443${r.path}`]])
    expect(verdict(r => (r.connect.port === 80 ? upgrade(r) : gateAnswer), exposure).verdict).toBe('blocked')
    expect(verdict(r => (r.connect.port === 80 ? upgrade(r) : wideOpen(r)), exposure).verdict).toBe(
      'confirmed',
    )
  })

  it('by a closed network only where the proof says so for that door', () => {
    const balancer = loadBalancer({ ipAddressType: 'dualstack' })
    const of = link({ balancer })
    const obligation = (family: 4 | 6) => ({
      kind: 'NET_UNREACHABLE' as const,
      entryPoint: balancer.ref.arn,
      family,
      listener: null,
      rule: null,
      lines: [],
      text: '',
    })
    const proven = (...families: readonly (4 | 6)[]) =>
      exposed(of, 'closed', { certificate: { obligations: families.map(obligation), reliesOn: [] } })
    for (const how of ['refused', 'connect-timeout'] as const) {
      expect(verdict(() => how, proven(4, 6))).toMatchObject({ verdict: 'blocked', code: 'net-closed' })
      expect(verdict(() => how, proven(4))).toMatchObject({ verdict: 'inconclusive', code: how })
      expect(verdict(() => how, exposed(of, 'closed'))).toMatchObject({ verdict: 'inconclusive', code: how })
    }
    expect(verdict(() => 'timeout', proven(4, 6)).verdict).toBe('inconclusive')
  })

  it('by a demand for a client certificate only where the listener verifies one', () => {
    const mutual = { ...listener(443, 'HTTPS'), mutualTls: 'verify' } as const
    const exposure = exposed(link({ balancer: loadBalancer({ listeners: known([mutual]) }) }))
    expect(verdict(() => 'client-certificate-required', exposure).code).toBe('mtls')
    expect(verdict(() => 'client-certificate-required').verdict).toBe('inconclusive')
  })

  it('not where a listener was not asked', () => {
    const narrow = exposed(link())
    const exchanges = play(planFor(narrow), gate)
    const wider = link({
      balancer: loadBalancer({ listeners: known([listener(443, 'HTTPS'), listener(8443, 'HTTPS')]) }),
    })
    expect(classifyLink(wider, exposed(wider), exchanges)).toMatchObject({
      verdict: 'inconclusive',
      code: 'door-not-asked',
      reason: `Port 8443 of ${lbName} over IPv4 was not asked.`,
    })
    const dual = link({ balancer: loadBalancer({ ipAddressType: 'dualstack' }) })
    expect(classifyLink(dual, exposed(dual), exchanges).code).toBe('door-not-asked')
    const raw = link({
      balancer: loadBalancer({ listeners: known([listener(443, 'HTTPS'), listener(5432, 'TCP')]) }),
    })
    expect(classifyLink(raw, exposed(raw), exchanges).code).toBe('door-not-asked')
  })

  it('not where the name leads to more than was asked', () => {
    const exchanges = play(planFor(exposed(link())), gate)
    const second = loadBalancer({ dnsName: 'second.eu-west-1.elb.amazonaws.com' })
    const wider = link({ others: [second] })
    expect(classifyLink(wider, exposed(wider), exchanges).code).toBe('door-not-asked')
    const gap = {
      code: 'unresolved',
      service: 'dns',
      operation: 'resolve',
      target: 'origin.example.com',
      account: '',
      region: '',
      action: '',
      message: 'x',
    } as const
    const unclear = link({ gaps: [gap] })
    expect(verdict(gate, exposed(unclear))).toMatchObject({ verdict: 'inconclusive', code: 'target-unclear' })
    expect(verdict(wideOpen, exposed(unclear, 'unknown')).verdict).toBe('confirmed')
  })

  it('not where the listeners were not read', () => {
    const unread = exposed(link({ balancer: loadBalancer({ listeners: unobserved() }) }), 'unknown')
    expect(verdict(gate, unread).verdict).toBe('inconclusive')
  })

  it('contradicts a proof that says open', () => {
    expect(verdict(gate, open())).toMatchObject({ verdict: 'blocked', code: 'contradicts-model' })
  })

  it('does not contradict an open proof whose request was never sent', () => {
    const posted = exposed(link(), 'open', { witness: witness({ method: 'POST' }) })
    expect(verdict(gate, posted)).toMatchObject({ verdict: 'inconclusive', code: 'witness-not-sent' })
  })

  it('does not contradict an open proof that needs another source address', () => {
    const office: Condition = { field: 'source-ip', cidrs: ['198.51.100.0/24'] }
    const allow = rule('office', [forward], [office])
    const balancer = loadBalancer({
      listeners: known([listener(443, 'HTTPS', [allow, rule('default', [denied])])]),
    })
    const route = [{ kind: 'rule' as const, arn: allow.ref.arn, line: 1, text: '' }]
    const exposure = exposed(link({ balancer }), 'open', { witness: witness({ route }) })
    expect(verdict(gate, exposure)).toMatchObject({ verdict: 'inconclusive', code: 'other-source' })
  })
})
