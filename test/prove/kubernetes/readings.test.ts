/** What the model says where something was not observed, or has two readings: never safe, and with the reason. */
import { describe, expect, it } from 'vitest'
import { unobserved } from '#base/known.ts'
import { type Arrival, seenAddresses } from '#prove/kubernetes/ingress-nginx/addresses.ts'
import { settingsOf } from '#prove/kubernetes/ingress-nginx/settings.ts'
import { ingressVerdicts } from '#prove/kubernetes/ingress-nginx/verdicts.ts'
import type { Ingress, IngressController } from '#topology/model/kubernetes.ts'
import { check, type IngressFixture, snippetsOn, token } from '../../../fixtures/ingress-nginx/fixture.ts'
import { arrival, controllerOf, ingressesOf } from './model-of.ts'

const gated = { 'configuration-snippet': check(token) }
const fixture = (more: Partial<IngressFixture>): IngressFixture => ({
  name: 'a fixture',
  config: snippetsOn,
  ingresses: [{ snippets: gated }],
  verdicts: {},
  ...more,
})

interface Change {
  readonly controller?: Partial<IngressController>
  readonly ingress?: Partial<Ingress>
}

const told = (f: IngressFixture, change: Change = {}) =>
  ingressVerdicts(
    { ...controllerOf(f), ...change.controller },
    ingressesOf(f).map(i => ({ ...i, ...change.ingress })),
    arrival,
  )

const verdicts = (f: IngressFixture, change: Change = {}) => told(f, change).paths.map(p => p.verdict)
const reasons = (f: IngressFixture, change: Change = {}): string =>
  told(f, change)
    .paths.flatMap(p => p.doubts.map(d => d.reason))
    .join('\n')

describe('what was not observed', () => {
  it('is unknown where the default of a version that was not read decides whether snippets are rendered', () => {
    const f = fixture({ config: { 'annotations-risk-level': 'Critical' } })
    expect(verdicts(f, { controller: { version: null } })).toEqual(['unknown'])
    expect(verdicts(f, { controller: { version: '1.8.1' } })).toEqual(['closed'])
    expect(verdicts(f, { controller: { version: 'v1.9.0' } })).toEqual(['open'])
    expect(told(f).unrendered.map(u => [u.annotation, u.reason])).toEqual([
      ['configuration-snippet', 'allow-snippet-annotations is not true'],
    ])
  })

  it('is unknown where an annotation is above the risk level, and says that the check is not rendered', () => {
    const data = { 'allow-snippet-annotations': 'true' }
    const found = told(fixture({}), { controller: { version: '1.12.1', data } })
    expect(found.paths.map(p => p.verdict)).toEqual(['unknown'])
    expect(found.paths[0]?.doubts[0]?.reason).toContain('does not take this Ingress')
    expect(found.unrendered.map(u => u.annotation)).toEqual(['configuration-snippet'])
    expect(verdicts(fixture({}), { controller: { version: '1.11.0', data } })).toEqual(['closed'])
    expect(verdicts(fixture({}), { controller: { version: null, data } })).toEqual(['unknown'])
  })

  it('names the server-snippet that an older object of the host displaces', () => {
    const f = fixture({
      ingresses: [
        { snippets: { 'server-snippet': check(token) } },
        { name: 'api', paths: [{ path: '/api' }], snippets: { 'server-snippet': 'gzip on;' } },
      ],
    })
    expect(told(f).unrendered.map(u => [u.ingress.name, u.annotation])).toEqual([['api', 'server-snippet']])
  })

  it('is unknown which of two manifests keeps a path, so neither check is relied on', () => {
    const f = fixture({ ingresses: [{ snippets: gated }, { name: 'young', service: 'young' }] })
    expect(told(f).paths.map(p => [p.ingress?.name, p.verdict])).toEqual([['shop', 'closed']])
    const ageless = told(f, { ingress: { createdAt: null } })
    expect(ageless.paths.map(p => [p.ingress?.name, p.verdict]).toSorted()).toEqual([
      ['shop', 'closed'],
      ['young', 'unknown'],
    ])
  })

  it('is unknown how strong a password is where secrets may not be read', () => {
    const f = fixture({ ingresses: [{ annotations: { 'auth-type': 'basic', 'auth-secret': 'edge' } }] })
    expect(verdicts(f, { controller: { authSecrets: unobserved() } })).toEqual(['unknown'])
  })

  it.each([
    ['ssl-passthrough', { sslPassthrough: null }, 'unopened'],
    ['enable-modsecurity', {}, 'ModSecurity'],
    ['auth-tls-secret', {}, 'client certificates'],
  ])('is unknown what %s does', (annotation, controller, reason) => {
    const f = fixture({ ingresses: [{ annotations: { [annotation]: 'true' } }] })
    const expected = annotation === 'ssl-passthrough' ? 'open' : 'unknown'
    expect(verdicts(f, { controller })).toEqual([expected])
    const closed = fixture({ ingresses: [{ annotations: { [annotation]: 'true' }, snippets: gated }] })
    const kept = annotation === 'ssl-passthrough' ? 'unknown' : 'closed'
    expect(verdicts(closed, { controller })).toEqual([kept])
    expect(`${reasons(f, { controller })}${reasons(closed, { controller })}`).toContain(reason)
  })

  it.each([
    ['include /etc/nginx/extra.conf;', 'the directive "include" is beyond this version'],
    ['set_by_lua_block $ok { return 1 }\nif ($ok) { return 403; }', 'beyond this version'],
    ['if ($ssl_client_verify != SUCCESS) { return 403; }', '$ssl_client_verify is beyond this version'],
    ['if ($made_up) { return 403; }', 'nothing that was read defines the variable $made_up'],
    [`if ($uri !~ "^/${token}") { return 403; }`, 'a path, host or method is no place for a secret'],
    ['if (-f $request_filename) { return 403; }', 'a test for a file is beyond this version'],
    ['if ($http_x !~ "(?=a)b") { return 403; }', 'not decided'],
    ['if ($http_a != $http_b) { return 403; }', 'two values of the request are compared'],
    ['if ($http_x_forwarded_for !~ "^10[.]") { return 403; }', 'who writes $http_x_forwarded_for'],
    ['if ($http_x ~ "^(.*)$") { set $y $1; }\nif ($y = "a") { return 403; }\nreturn 404;', ''],
  ])('never falls through to safe, nor to open: %s', (snippet, reason) => {
    const f = fixture({ ingresses: [{ snippets: { 'configuration-snippet': snippet } }] })
    expect(verdicts(f)).toEqual([reason === '' ? 'closed' : 'unknown'])
    expect(reasons(f)).toContain(reason)
  })

  it('is unknown what a snippet does that branches without end', () => {
    const lines = Array.from({ length: 14 }, (_, i) => `if ($http_h${i} ~ a) { set $v${i} 1; }`)
    const f = fixture({ ingresses: [{ snippets: { 'configuration-snippet': lines.join('\n') } }] })
    // All ways pass, but nobody has followed them.
    expect(verdicts(f)).toEqual(['unknown'])
  })

  it.each([
    ['geo $net { default 1; 10.0.0.0/8 0; }', 'unknown', '"geo" is beyond this version'],
    ['js_import main.js;', 'unknown', 'the directive "js_import" is beyond this version'],
    ['server { listen 8081; }', 'unknown', 'a "server" of its own is beyond this version'],
    [
      'map $http_x$http_y $net { default 1; }',
      'unknown',
      'a map of more than one variable is beyond this version',
    ],
    ['map $http_x $net { default 1; "a" 0; }', 'open', ''],
    [
      'limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s;\nmap $http_x $net { default 1; }',
      'closed',
      '',
    ],
  ])('reads the http-snippet for what it decides: %s', (snippet, verdict, reason) => {
    const f = fixture({
      configSnippets: {
        'http-snippet': snippet,
        'location-snippet': 'set $net2 "";\nif ($net) { return 403; }',
      },
      ingresses: [{}],
    })
    expect(verdicts(f)).toEqual([verdict])
    expect(reasons(f)).toContain(reason)
  })

  it('says where a refusal stands', () => {
    const [path] = told(
      fixture({ ingresses: [{ snippets: { 'configuration-snippet': `gzip on;\n\n${check(token)}` } }] }),
    ).paths
    expect(path?.refusals).toEqual([{ status: 403, place: { origin: 'configuration-snippet', line: 4 } }])
  })
})

