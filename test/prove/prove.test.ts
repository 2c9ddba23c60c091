import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import {
  admit,
  alb,
  app,
  behavior,
  cloudFront4,
  cloudFront6,
  fixed,
  forward,
  gap,
  group,
  header,
  headerRegex,
  host,
  linkTo,
  listener,
  login,
  method,
  missing,
  otherStrong,
  otherwise,
  path,
  pathRegex,
  query,
  redirect,
  rule,
  seal,
  sent,
  sourceIp,
  straying,
  strong,
  token,
  topologyOf,
  weighted,
} from './build.ts'
import { exposed, proved, verdicts, whyUnknown } from './sound.ts'

const gated = (...more: ReturnType<typeof rule>[]) => [
  ...more,
  rule(50, [token(strong)], forward()),
  otherwise(fixed(403)),
]
const sends = (text = strong) => [{ name: 'X-Token', value: sent(text, [[strong, seal(strong)]]) }]
const fromCloudFront = { ingress: known([admit(cloudFront4)]) }

describe('conformance vectors: verdicts', () => {
  test('vector 17: a catch-all path in front of a forwarding default is not a proof (U-06)', () => {
    const rules = [
      rule(5, [token(strong)], forward()),
      rule(10, [path('/*')], fixed(403)),
      otherwise(forward()),
    ]
    const { internet } = exposed(alb([listener(rules)]), { headers: sends() })
    expect(internet.verdict).toBe('unknown')
    expect(whyUnknown(internet)).toEqual(['U-06'])
  })
  test('vector 17: a catch-all of every text is', () => {
    const rules = [
      rule(5, [token(strong)], forward()),
      rule(10, [path('*')], fixed(403)),
      otherwise(forward()),
    ]
    const { internet } = exposed(alb([listener(rules)]), { headers: sends() })
    expect(internet.verdict).toBe('closed')
    expect(internet.certificate?.obligations.map(o => o.kind)).toEqual(
      expect.arrayContaining(['SHADOWED_BY', 'SECRET_REQUIRED', 'NON_FORWARD']),
    )
  })
  test('vector 18: an exempt path leads to the gated targets, and to nothing else', () => {
    const { internet } = exposed(alb([listener(gated(rule(1, [path('/health')], forward())))]), {
      headers: sends(),
    })
    expect(internet.verdict).toBe('open')
    expect(internet.witness).toMatchObject({ method: 'GET', path: '/health', headers: [] })
  })
  test('vector 19: the union of all groups counts', () => {
    const lb = alb([listener([otherwise(forward())])], {
      securityGroupIds: ['sg-1', 'sg-2'],
      ingress: known([admit(cloudFront4, 443, 443, 'sg-1'), admit('0.0.0.0/1', 443, 443, 'sg-2')]),
    })
    const { internet } = exposed(lb)
    expect(internet.verdict).toBe('open')
    expect(internet.witness?.route[0]?.text).toBe('sg-2 admits tcp/443 from 0.0.0.0/1')
  })
  test('vector 20: the prefix list alone closes the internet and leaves every tenant', () => {
    expect(verdicts(exposed(alb([listener([otherwise(forward())])], fromCloudFront)))).toEqual([
      'closed',
      'open',
    ])
  })
  test('vector 21: IPv6 is decided apart', () => {
    const lb = alb([listener([otherwise(forward())])], {
      ipAddressType: 'dualstack',
      ingress: known([admit(cloudFront4), admit('::/0')]),
    })
    const { internet } = exposed(lb)
    expect(internet.witness).toMatchObject({ family: 6, source: '2001:db8::77' })
  })
  test('vector 22: a login that lets everyone pass is open; one that does not is authenticated', () => {
    expect(exposed(alb([listener([otherwise(login('allow'), forward())])])).internet.verdict).toBe('open')
    const { internet } = exposed(alb([listener([otherwise(login('deny'), forward())])]))
    expect(internet.verdict).toBe('authenticated')
    expect(internet.witness).not.toBeNull()
  })
  test('vector 31: a redirect to the edge is no way in', () => {
    const plain = listener([otherwise(redirect({ host: 'www.example.com' }))], { port: 80, protocol: 'HTTP' })
    const { internet } = exposed(alb([listener(gated()), plain]), { headers: sends() })
    expect(internet.verdict).toBe('closed')
  })
  test('vector 32: passthrough mutual TLS is open, verify is closed', () => {
    const rules = [otherwise(forward())]
    expect(exposed(alb([listener(rules, { mutualTls: 'passthrough' })])).internet.verdict).toBe('open')
    const { internet } = exposed(alb([listener(rules, { mutualTls: 'verify' })]))
    expect(internet.verdict).toBe('closed')
    expect(internet.certificate?.obligations.map(o => o.kind)).toContain('MTLS')
    expect(exposed(alb([listener(rules, { mutualTls: 'unknown' })])).internet.verdict).toBe('unknown')
  })
  test('vector 33: an internal load balancer that admits the internet is not proved while accelerators are not read', () => {
    const lb = alb([listener([otherwise(forward())])], { scheme: 'internal' })
    const accelerators = { items: [], gaps: [gap('ListAccelerators')] }
    expect(whyUnknown(exposed(lb, { topology: { accelerators } }).internet)).toContain('gap')
    expect(exposed(lb).internet.verdict).toBe('closed')
  })
  test('vector 35: one weak value beside the real one is enough', () => {
    const rules = [rule(50, [token(strong, 'changeme')], forward()), otherwise(fixed(403))]
    const { internet } = exposed(alb([listener(rules)]), { headers: sends() })
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers).toEqual([
      ['X-Token', `\${sealed:${seal('changeme').sealed.slice(0, 8)}}`],
    ])
  })
})

