import { describe, expect, it } from 'vitest'
import { keyedFingerprint } from '#base/fingerprint.ts'
import { recordsOfManifests } from '#collect/kubernetes/manifests.ts'
import type { ResourceRecord } from '#snapshot/record.ts'
import { sealResources } from '#snapshot/seal.ts'
import { isSealed, type Sealed } from '#snapshot/sealed.ts'
import {
  albToken,
  allSecrets,
  files,
  htpasswd,
  password,
  routeToken,
  token,
} from '../collect/kubernetes/shop.ts'

const key = new Uint8Array(32).fill(7)
const other = 'Xd3rT8vL2mK9wQ5zB7nJ1cH4fP6yG0sA'

/** A distribution that sends these headers to its origin. */
const sending = (...headers: readonly (readonly [string, string])[]): ResourceRecord => ({
  record: 'resource',
  type: 'AWS::CloudFront::Distribution',
  arn: 'arn:aws:cloudfront::111122223333:distribution/E1',
  account: '111122223333',
  region: 'us-east-1',
  source: { kind: 'aws', service: 'cloudfront', operation: 'ListDistributions' },
  config: {
    Origins: {
      Items: [
        {
          CustomHeaders: { Items: headers.map(([HeaderName, HeaderValue]) => ({ HeaderName, HeaderValue })) },
        },
      ],
    },
  },
})

const sealedWith = (text: string, ...headers: readonly (readonly [string, string])[]) =>
  sealResources([sending(...headers), ...recordsOfManifests([{ path: 'a.yaml', text }]).records], key)

const valuesIn = (value: unknown): readonly Sealed[] => {
  if (isSealed(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : []
}

const configOf = (records: readonly ResourceRecord[], type: string) =>
  records.find(r => r.type === `Kubernetes::${type}`)?.config

const ingress = (annotations: Readonly<Record<string, string>>) =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'a', annotations },
  })

