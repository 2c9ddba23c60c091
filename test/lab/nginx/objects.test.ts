/** From the objects of a cluster to what a controller renders from, and what the laboratory leaves to the model. */
import { describe, expect, it } from 'vitest'
import { controllerBehind, type Found } from '#lab/nginx/objects.ts'
import { nginxConfigOf } from '#lab/nginx/render.ts'
import type { KubernetesObject } from '#lab/world.ts'
import { demoObjects } from '../../../fixtures/worlds/demo-cluster.ts'

const main = 'ingress-nginx/ingress-nginx-controller'
const isNamed = (kind: string, name: string) => (o: KubernetesObject) =>
  o.kind === kind && o.metadata.name === name

/** The demo's objects with one of them changed. */
const changed = (
  is: (o: KubernetesObject) => boolean,
  change: (o: KubernetesObject) => object,
): readonly KubernetesObject[] => {
  expect(demoObjects.some(is)).toBe(true)
  return demoObjects.map(o => (is(o) ? { ...o, ...change(o) } : o))
}

const sourceOf = (found: Found) => {
  if ('unplayed' in found) throw new Error(found.unplayed)
  return found
}

const inMain = (o: KubernetesObject): boolean => o.metadata.namespace === 'ingress-nginx'
const settings = (data: object) =>
  changed(
    o => o.kind === 'ConfigMap' && inMain(o),
    () => ({ data }),
  )
const annotated = (annotations: object) =>
  changed(isNamed('Ingress', 'search'), o => ({ metadata: { ...o.metadata, annotations } }))

describe('the controllers of the demo', () => {
  it('render the Ingress objects of their own class', () => {
    const names = ['ingress-nginx', 'ingress-plain', 'ingress-wide'].map(space =>
      sourceOf(controllerBehind(demoObjects, `${space}/ingress-nginx-controller`)).ingresses.map(i => i.name),
    )
    expect(names[0]).toEqual(expect.arrayContaining(['orders', 'reports', 'search', 'chat', 'chat-health']))
    expect(names.slice(1)).toEqual([
      ['invoices', 'fallback'],
      ['catalog-health', 'catalog'],
    ])
  })

  it('render an object that names the class in the old way', () => {
    const annotations = { 'kubernetes.io/ingress.class': 'nginx-plain' }
    const objects = changed(isNamed('Ingress', 'search'), o => ({
      metadata: { ...o.metadata, annotations },
      spec: { ...(o.spec as object), ingressClassName: undefined },
    }))
    const plain = sourceOf(controllerBehind(objects, 'ingress-plain/ingress-nginx-controller'))
    expect(plain.ingresses.map(i => i.name)).toEqual(['search', 'invoices', 'fallback'])
  })

  it('take the settings that their arguments name, and the passwords of their Secrets', () => {
    const source = sourceOf(controllerBehind(demoObjects, main))
    expect(source.config['annotations-risk-level']).toBe('Critical')
    expect(source.version).toBe('1.15.1')
    expect(source.htpasswd['shop/intern-edge']).toMatch(/^cloudfront:\{SHA\}/)
  })

  it('are told apart by all labels that their Services choose by', () => {
    const twin = demoObjects
      .filter(o => o.kind === 'Deployment' && inMain(o))
      .map(o => {
        const text = JSON.stringify(o).replaceAll('app.kubernetes.io/instance":"ingress-nginx', '$&-2')
        return JSON.parse(text.replace('v1.15.1', 'v1.8.4')) as KubernetesObject
      })
    expect(JSON.stringify(twin)).toContain('ingress-nginx-2')
    expect(sourceOf(controllerBehind([...twin, ...demoObjects], main)).version).toBe('1.15.1')
  })

  it('render the password of the namespace of each Ingress, and its realm', () => {
    const { http, files } = nginxConfigOf(sourceOf(controllerBehind(demoObjects, main)), 8080, 8081)
    expect(http).toContain('auth_basic "edge"; auth_basic_user_file "@dir@/shop-intern-edge";')
    expect(files?.['shop-intern-edge']).toMatch(/^cloudfront:/)
  })
})

describe('the order of objects', () => {
  const of = (...ingresses: readonly (readonly [name: string, age: string | undefined])[]) => {
    const [example] = demoObjects.filter(isNamed('Ingress', 'search'))
    const made = ingresses.map(([name, creationTimestamp]) => ({
      ...example,
      metadata: { name, namespace: 'shop', creationTimestamp },
    }))
    const others = demoObjects.filter(o => o.kind !== 'Ingress')
    return sourceOf(controllerBehind([...others, ...(made as KubernetesObject[])], main)).ingresses.map(
      i => i.name,
    )
  }

  it('is by age, and where that is the same by name in falling order', () => {
    const [old, young] = ['2025-01-01T00:00:00Z', '2025-06-01T00:00:00Z']
    expect(of(['a', young], ['b', old])).toEqual(['b', 'a'])
    expect(of(['a', old], ['b', old])).toEqual(['b', 'a'])
    expect(of(['b', undefined], ['a', undefined])).toEqual(['b', 'a'])
  })
})

const nginxAnnotation = (name: string, value = 'x') => ({ [`nginx.ingress.kubernetes.io/${name}`]: value })

describe('what the laboratory does not play', () => {
  it.each([
    [
      'another controller',
      changed(
        o => o.kind === 'Deployment' && inMain(o),
        o => {
          const text = JSON.stringify(o.spec).replace(
            'registry.k8s.io/ingress-nginx/controller:v1.15.1',
            'traefik:v3',
          )
          return { spec: JSON.parse(text) }
        },
      ),
      'it is no ingress-nginx',
    ],
    [
      'a Service that leads to no workload',
      changed(
        o => o.kind === 'Service' && inMain(o),
        () => ({ spec: {} }),
      ),
      'it is no ingress-nginx',
    ],
    [
      'a setting',
      settings({ 'whitelist-source-range': '192.0.2.0/24' }),
      'the laboratory does not play its setting whitelist-source-range',
    ],
    [
      'an annotation',
      annotated(nginxAnnotation('enable-modsecurity')),
      'the laboratory does not play the annotation enable-modsecurity of Ingress shop/search',
    ],
    [
      'an annotation above the risk level',
      settings({ 'allow-snippet-annotations': 'true' }),
      'the controller does not take Ingress shop/support with its configuration-snippet',
    ],
    [
      'an argument',
      changed(
        o => o.kind === 'Deployment' && inMain(o),
        o => ({
          spec: JSON.parse(
            JSON.stringify(o.spec).replace(
              '--controller-class',
              '--watch-namespace=shop","--controller-class',
            ),
          ),
        }),
      ),
      'the laboratory does not play its argument --watch-namespace',
    ],
    [
      'a certificate of its own',
      changed(isNamed('Ingress', 'search'), o => ({ spec: { ...(o.spec as object), tls: [] } })),
      'the laboratory does not play the certificate of Ingress shop/search',
    ],
    [
      'an object without a class',
      changed(isNamed('Ingress', 'search'), () => ({ spec: {} })),
      'Ingress shop/search names no class',
    ],
  ] as const)('is said: %s', (_, objects, unplayed) => {
    expect(controllerBehind(objects, main)).toEqual({ unplayed })
  })

  it('takes what the risk level of its version lets through', () => {
    expect(
      controllerBehind(annotated(nginxAnnotation('server-alias', 'www.example.com')), main),
    ).toHaveProperty('version')
    expect(controllerBehind(annotated({ 'alb.ingress.kubernetes.io/x': 'y' }), main)).toHaveProperty(
      'version',
    )
  })
})