describe('the secret header', () => {
  test('on every rule, with a default that answers, closes the link', () => {
    const { internet, tenant } = exposed(alb([listener(gated())]), { headers: sends() })
    expect([internet.verdict, tenant.verdict]).toEqual(['closed', 'closed'])
  })
  test('B02: does not help while another listener forwards', () => {
    const second = listener([otherwise(forward())], { port: 8080, protocol: 'HTTP' })
    const { internet } = exposed(alb([listener(gated()), second]), { headers: sends() })
    expect(internet.witness).toMatchObject({ scheme: 'http', port: 8080, sni: null })
  })
  test('B11: does not help while the default action forwards', () => {
    const { internet } = exposed(
      alb([listener([rule(5, [token(strong)], forward()), otherwise(forward())])]),
      {
        headers: sends(),
      },
    )
    expect(internet.witness).toMatchObject({ path: '/', headers: [] })
  })
  test('B13: a host name is no secret', () => {
    const rules = [rule(5, [host('origin.example.com')], forward()), otherwise(fixed(403))]
    expect(exposed(alb([listener(rules)])).internet.witness).toMatchObject({ host: 'origin.example.com' })
  })
  test('B14: a leftover strong value still closes the link', () => {
    const rules = [rule(5, [token(strong, otherStrong)], forward()), otherwise(fixed(403))]
    expect(exposed(alb([listener(rules)]), { headers: sends() }).internet.verdict).toBe('closed')
  })
  test('B15: a pure wildcard is met by an example value', () => {
    const rules = [rule(5, [token('*')], forward()), otherwise(fixed(403))]
    const { internet } = exposed(alb([listener(rules)]), { headers: sends('x') })
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers).toEqual([['X-Token', 'x']])
  })
  test('B15: a wildcard behind a short prefix is guessable, behind a long one it is not', () => {
    const weak = [rule(5, [token('prod-*')], forward()), otherwise(fixed(403))]
    const long = [rule(5, [token(`${strong}*`)], forward()), otherwise(fixed(403))]
    expect(exposed(alb([listener(weak)])).internet.verdict).toBe('guessable')
    expect(exposed(alb([listener(long)])).internet.verdict).toBe('closed')
  })
  test('B16: a sealed expression is judged by its bits, and unknown where it was not understood', () => {
    const sealed = (more: object) => headerRegex('X-Token', seal(strong, 'alb-regex', more))
    const rules = (more: object) => [rule(5, [sealed(more)], forward()), otherwise(fixed(403))]
    expect(exposed(alb([listener(rules({}))])).internet.verdict).toBe('closed')
    expect(exposed(alb([listener(rules({ bits: 0 }))])).internet.verdict).toBe('guessable')
    const { internet } = exposed(alb([listener(rules({ bits: 0, weakness: 'not understood' }))]))
    expect(internet.verdict).toBe('unknown')
  })
  test('B17: a value that everybody can type is guessable, and comes free from CloudFront', () => {
    const rules = [rule(5, [header('Via', '*cloudfront*')], forward()), otherwise(fixed(403))]
    const { internet, tenant } = exposed(alb([listener(rules)]))
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers).toEqual([['Via', 'cloudfront']])
    expect(tenant.verdict).toBe('open')
  })
  test('B17: an X-Forwarded header is neither a gate nor a way in (U-24)', () => {
    const rules = [rule(5, [header('X-Forwarded-For', seal(strong))], forward()), otherwise(fixed(403))]
    expect(whyUnknown(exposed(alb([listener(rules)])).internet)).toContain('U-24')
  })
  test('B19: a strong token in the query closes too, a weak one does not', () => {
    const rules = (text: string) => [
      rule(5, [query(['token', seal(text)])], forward()),
      otherwise(fixed(403)),
    ]
    expect(exposed(alb([listener(rules(strong))])).internet.verdict).toBe('closed')
    const { internet } = exposed(alb([listener(rules('abc'))]))
    expect(internet.witness?.path).toBe(`/?token=\${sealed:${seal('abc').sealed.slice(0, 8)}}`)
  })
  test('is a gate only by the targets it guards: an open rule to other targets is none of the link', () => {
    const rules = gated(rule(1, [host('other.example.net')], forward(group('other'))))
    const { internet } = exposed(alb([listener(rules)]), { headers: sends() })
    expect(internet.verdict).toBe('closed')
    expect(internet.certificate?.obligations.map(o => o.kind)).toContain('DIFFERENT_BACKEND')
  })
  test('B21: another group with the same targets is the same backend', () => {
    const twin = group('twin', known(['i-app:80']))
    const { internet } = exposed(alb([listener(gated(rule(1, [host('old.example.com')], forward(twin))))]), {
      headers: sends(),
    })
    expect(internet.verdict).toBe('open')
  })
  test('targets that were not read may be the same', () => {
    const unseen = group('unseen', missing('DescribeTargetHealth'))
    const { internet } = exposed(
      alb([listener(gated(rule(1, [host('other.example.net')], forward(unseen))))]),
      {
        headers: sends(),
      },
    )
    expect(whyUnknown(internet)).toEqual(['gap'])
  })
  test('a group that the gated rule keeps at weight 0 is one edit away from being the backend', () => {
    const green = group('green')
    const rules = [
      rule(5, [token(strong)], weighted([app, 1], [green, 0])),
      rule(6, [path('/green')], forward(green)),
      otherwise(fixed(403)),
    ]
    expect(exposed(alb([listener(rules)]), { headers: sends() }).internet.verdict).toBe('unknown')
  })
  test('a token that CloudFront no longer sends still guards what stands behind it', () => {
    const rules = gated(rule(1, [path('/health')], forward()))
    const { internet } = exposed(alb([listener(rules)]), { headers: sends('stale-value-of-yesterday') })
    expect(internet.verdict).toBe('open')
  })
})

