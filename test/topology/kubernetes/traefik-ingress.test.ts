/** The routers that Traefik makes of an Ingress, as its Kubernetes Ingress provider writes their rules. */
import { describe, expect, it } from 'vitest'
import { recordsOfManifests } from '#collect/kubernetes/manifests.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { ingressRouters, referred, servesIngress } from '#topology/kubernetes/traefik-ingress.ts'
import { staticConfigOf } from '#topology/kubernetes/traefik-static.ts'
import type { Middleware } from '#topology/model/traefik.ts'

const records = (text: string): readonly LocatedResource[] =>
  recordsOfManifests([{ path: 'a.yaml', text }]).records.map((r, n) => ({ ...r, line: n + 2 }))

const ingress = (spec: string, annotations: Readonly<Record<string, string>> = {}): LocatedResource => {
  const text = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop, annotations: ${JSON.stringify(annotations)} }\nspec: ${spec}\n`
  const [found] = records(text)
  if (found === undefined) throw new Error('There is no Ingress.')
  return found
}

const router = (name: string): string => `traefik.ingress.kubernetes.io/router.${name}`
const on = (...args: readonly string[]) => staticConfigOf(['--providers.kubernetesingress', ...args])
const path = (written: string, type: string): string =>
  `{ path: ${written}, pathType: ${type}, backend: { service: { name: web, port: { number: 80 } } } }`
const rule = (host: string, ...paths: readonly string[]): string =>
  `{ ${host === '' ? '' : `host: "${host}", `}http: { paths: [${paths.join(', ')}] } }`
const made = (resource: LocatedResource, config = on(), old = false) =>
  ingressRouters(resource, true, [], config, old)

describe('an Ingress of Traefik', () => {
  it.each([
    ['app.example.com', path('/', 'Prefix'), [], 'Host(`app.example.com`) && PathPrefix(`/`)'],
    ['', path('/api', 'Exact'), [], 'Path(`/api`)'],
    [
      '*.example.com',
      path('/', 'Prefix'),
      [],
      'HostRegexp(`^[a-zA-Z0-9-]+\\.example\\.com$`) && PathPrefix(`/`)',
    ],
    [
      '',
      path('/api/', 'Prefix'),
      ['--providers.kubernetesingress.strictprefixmatching=true'],
      '(Path(`/api`) || PathPrefix(`/api/`))',
    ],
  ])('has a router for host %j and %s', (host, own, args, match) => {
    const [found] = made(ingress(`{ rules: [${rule(host, own)}] }`), on(...args)).routes
    expect(found?.match).toEqual({ text: match, values: [], length: match.length })
    expect([found?.priority, found?.services, found?.doubt]).toEqual([
      null,
      [{ name: 'shop/web', port: '80' }],
      undefined,
    ])
  })

  it('may say how its paths are compared, where their type leaves it open', () => {
    const annotations = {
      [router('pathmatcher')]: 'PathRegexp',
      [router('priority')]: '42',
      [router('entrypoints')]: 'web, other',
    }
    const found = made(
      ingress(
        `{ rules: [${rule('', path('^/a', 'ImplementationSpecific'), path('/b', 'Prefix'))}] }`,
        annotations,
      ),
    )
    expect(found.routes.map(r => [r.match.text, r.priority])).toEqual([
      ['PathRegexp(`^/a`)', 42],
      ['PathPrefix(`/b`)', 42],
    ])
    expect(found.entryPoints).toEqual(['web', 'other'])
  })

  it('of nothing but a default backend takes what nobody else takes', () => {
    const backend = 'defaultBackend: { service: { name: web, port: { number: 80 } } }'
    expect(made(ingress(`{ ${backend} }`)).routes).toMatchObject([
      { match: { text: 'PathPrefix(`/`)' }, priority: -2147483648 },
    ])
    const beside = made(ingress(`{ ${backend}, rules: [${rule('', path('/a', 'Exact'))}] }`)).routes
    expect(beside.map(r => r.doubt)).toEqual([undefined, expect.stringContaining('default backend')])
  })
})

describe('whether Traefik serves an Ingress', () => {
  const classes = (controller: string, isDefault = false) =>
    records(
      `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: edge, annotations: { ingressclass.kubernetes.io/is-default-class: "${isDefault}" } }\nspec: { controller: ${controller} }\n`,
    ).filter(r => r.type === types.ingressClass)
  const own = classes('traefik.io/ingress-controller')
  const old = (name: string) => ingress('{}', { 'kubernetes.io/ingress.class': name })

  it.each([
    ["its class is Traefik's", ingress('{ ingressClassName: edge }'), own, on(), true],
    [
      "its class is another controller's",
      ingress('{ ingressClassName: edge }'),
      classes('k8s.io/ingress-nginx'),
      on(),
      false,
    ],
    ['its class was not read', ingress('{ ingressClassName: edge }'), [], on(), 'unknown'],
    [
      'Traefik serves another class',
      ingress('{ ingressClassName: edge }'),
      own,
      on('--providers.kubernetesingress.ingressclass=other'),
      false,
    ],
    ['it names no class', ingress('{}'), own, on(), true],
    [
      'it names no class, and there is a default one',
      ingress('{}'),
      classes('k8s.io/ingress-nginx', true),
      on(),
      'unknown',
    ],
    [
      'it names no class, and Traefik serves one',
      ingress('{}'),
      own,
      on('--providers.kubernetesingress.ingressclass=edge'),
      false,
    ],
    ['the old annotation says traefik', old('traefik'), [], on(), true],
    ['the old annotation says nginx', old('nginx'), [], on(), false],
    [
      'the provider is off',
      ingress('{}'),
      own,
      staticConfigOf(['--providers.kubernetesingress=false']),
      false,
    ],
    [
      'only objects of ingress-nginx are served',
      ingress('{}'),
      own,
      staticConfigOf(['--providers.kubernetesingressnginx']),
      false,
    ],
  ] as const)('%s', (_, resource, all, config, served) => {
    expect(servesIngress(resource, all, config)).toBe(served)
  })
})

describe('a reference to a middleware', () => {
  const named = (namespace: string, name: string) => ({ namespace, name }) as Middleware
  const all = [named('shop', 'gate'), named('a-b', 'c'), named('a', 'b-c')]

  it('finds the one that was read', () => {
    expect(referred('shop-gate@kubernetescrd', all)).toEqual({ namespace: 'shop', name: 'gate' })
  })

  it.each(['a-b-c@kubernetescrd', 'shop-gone@kubernetescrd', 'shop-gate', 'gate@file'])(
    '%s is doubted: two have that name, or none, or it is of another provider',
    reference => {
      expect(referred(reference, all).doubt).toContain(reference)
    },
  )
})
