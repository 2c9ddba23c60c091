/** A fixture as the model takes it: sealed, with the ages of its objects. */
import { known } from '#base/known.ts'
import type { Arrival } from '#prove/kubernetes/ingress-nginx/addresses.ts'
import { basicAuthFacts } from '#snapshot/basic-auth.ts'
import type { BasicAuthSecret, Ingress, IngressController, Snippet } from '#topology/model/kubernetes.ts'
import type { Ref } from '#topology/model.ts'
import { host, type IngressFixture, type IngressSource } from '../../../fixtures/ingress-nginx/fixture.ts'
import { sealedSnippet } from './seal.ts'

const refOf = (type: string, name: string): Ref => ({
  arn: `kubernetes:default/${type}/${name}`,
  type,
  name,
  account: '',
  region: '',
  line: 1,
})

const sealedAll = (texts: Readonly<Record<string, string>> = {}): Readonly<Record<string, Snippet>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sealedSnippet(text)]))

const ingressOf = (source: IngressSource, at: number): Ingress => {
  const name = source.name ?? 'shop'
  const rule = (h: string) => ({
    host: h,
    paths: (source.paths ?? [{ path: '/' }]).map(({ path, type }) => ({
      path,
      pathType: type ?? ('Prefix' as const),
      service: { name: source.service ?? 'shop', port: '80' },
    })),
  })
  return {
    ref: refOf('Ingress', name),
    place: null,
    namespace: 'default',
    name,
    className: 'nginx',
    createdAt: `2025-01-${String(at + 1).padStart(2, '0')}T00:00:00Z`,
    rules: source.rules === false ? [] : (source.hosts ?? [host]).map(rule),
    defaultBackend: source.defaultBackend === undefined ? null : { name: source.defaultBackend, port: '80' },
    annotations: source.annotations ?? {},
    snippets: sealedAll(source.snippets),
  }
}

export const ingressesOf = (fixture: IngressFixture): readonly Ingress[] => fixture.ingresses.map(ingressOf)

/** As the door tells it: the bits of the password are known where CloudFront has it. */
const secretsOf = (fixture: IngressFixture): readonly BasicAuthSecret[] =>
  Object.entries(fixture.htpasswd ?? {}).map(([name, file]) => {
    const { bits } = basicAuthFacts(fixture.header === 'authorization' ? (fixture.value ?? '') : '', file)
    return { name, state: 'usable', ...(bits === undefined ? {} : { bits }) }
  })

export const controllerOf = (fixture: IngressFixture): IngressController => ({
  ref: refOf('ConfigMap', 'ingress-nginx-controller'),
  place: null,
  version: fixture.version ?? '1.12.1',
  data: { 'annotations-risk-level': 'Critical', ...fixture.config },
  snippets: sealedAll(fixture.configSnippets),
  sslPassthrough: false,
  authSecrets: known(secretsOf(fixture)),
})

/** Everybody is on loopback here, and nothing stands in between. */
export const arrival: Arrival = {
  clients: ['127.0.0.0/8'],
  peer: 'client',
  balancer: [],
  appendsForwardedFor: false,
}

/** Every text of a fixture that may hold a pattern. */
export const textsOf = (fixture: IngressFixture): readonly string[] => [
  ...fixture.ingresses.flatMap(i => Object.values(i.snippets ?? {})),
  ...Object.values(fixture.configSnippets ?? {}),
]