describe('rules in front of rules', () => {
  test('a deny on one host leaves every other host', () => {
    const rules = [rule(1, [host('*.example.com')], fixed(403)), otherwise(forward())]
    const { internet } = exposed(alb([listener(rules)]))
    expect(internet.verdict).toBe('open')
    expect(internet.witness?.host).toMatch(/elb\.amazonaws\.com$/)
  })
  test('B20: a deny on every name with a dot leaves names without', () => {
    const rules = [rule(1, [host('*.*')], fixed(403)), otherwise(forward())]
    expect(exposed(alb([listener(rules)])).internet.witness?.host).toMatch(/^[a-z0-9]+$/)
  })
  test('B20: a deny on the usual methods leaves the others to clients, but not to CloudFront', () => {
    const all = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']
    const rules = [
      rule(1, [token(strong)], forward()),
      rule(2, [method(...all)], fixed(405)),
      otherwise(forward()),
    ]
    const { internet, tenant } = exposed(alb([listener(rules)]), { headers: sends() })
    expect(internet.witness?.method).toBe('PROPFIND')
    expect(tenant.verdict).toBe('unknown')
  })
  test('a deny with two conditions is avoided through either', () => {
    const rules = [
      rule(1, [host('*.com'), path('/*')], fixed(403)),
      rule(2, [method('GET'), path('/*')], fixed(403)),
      otherwise(forward()),
    ]
    const { internet } = exposed(alb([listener(rules)]))
    expect(internet.verdict).toBe('open')
  })
  test('a forward behind a narrower deny takes the rest of its paths', () => {
    const rules = [
      rule(1, [path('/api/', '/api/x*', '/api/a*')], fixed(403)),
      rule(2, [path('/api/*')], forward()),
      otherwise(fixed(403)),
    ]
    expect(exposed(alb([listener(rules)])).internet.witness?.path).toMatch(/^\/api\/[^xa]/)
  })
  test('a forward behind a wider deny is closed', () => {
    const rules = [
      rule(1, [path('/api/*')], fixed(403)),
      rule(2, [path('/api/v1/*')], forward()),
      otherwise(fixed(403)),
    ]
    expect(exposed(alb([listener(rules)])).internet.verdict).toBe('closed')
  })
  test('expressions are avoided and met under every model', () => {
    const rules = [
      rule(1, [pathRegex('^/(?:admin|api)')], fixed(403)),
      rule(2, [pathRegex('^/[a-z]+/list$')], forward()),
      otherwise(fixed(403)),
    ]
    const { internet } = exposed(alb([listener(rules)]))
    expect(internet.witness?.path).toMatch(/^\/[a-z]+\/list$/)
  })
  test('an expression outside the dialect leaves the rules behind it unknown (U-03)', () => {
    const rules = [rule(1, [pathRegex('^/(?!admin)')], fixed(403)), otherwise(forward())]
    expect(whyUnknown(exposed(alb([listener(rules)])).internet)).toContain('U-03')
  })
  test('two conditions on one header are met by one occurrence where one word fits both', () => {
    const rules = [
      rule(1, [header('User-Agent', 'probe*'), header('User-Agent', '*bot')], forward()),
      otherwise(fixed(403)),
    ]
    expect(exposed(alb([listener(rules)])).internet.witness?.headers).toHaveLength(1)
  })
  test('and by two occurrences where none does, which CloudFront may not send', () => {
    const rules = [rule(1, [header('X-A', 'one'), header('X-A', 'two')], forward()), otherwise(fixed(403))]
    const { internet, tenant } = exposed(alb([listener(rules)]))
    expect(internet.witness?.headers).toHaveLength(2)
    expect(tenant.verdict).toBe('unknown')
  })
  test('source-ip rules are met from an address that is admitted', () => {
    const rules = [
      rule(1, [sourceIp('198.51.100.0/25')], fixed(403)),
      rule(2, [sourceIp('198.51.100.0/24')], forward()),
      otherwise(fixed(403)),
    ]
    expect(exposed(alb([listener(rules)])).internet.witness?.source).toMatch(
      /^198\.51\.100\.(?:12[89]|1[3-9]|2)/,
    )
  })
  test('source-ip rules for private addresses are no way in from the internet', () => {
    const rules = [rule(1, [sourceIp('10.0.0.0/8')], forward()), otherwise(fixed(403))]
    expect(verdicts(exposed(alb([listener(rules)])))).toEqual(['closed', 'closed'])
  })
  test('an unknown condition in front leaves the rules behind it unknown, and in a gate the gate', () => {
    const strange = { field: 'unrecognised', name: 'moon-phase' } as const
    expect(
      exposed(alb([listener([rule(1, [strange], fixed(403)), otherwise(forward())])])).internet.verdict,
    ).toBe('unknown')
    const guarded = [rule(1, [strange, token(strong)], forward()), otherwise(fixed(403))]
    expect(exposed(alb([listener(guarded)]), { headers: sends() }).internet.verdict).toBe('closed')
  })
})