const annotationsOf = (annotations: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> => {
  const config = configOf(sealedWith(ingress(annotations)), 'Ingress')
  return (config as { metadata: { annotations: Record<string, unknown> } }).metadata.annotations
}

describe('manifests full of secrets', () => {
  const records = sealResources(
    [sending(['cf-token', token], ['x-origin-verify', routeToken]), ...recordsOfManifests(files).records],
    key,
  )

  it('leave the door with none of them, in no encoding', () => {
    const text = JSON.stringify(records)
    for (const secret of allSecrets) {
      const bytes = Buffer.from(secret)
      for (const form of [
        secret,
        bytes.toString('base64').slice(0, 24),
        bytes.toString('hex'),
        encodeURI(secret),
      ])
        expect(text.toLowerCase()).not.toContain(form.toLowerCase())
    }
    expect(text).not.toContain(htpasswd)
  })

  it('are left as they are when sealed again', () => {
    expect(sealResources(records, key)).toEqual(records)
  })

  it('show which of them CloudFront sends, and that it passes their checks', () => {
    const sent = keyedFingerprint(key, token)
    const compared = (type: string) => valuesIn(configOf(records, type)).map(v => v.sealed)
    expect(compared('ConfigMap')).toEqual([sent])
    expect(compared('Ingress')).toEqual([sent])
    for (const type of ['HTTPRoute', 'IngressRoute'])
      expect(compared(type)).toContain(keyedFingerprint(key, routeToken))
    const [value] = valuesIn(records.find(r => r.type === 'AWS::CloudFront::Distribution')?.config)
    expect(value?.meets).toEqual([`nginx:=|${sent}`])
  })
})

describe('an annotation', () => {
  it('with conditions of the load balancer controller is parsed, and only its values are sealed', () => {
    const conditions = [
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'X-Origin-Verify', values: [albToken] } },
      { field: 'query-string', queryStringConfig: { values: [{ key: 'token', value: other }] } },
      { field: 'path-pattern', pathPatternConfig: { values: ['/a/*'] } },
    ]
    const name = 'alb.ingress.kubernetes.io/conditions.shop'
    expect(annotationsOf({ [name]: JSON.stringify(conditions) })[name]).toEqual([
      {
        field: 'http-header',
        httpHeaderConfig: {
          httpHeaderName: 'X-Origin-Verify',
          values: [expect.objectContaining({ sealed: keyedFingerprint(key, albToken), dialect: 'alb-glob' })],
        },
      },
      {
        field: 'query-string',
        queryStringConfig: { values: [{ key: 'token', value: expect.objectContaining({ length: 32 }) }] },
      },
      conditions[2],
    ])
    expect(isSealed(annotationsOf({ [name]: `[{"${albToken}` })[name])).toBe(true)
  })

  it.each([
    ['auth-url', `https://user:${other}@example.com/`],
    ['auth-url', 'https://example.com/?api_key=hunter2'],
    ['auth-signin', `https://example.com/${other}`],
    ['some-new-setting', other],
  ])('%s keeps no token of %s', (name, value) => {
    const kept = annotationsOf({ [`nginx.ingress.kubernetes.io/${name}`]: value })
    expect(JSON.stringify(kept)).not.toMatch(/hunter2|Xd3rT8/)
    expect(JSON.stringify(kept)).toContain('[sealed:')
  })

  it.each([
    ['nginx.ingress.kubernetes.io/auth-secret', 'external-auth/response-headers-for-shop-2f9c4b7d1e'],
    ['alb.ingress.kubernetes.io/security-groups', 'sg-0123456789abcdef0'],
    [
      'alb.ingress.kubernetes.io/wafv2-acl-arn',
      'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/a1b2c3d4-1234',
    ],
    ['nginx.ingress.kubernetes.io/server-alias', 'shop-a1b2c3d4e5f6a7b8c9d0e1f2.example.com'],
    ['nginx.ingress.kubernetes.io/auth-url', 'http://oauth2-proxy.login.svc.cluster.local:4180/oauth2/auth'],
    ['service.beta.kubernetes.io/aws-load-balancer-type', 'external'],
  ])('%s stays %s', (name, value) => {
    expect(annotationsOf({ [name]: value })).toEqual({ [name]: value })
  })

  it('of a tool around the cluster is not kept', () => {
    expect(
      annotationsOf({ 'kubectl.kubernetes.io/last-applied-configuration': other, 'argocd/x': 'y' }),
    ).toEqual({})
  })
})

describe('a rule of Traefik', () => {
  const matchOf = (match: string) => {
    const route = {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'IngressRoute',
      metadata: { name: 'a' },
      spec: { routes: [{ match }] },
    }
    const spec = configOf(sealedWith(JSON.stringify(route)), 'IngressRoute')?.spec
    return (spec as { routes: { match: { text: string; values: Sealed[]; length: number } }[] }).routes[0]
      ?.match
  }

  it.each([
    ['Host(`a`) && Header(`X-Token`, `V`)', 'Host(`a`) && Header(`X-Token`, `⟦0⟧`)', ['nginx:=']],
    [
      '!HeaderRegexp("X-Token", "^V$") || Path(`/x`)',
      '!HeaderRegexp("X-Token", `⟦0⟧`) || Path(`/x`)',
      ['nginx:~'],
    ],
    ['headers(`X-Token`,`V`)', 'headers(`X-Token`,`⟦0⟧`)', ['nginx:=']],
    ['Query(`token`, `V`)', 'Query(`token`, `⟦0⟧`)', ['nginx:=']],
    ['Header(`Accept`, `text/html`)', 'Header(`Accept`, `text/html`)', []],
    [
      'Header(`X-A`, `V`) && Header(`X-B`, `V`)',
      'Header(`X-A`, `⟦0⟧`) && Header(`X-B`, `⟦1⟧`)',
      ['nginx:=', 'nginx:='],
    ],
  ])('%s keeps its form', (rule, text, dialects) => {
    const match = matchOf(rule.replaceAll('V', other))
    expect(match?.text).toBe(text)
    expect(match?.values.map(v => v.dialect)).toEqual(dialects)
    expect(match?.length).toBe(rule.replaceAll('V', other).length)
  })

  it.each(['Header(`X-Token`, `V', 'Header(X-Token, V)', 'Header(`X-Token`, V)'])(
    'that cannot be read (%s) is one secret',
    rule => {
      const match = matchOf(rule.replaceAll('V', other))
      expect(match).toMatchObject({ text: '⟦0⟧' })
      expect(JSON.stringify(match)).not.toContain(other)
    },
  )
})

