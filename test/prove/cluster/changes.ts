/** Changes of a cluster that somebody may make and that decide who gets in: annotations, settings, snippets, objects. */
import type { LocatedResource, Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { isSealed } from '#snapshot/sealed.ts'

export interface Change {
  readonly text: string
  readonly make: () => Snapshot
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const fields = (value: unknown): Fields => (isFields(value) ? value : {})

const swapped = (snapshot: Snapshot, old: LocatedResource, config: Fields): Snapshot => ({
  ...snapshot,
  resources: snapshot.resources.map(r => (r === old ? { ...r, config } : r)),
})

const annotations: Fields = {
  satisfy: 'any',
  'ssl-passthrough': 'true',
  'custom-http-errors': '403,401',
  'default-backend': 'shop',
  'server-alias': 'other.example.com',
  'auth-type': 'basic',
  'auth-secret': 'nobody',
  'auth-url': 'https://login.example.com/',
  'whitelist-source-range': '0.0.0.0/0',
  canary: 'true',
  'use-regex': 'true',
  'rewrite-target': '/other',
  'enable-modsecurity': 'true',
  'auth-tls-secret': 'shop/ca',
  'permanent-redirect': 'https://example.com/',
}

const settings: Fields = {
  'allow-snippet-annotations': 'false',
  'annotations-risk-level': 'High',
  'custom-http-errors': '403,401',
  'no-auth-locations': '/',
  'global-auth-url': 'https://login.example.com/',
  'use-forwarded-headers': 'true',
  'use-proxy-protocol': 'true',
  'enable-modsecurity': 'true',
  'http-snippet': { text: 'map $uri $x { default 1; }', values: [], problems: [] },
  'server-snippet': {
    text: 'location /out { proxy_pass http://upstream_balancer; }',
    values: [],
    problems: [],
  },
  'main-snippet': { text: 'env X;', values: [], problems: [] },
}

const edits: readonly (readonly [string, (text: string) => string])[] = [
  ['says nothing', () => ''],
  ['is turned round', t => t.replace('!=', '=')],
  ['breaks off first', t => `break; ${t}`],
  ['has an error page', t => `error_page 403 = @out; ${t}`],
  ['answers on one path only', t => t.replace(/\$http_\w+ != /, '$uri = ')],
  ['sets its variable before', t => `set $http_x_origin_token "x"; ${t}`],
  ['reads another variable', t => t.replace('$http_x_origin_token', '$token')],
  ['ends in a rewrite', t => t.replace('return 403;', 'rewrite ^ /ok last;')],
  ['does nothing inside', t => t.replace('return 403;', '')],
  ['is inside of another condition', t => `if ($request_method = POST) { ${t} }`],
  ['has an alternative', t => `if ($arg_debug) { break; } ${t}`],
  ['satisfies anybody', t => `satisfy any; allow all; ${t}`],
]

const isSnippet = (value: unknown): value is Fields & { readonly text: string } =>
  isFields(value) && typeof value.text === 'string' && Array.isArray(value.values)

/** The same object with one entry of a map of it changed. */
const entries = (map: Fields, put: (changed: Fields) => Fields): readonly (readonly [string, Fields])[] =>
  Object.entries(map).flatMap(([key, value]) => {
    if (!isSnippet(value)) return []
    const weak = (value.values as unknown[]).map(v => (isSealed(v) ? { ...v, bits: 10, exactBits: 10 } : v))
    return [
      ...edits.map(
        ([text, edit]) =>
          [`${key} ${text}`, put({ ...map, [key]: { ...value, text: edit(value.text) } })] as const,
      ),
      [`${key} compares with a weak value`, put({ ...map, [key]: { ...value, values: weak } })] as const,
      [
        `${key} is not closed`,
        put({ ...map, [key]: { ...value, problems: [{ kind: 'syntax', line: 1, text: 'not closed' }] } }),
      ] as const,
    ]
  })

const ofIngress = (resource: LocatedResource): readonly (readonly [string, Fields])[] => {
  const { config } = resource
  const metadata = fields(config.metadata)
  const own = fields(metadata.annotations)
  const put = (changed: Fields): Fields => ({ ...config, metadata: { ...metadata, annotations: changed } })
  return [
    ...Object.entries(annotations).map(
      ([key, value]) =>
        [`gets ${key}`, put({ ...own, [`nginx.ingress.kubernetes.io/${key}`]: value })] as const,
    ),
    ...entries(own, put),
    ['has no annotations', put({})] as const,
  ]
}

const ofSettings = (resource: LocatedResource): readonly (readonly [string, Fields])[] => {
  const own = fields(resource.config.data)
  const put = (data: Fields): Fields => ({ ...resource.config, data })
  return [
    ...Object.entries(settings).map(
      ([key, value]) => [`gets ${key}`, put({ ...own, [key]: value })] as const,
    ),
    ...entries(own, put),
    ['is empty', put({})] as const,
  ]
}

/** Another object of the same kind beside it. */
const twins = (snapshot: Snapshot): readonly Change[] =>
  snapshot.resources
    .filter(r => r.type === types.ingress || r.type === types.service)
    .flatMap(r => {
      const metadata = { ...fields(r.config.metadata), name: 'twin', annotations: {} }
      const spec = fields(r.config.spec)
      const kinds = r.type === types.service ? ['NodePort', 'LoadBalancer'] : ['']
      return kinds.map(type => ({
        text: `${r.arn} has a twin without its annotations ${type}`,
        make: () => ({
          ...snapshot,
          resources: [
            ...snapshot.resources,
            {
              ...r,
              arn: `${r.arn}-twin`,
              config: {
                ...r.config,
                metadata,
                spec: type === '' ? { ...spec, ingressClassName: 'nginx' } : { ...spec, type },
              },
            },
          ],
        }),
      }))
    })

export const clusterChanges = (snapshot: Snapshot): readonly Change[] => [
  ...snapshot.resources.flatMap(r => {
    const made = r.type === types.ingress ? ofIngress(r) : r.type === types.configMap ? ofSettings(r) : []
    return made.map(([text, config]) => ({
      text: `${r.arn} ${text}`,
      make: () => swapped(snapshot, r, config),
    }))
  }),
  ...twins(snapshot),
]