describe('backends', () => {
  const shared = [
    rule(1, [host('shop.example.com'), token(strong)], forward(group('shop'))),
    rule(2, [host('blog.example.com')], forward(group('blog'))),
    otherwise(fixed(404)),
  ]
  test('a shared load balancer is judged by what the link itself is served', () => {
    const lb = alb([listener(shared)])
    expect(exposed(lb, { headers: sends(), aliases: ['shop.example.com'] }).internet.verdict).toBe('closed')
    expect(exposed(lb, { aliases: ['blog.example.com'] }).internet.verdict).toBe('open')
  })
  test('edge functions may lead the link to other targets', () => {
    const edge = behavior({
      functions: [straying('origin-request')],
    })
    const spec = { headers: sends(), aliases: ['shop.example.com'], behaviors: [edge] }
    expect(exposed(alb([listener(shared)]), spec).internet.verdict).toBe('unknown')
  })
  test('behaviours limit the paths that are served', () => {
    const rules = [
      rule(1, [path('/api/*'), token(strong)], forward(group('api'))),
      rule(2, [path('/open/*')], forward(group('open'))),
      otherwise(fixed(404)),
    ]
    const behaviors = [behavior({ pathPattern: '/api/*', isDefault: false })]
    expect(exposed(alb([listener(rules)]), { headers: sends(), behaviors }).internet.verdict).toBe('closed')
    expect(exposed(alb([listener(rules)]), { headers: sends() }).internet.verdict).toBe('open')
  })
})

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
