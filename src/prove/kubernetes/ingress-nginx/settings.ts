/** The settings of an ingress-nginx controller that decide what is rendered, with the defaults of its version. */
import type { IngressController, Snippet } from '#topology/model/kubernetes.ts'

export interface Settings {
  /** Null where the version, and so the default, was not observed. */
  readonly allowsSnippets: boolean | null
  /** Annotations above it make the controller ignore the whole Ingress; null where the default is not known. */
  readonly riskLevel: number | null
  readonly sslRedirect: boolean
  readonly forceSslRedirect: boolean
  readonly useForwardedHeaders: boolean
  readonly useProxyProtocol: boolean
  readonly enableRealIp: boolean
  readonly trustedProxies: readonly string[]
  readonly noAuthLocations: readonly string[]
  readonly globalAuthUrl: boolean
  readonly whitelist: readonly string[]
  readonly denylist: readonly string[]
  readonly blockCidrs: readonly string[]
  readonly modsecurity: boolean
  readonly joinsHeaders: boolean
}

/** Risk of annotations: Low, Medium, High, Critical (`annotations-risk.md` of ingress-nginx). */
const risks: readonly string[] = ['low', 'medium', 'high', 'critical']

const isTrue = (value: string | undefined): boolean => value?.trim().toLowerCase() === 'true'

export const listOf = (value: string | undefined): readonly string[] =>
  (value ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')

/** Null where the text is no version. */
const versionOf = (text: string | null): readonly [number, number] | null => {
  const found = /^v?(\d+)\.(\d+)/.exec(text ?? '')
  return found === null ? null : [Number(found[1]), Number(found[2])]
}

/** Whether the version is at least `1.minor`; null where it was not observed. */
const atLeast = (version: string | null, minor: number): boolean | null => {
  const own = versionOf(version)
  return own === null ? null : own[0] > 1 || (own[0] === 1 && own[1] >= minor)
}

/** Off unless asked for since 1.9; before that, on unless forbidden. */
const allowsSnippets = ({ data, version }: IngressController): boolean | null => {
  const written = data['allow-snippet-annotations']
  if (written !== undefined && /^\s*(?:true|false)\s*$/i.test(written)) return isTrue(written)
  const modern = atLeast(version, 9)
  return modern === null ? null : !modern
}

/** High since 1.12, Critical (everything) from 1.9 on, not checked before. */
const riskLevel = ({ data, version }: IngressController): number | null => {
  const checked = atLeast(version, 9)
  if (checked === false) return risks.length - 1
  const written = (data['annotations-risk-level'] ?? '').trim().toLowerCase()
  const index = risks.indexOf(written)
  if (index >= 0) return index
  const strict = atLeast(version, 12)
  return strict === null ? null : strict ? 2 : 3
}

export const settingsOf = (controller: IngressController): Settings => {
  const { data } = controller
  const proxies = listOf(data['proxy-real-ip-cidr'])
  return {
    allowsSnippets: allowsSnippets(controller),
    riskLevel: riskLevel(controller),
    sslRedirect: data['ssl-redirect'] === undefined || isTrue(data['ssl-redirect']),
    forceSslRedirect: isTrue(data['force-ssl-redirect']),
    useForwardedHeaders: isTrue(data['use-forwarded-headers']),
    useProxyProtocol: isTrue(data['use-proxy-protocol']),
    enableRealIp: isTrue(data['enable-real-ip']),
    trustedProxies: proxies.length > 0 ? proxies : ['0.0.0.0/0'],
    noAuthLocations: listOf(data['no-auth-locations'] ?? '/.well-known/acme-challenge'),
    globalAuthUrl: (data['global-auth-url'] ?? '').trim() !== '',
    whitelist: listOf(data['whitelist-source-range']),
    denylist: listOf(data['denylist-source-range']),
    blockCidrs: listOf(data['block-cidrs']),
    modsecurity: isTrue(data['enable-modsecurity']),
    // 1.10 moved from nginx 1.21 to 1.25; an unknown version is read as either.
    joinsHeaders: atLeast(controller.version, 10) !== false,
  }
}

/** The snippet where it says anything. */
export const spoken = (snippet: Snippet | undefined): Snippet | null =>
  snippet === undefined || (snippet.text.trim() === '' && snippet.problems.length === 0) ? null : snippet

/** Annotations that decide whether an Ingress is taken at all, by risk; those of Critical risk are the snippets. */
const highRisk = new Set([
  'server-alias',
  'auth-tls-error-page',
  'auth-tls-match-cn',
  'auth-signin',
  'auth-url',
  'mirror-host',
  'mirror-target',
  'modsecurity-transaction-id',
  'proxy-ssl-name',
  'upstream-hash-by',
])
const mediumRisk =
  /^(?:allowlist-source-range|whitelist-source-range|denylist-source-range|auth-realm|auth-secret|canary-by-.+|auth-tls-secret|auth-tls-verify-client|cors-allow-(?:headers|methods|origin)|cors-expose-headers|custom-headers|auth-cache-.+|auth-proxy-set-headers|auth-request-redirect|auth-response-headers|auth-signin-redirect-param|fastcgi-.+|proxy-(?:body-size|cookie-.+|next-upstream|redirect-.+)|proxy-ssl-(?:ciphers|secret)|permanent-redirect|temporal-redirect|app-root|force-ssl-redirect|preserve-trailing-slash|rewrite-target|affinity-mode|session-cookie-.+|x-forwarded-prefix|opentelemetry-operation-name)$/

/** 0 Low, 1 Medium, 2 High, 3 Critical. */
export const riskOf = (annotation: string): number =>
  /-snippet$/.test(annotation) ? 3 : highRisk.has(annotation) ? 2 : mediumRisk.test(annotation) ? 1 : 0
