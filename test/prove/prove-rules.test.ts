import { describe, expect, test } from 'vitest'
import {
  alb,
  behavior,
  fixed,
  forward,
  group,
  header,
  host,
  listener,
  method,
  otherwise,
  path,
  pathRegex,
  rule,
  sourceIp,
  straying,
  strong,
  token,
} from './build.ts'
import { sends } from './prove-parts.ts'
import { exposed, verdicts, whyUnknown } from './sound.ts'

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
