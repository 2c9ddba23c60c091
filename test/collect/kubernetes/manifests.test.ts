import { describe, expect, it } from 'vitest'
import { recordsOfManifests } from '#collect/kubernetes/manifests.ts'
import { files } from './shop.ts'

const read = (text: string, path = 'k8s/app.yaml') => recordsOfManifests([{ path, text }])

const ingress = (name: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
`

const placesIn = (text: string) =>
  read(text).records.map(({ arn, source }) => [arn.split('/').at(-1), source.kind === 'file' && source.line])

describe('manifests', () => {
  it('become records of the kinds that are read, each with its file and line', () => {
    const { records, gaps, reads } = recordsOfManifests(files)
    expect(gaps).toEqual([])
    expect(reads).toEqual([
      expect.objectContaining({ operation: 'ReadManifests', region: 'manifests', target: '*', count: 10 }),
    ])
    expect(records.map(({ arn, source }) => [arn, source])).toEqual([
      ['kubernetes://manifests/Deployment/ingress-nginx/ingress-nginx-controller', at('controller', 2)],
      ['kubernetes://manifests/ConfigMap/ingress-nginx/ingress-nginx-controller', at('controller', 22)],
      ['kubernetes://manifests/Ingress/shop/shop', at('shop', 1)],
      ['kubernetes://manifests/Secret/shop/shop-users', at('shop', 21)],
      ['kubernetes://manifests/Ingress/default/alb', at('shop', 32)],
      ['kubernetes://manifests/HTTPRoute/shop/shop', at('routes', 4)],
      ['kubernetes://manifests/IngressRoute/shop/shop', at('routes', 14)],
      ['kubernetes://manifests/Middleware/shop/headers', at('routes', 20)],
    ])
  })

  it('give the line on which a snippet begins, where its lines are lines of the file', () => {
    const annotated = (
      value: string,
    ) => `${ingress('a').replace('metadata: { name: a }', 'metadata:')}  name: a
  annotations:
    nginx.ingress.kubernetes.io/server-snippet: ${value}
`
    const lineOf = (value: string) =>
      JSON.stringify(read(annotated(value)).records[0]?.config).match(/"fileLine":(\d+)/)?.[1]
    expect(lineOf('|\n      return 403;')).toBe('7')
    expect(lineOf('return 403;')).toBe('6')
    expect(lineOf('>\n      if ($a)\n\n      { return 403; }')).toBeUndefined()
    expect(lineOf('"if ($a) {\\n return 403; }"')).toBeUndefined()
  })

  it('are parted at every line of three dashes, with comments and directives in front', () => {
    const text = `# head\n%YAML 1.2\n--- # Source: a.yaml\n${ingress('a')}---\n\n# nothing\n---\n${ingress('b')}...\n${ingress('c')}`
    expect(placesIn(text)).toEqual([
      ['a', 4],
      ['b', 11],
      ['c', 15],
    ])
  })

  it('may be JSON with tabs, and lists of one kind', () => {
    const list = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressList',
      items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
    }
    expect(placesIn(JSON.stringify(list, null, '\t'))).toEqual([
      ['a', 5],
      ['b', 10],
    ])
  })

  it.each([
    [
      'a quote that is not closed',
      'apiVersion: v1\nkind: "Service\nname: x',
      'a quote or bracket is not closed',
    ],
    ['a template', '{{ if .Values.on }}\nkind: Service\n{{ end }}', 'templates must be rendered first'],
    ['a key that stands twice', 'kind: Service\nkind: Ingress', 'a key stands twice in one mapping'],
    ['an alias without its anchor', 'kind: *none', 'its anchors and aliases cannot be resolved'],
    ['deep nesting', '['.repeat(50_000), 'it is nested too deeply'],
  ])('name file, line and document of %s, and read the rest', (_, broken, reason) => {
    const { records, gaps } = read(`${ingress('a')}---\n${broken}\n---\n${ingress('b')}`)
    expect(records.map(r => r.arn.split('/').at(-1))).toEqual(['a', 'b'])
    expect(gaps).toHaveLength(1)
    expect(gaps[0]).toMatchObject({ code: 'malformed', operation: 'ReadManifests', target: '*' })
    expect(gaps[0]?.message).toMatch(/^k8s\/app\.yaml line \d+ \(document 2\) cannot be read as YAML: /)
    expect(gaps[0]?.message).toContain(reason)
  })

  it('that are broken are told of without a word of their text', () => {
    const { gaps } = read('key: "Qm7xV2tZpL9sK4wN8rJ3hD6f\nnext: Qm7xV2tZpL9sK4wN8rJ3hD6f: x')
    expect(gaps).toHaveLength(1)
    expect(JSON.stringify(gaps)).not.toContain('Qm7xV2tZ')
  })

  it('of another version of a kind that is read are gaps, and other YAML is no concern', () => {
    const old = ingress('a').replace('networking.k8s.io/v1', 'extensions/v1beta1')
    expect(read(old).gaps).toEqual([
      expect.objectContaining({
        code: 'unrecognised',
        message:
          'The Ingress in k8s/app.yaml line 1 (document 1) is of extensions/v1beta1, which this version does not read.',
      }),
    ])
    for (const other of ['a: 1', '- 1', 'text', '', 'apiVersion: v1\nkind: Pod', 'Resources: !Ref X'])
      expect(read(other)).toMatchObject({ records: [], gaps: [] })
  })

  it('whose annotations are no text, or that have no name, are gaps', () => {
    const annotation = 'nginx.ingress.kubernetes.io/enable-cors'
    const loose = ingress('a').replace('name: a', `name: a, annotations: { ${annotation}: true }`)
    expect(read(loose).gaps.map(g => g.message)).toEqual([
      `The value of ${annotation} in k8s/app.yaml line 1 (document 1) is no text, which the API refuses: put it in quotes.`,
    ])
    expect(read(ingress('""')).gaps.map(g => g.message)).toEqual([
      'The Ingress in k8s/app.yaml line 1 (document 1) has no metadata.name.',
    ])
  })
})

describe('of the objects in manifests', () => {
  const named = (kind: string, name: string, rest: string) =>
    `apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}\nkind: ${kind}\nmetadata: { name: ${name} }\n${rest}\n---\n`
  const running = (image: string) => `spec: { template: { spec: { containers: [{ image: "${image}" }] } } }`

  it.each([
    ['registry.k8s.io/ingress-nginx/controller:v1.12.1', true],
    ['mirror.example.com:5000/traefik:v3.1', true],
    ['public.ecr.aws/eks/aws-load-balancer-controller:v2.8.0', true],
    ['traefik/whoami:v1.10', false],
    ['registry.example.com/controller:v1', false],
  ])('a Deployment of %s is kept: %s', (image, kept) => {
    expect(read(named('Deployment', 'x', running(image))).records).toHaveLength(kept ? 1 : 0)
  })

  it('a ConfigMap is kept where a controller names it or its keys are those of one, a Secret where a check names it', () => {
    const text = [
      named('ConfigMap', 'settings', 'data: { annotations-risk-level: Critical }'),
      named('ConfigMap', 'app', 'data: { KEY: value }'),
      named('Secret', 'tls', 'stringData: { tls.key: value }'),
    ].join('')
    expect(read(text).records.map(r => r.arn)).toEqual(['kubernetes://manifests/ConfigMap/default/settings'])
  })
})

const at = (file: string, line: number) => ({ kind: 'file', path: `k8s/${file}.yaml`, line })