describe('a password file', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
  const guarded = (data: object, extra: Readonly<Record<string, string>> = {}) =>
    `${ingress({
      'nginx.ingress.kubernetes.io/auth-type': 'basic',
      'nginx.ingress.kubernetes.io/auth-secret': 'users',
      ...extra,
    })}\n---\n${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'users' }, ...data })}`
  const sha = '{SHA}jZiuzdLWnHfV1igpt/69kaCgNxw='

  const factsOf = (text: string, ...values: readonly string[]) =>
    configOf(sealedWith(text, ...values.map(v => ['Authorization', v] as const)), 'Secret')?.basicAuth

  it.each([
    ['the right value', basic(`shop:${password}`), { fits: true, defects: [] }],
    ['another user', basic(`Shop:${password}`), { fits: false, defects: ['user-mismatch'] }],
    ['another password', basic('shop:x'), { fits: false, defects: ['password-mismatch'] }],
    ['a line break inside', basic(`shop:${password}\n`), { fits: false, defects: ['trailing-newline'] }],
    ['no word Basic', basic(`shop:${password}`).slice(6), { fits: false, defects: ['prefix-missing'] }],
  ])('is compared with what CloudFront sends: %s', (_, value, expected) => {
    const facts = factsOf(guarded({ stringData: { auth: `shop:${sha}` } }), value)
    expect(facts).toEqual([
      expect.objectContaining({
        form: 'auth-file',
        state: 'usable',
        entries: 1,
        compared: [expect.objectContaining({ authorization: keyedFingerprint(key, value), ...expected })],
      }),
    ])
    expect(JSON.stringify(facts)).not.toContain(sha)
  })

  it('tells the bits of the password that fits, and compares every value', () => {
    const facts = factsOf(
      guarded({ stringData: { auth: `shop:${sha}` } }),
      basic(`shop:${password}`),
      basic('a:b'),
    )
    expect(facts).toEqual([
      expect.objectContaining({ bits: expect.any(Number), compared: [expect.anything(), expect.anything()] }),
    ])
  })

  it('may be a map of users, and is unreadable without the key that the controller asks for', () => {
    const map = { 'nginx.ingress.kubernetes.io/auth-secret-type': 'auth-map' }
    const base64 = Buffer.from(sha).toString('base64')
    expect(factsOf(guarded({ data: { shop: base64 } }, map), basic(`shop:${password}`))).toEqual([
      expect.objectContaining({ form: 'auth-map', compared: [expect.objectContaining({ fits: true })] }),
    ])
    expect(factsOf(guarded({ data: { users: base64 } }))).toEqual([
      { form: 'auth-file', state: 'unreadable', entries: 0, compared: [] },
    ])
  })

  it('whose hash would take minutes is not computed', () => {
    const hash = `$2y$31$${'a'.repeat(53)}`
    expect(factsOf(guarded({ stringData: { auth: `shop:${hash}` } }), basic('shop:x'))).toEqual([
      expect.objectContaining({
        compared: [expect.objectContaining({ fits: null, defects: ['unsupported-hash'] })],
      }),
    ])
  })
})

describe('an argument of a controller', () => {
  it('keeps the class that it names, and loses a token', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: c, namespace: c }
spec:
  template:
    spec:
      containers:
        - image: registry.k8s.io/ingress-nginx/controller:v1.15.1
          args: ["--controller-class=k8s.io/ingress-plain", "--token=${other}"]
`
    const written = JSON.stringify(sealedWith(text))
    expect(written).toContain('"--controller-class=k8s.io/ingress-plain"')
    expect(written).toContain('"--token=[sealed:')
    expect(written).not.toContain(other)
  })
})