describe('the client addresses that nginx may see', () => {
  const clients = ['8.8.8.0/24']
  const balanced: Arrival = {
    clients,
    peer: 'balancer',
    balancer: ['10.0.0.0/16'],
    appendsForwardedFor: true,
  }
  const seen = (data: Readonly<Record<string, string>>, from: Arrival) =>
    seenAddresses(settingsOf({ ...controllerOf(fixture({})), data }), from)
  const any = { kind: 'addresses', cidrs: ['0.0.0.0/0', '::/0'] }
  const forwarded = { 'use-forwarded-headers': 'true' }

  it.each([
    ['its own behind nothing', {}, { ...balanced, peer: 'client' as const }, clients],
    ['the balancer’s behind a balancer', {}, balanced, ['10.0.0.0/16']],
    ['its own through the PROXY protocol', { 'use-proxy-protocol': 'true' }, balanced, clients],
    [
      'its own where only the balancer is believed',
      { ...forwarded, 'proxy-real-ip-cidr': '10.0.0.0/8' },
      balanced,
      clients,
    ],
    [
      'the balancer’s where others are believed',
      { ...forwarded, 'proxy-real-ip-cidr': '172.16.0.0/12' },
      balanced,
      ['10.0.0.0/16'],
    ],
  ])('are %s', (_, data, from, cidrs) => {
    expect(seen(data, from)).toEqual({ kind: 'addresses', cidrs })
  })

  it.each([
    ['everyone is believed, as by default', forwarded, balanced],
    [
      'the balancer adds nothing',
      { ...forwarded, 'proxy-real-ip-cidr': '10.0.0.0/8' },
      { ...balanced, appendsForwardedFor: false },
    ],
    ['clients themselves are believed', forwarded, { ...balanced, peer: 'client' as const }],
    ['the real address is asked for by its other name', { 'enable-real-ip': 'true' }, balanced],
  ])('are any that it writes where %s', (_, data, from) => {
    expect(seen(data, from)).toEqual(any)
  })

  it('are unknown where the balancer is', () => {
    expect(seen({}, { ...balanced, peer: 'unknown' }).kind).toBe('unknown')
    expect(seen({}, { ...balanced, balancer: [] }).kind).toBe('unknown')
    const narrow = { ...forwarded, 'proxy-real-ip-cidr': '10.0.0.0/8' }
    expect(seen(narrow, { ...balanced, balancer: [] }).kind).toBe('unknown')
  })
})
