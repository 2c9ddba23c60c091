import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import { classifyLink } from '#probe/classify.ts'
import type { Exchange, NoResponse, ProbeRequest, ProbeResponse, ProbeVerdict } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import type { LinkExposure } from '#prove/exposure.ts'
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
  page,
  pageText,
  play,
  ref,
  response,
  rule,
  silent,
  witness,
} from './fixtures.ts'

const planFor = (exposure: LinkExposure) =>
  planProbes({ exposures: [exposure], options: { mode: 'safe', seed: 's' } })

type Direct = (request: ProbeRequest) => ProbeResponse | NoResponse

/** The verdict when the edge is well and the origin answers so. */
const verdict = (direct: Direct, exposure = exposed(link())): ProbeVerdict =>
  classifyLink(exposure.link, exposure, play(planFor(exposure), direct))

/** An application without a gate: its page at `/`, not found elsewhere. */
const wideOpen: Direct = r => (r.role === 'N1-direct' ? missing : page)
const gate: Direct = () => gateAnswer
const open = (of = link()) => exposed(of, 'open', { witness: witness() })

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

describe('inconclusive', () => {
  const from: readonly (readonly [string, ProbeResponse | NoResponse, string])[] = [
    [
      'the answer came through CloudFront',
      { ...page, headers: [...page.headers, ['via', '1.1 x.cloudfront.net (CloudFront)']] },
      'not-direct',
    ],
    [
      'the cache of CloudFront answered',
      { ...page, headers: [...page.headers, ['x-cache', 'Hit from cloudfront']] },
      'not-direct',
    ],
    ['the targets are unwell', response(503, 'unavailable'), 'lb-error'],
    ['the gateway failed', response(502, 'bad gateway'), 'lb-error'],
    ['a default page answers', response(200, '<title>Welcome to nginx!</title>'), 'default-page'],
    ['the connection is refused', 'refused', 'refused'],
    ['nothing answers', 'connect-timeout', 'connect-timeout'],
    ['the address is private', 'not-sent-private', 'not-sent-private'],
    ['the budget is used up', 'not-sent-budget', 'not-sent-budget'],
    ['the handshake fails', 'tls-failed', 'tls-failed'],
    ['the answer is endless', 'timeout', 'timeout'],
    ['the answer is no HTTP', 'invalid-http', 'invalid-http'],
  ]
  it.each(from)('where %s', (_, answer, code) => {
    expect(verdict(r => (r.role === 'N1-direct' ? gateAnswer : answer), open())).toMatchObject({
      verdict: 'inconclusive',
      code,
    })
  })

  const edges = (edge: (r: ProbeRequest, nth: number) => ProbeResponse | NoResponse, direct: Direct) => {
    const exposure = exposed(link(), 'unknown')
    let nth = 0
    const exchanges = planFor(exposure).map((r): Exchange => {
      const answer = isEdge(r) ? edge(r, nth++) : direct(r)
      return typeof answer === 'string' ? silent(r, answer) : answered(r, answer)
    })
    return classifyLink(exposure.link, exposure, exchanges)
  }

  it.each([
    ['gives no answer', () => 'timeout' as const, 'control-failed'],
    ['refuses us', () => response(403, 'blocked'), 'control-refused'],
    ['fails', () => response(502, 'bad gateway'), 'control-refused'],
    [
      'changes its mind',
      (r: ProbeRequest, n: number) => (r.role === 'P' && n > 0 ? missing : page),
      'control-unstable',
    ],
  ])('whatever the origin says where the edge %s', (_, edge, code) => {
    expect(edges(edge, gate)).toMatchObject({ verdict: 'inconclusive', code })
    expect(edges(edge, () => response(200, 'hello')).verdict).toBe('inconclusive')
  })

  it('where the edge shows the same page for every path', () => {
    expect(
      edges(
        () => page,
        () => page,
      ),
    ).toMatchObject({ verdict: 'inconclusive', code: 'shell' })
    // A gate can still be recognised.
    expect(edges(() => page, gate).verdict).toBe('blocked')
  })

  it('where the origin shows the same page for every path', () => {
    expect(verdict(() => page, open())).toMatchObject({ verdict: 'inconclusive', code: 'same-for-any-path' })
  })

  it('where the edge shows a default page', () => {
    const welcome = response(200, `<title>Welcome to nginx!</title>${pageText('x')}`, [['etag', '"1"']])
    const result = edges(
      r => (r.role === 'P' ? welcome : missing),
      r => (r.role === 'N1-direct' ? missing : welcome),
    )
    expect(result).toMatchObject({ verdict: 'inconclusive', code: 'default-page' })
  })

  it('where the page is another one each time', () => {
    const news = (n: number) => response(200, pageText(`news ${n} `.repeat(n + 1)))
    expect(
      edges(
        (r, n) => (r.role === 'P' ? news(n) : missing),
        () => news(9),
      ),
    ).toMatchObject({
      verdict: 'inconclusive',
      code: 'control-unstable',
    })
  })
})

describe('not probed', () => {
  it('says why', () => {
    const internal = link({ balancer: loadBalancer({ scheme: 'internal' }) })
    expect(classifyLink(internal, exposed(internal), [])).toMatchObject({
      verdict: 'not-probed',
      code: 'internal',
    })
    const disabled = link({ distribution: { enabled: false } })
    expect(classifyLink(disabled, exposed(disabled), []).code).toBe('distribution-disabled')
    const vpc = link()
    const behind = {
      ...vpc,
      target: { ...vpc.target, vpcOrigin: { ref: ref('vo') } },
    } as unknown as typeof vpc
    expect(classifyLink(behind, exposed(behind), []).code).toBe('vpc-origin')
  })

  it('where nothing was sent for this link, whatever was sent for others', () => {
    const other = link({ id: 'E2/app' })
    const exchanges = play(planFor(open()), wideOpen)
    expect(classifyLink(other, exposed(other), exchanges)).toMatchObject({
      verdict: 'not-probed',
      code: 'no-requests',
      exchanges: [],
    })
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
