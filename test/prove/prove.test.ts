import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import {
  admit,
  alb,
  app,
  cloudFront4,
  fixed,
  forward,
  gap,
  group,
  header,
  headerRegex,
  host,
  listener,
  login,
  missing,
  otherStrong,
  otherwise,
  path,
  query,
  redirect,
  rule,
  seal,
  strong,
  token,
  weighted,
} from './build.ts'
import { fromCloudFront, gated, sends } from './prove-parts.ts'
import { exposed, verdicts, whyUnknown } from './sound.ts'

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
