/** Whether an Ingress object asks everybody for a secret or a login, by its own settings or the controller's; for checking only. */
import type { ClusterController, Ingress, IngressController, Snippet } from '#topology/model.ts'
import { isUnderstood, refusesStrangers } from './snippet.ts'

export type Gate = 'secret' | 'login' | 'none'

/** Bits from which nobody guesses a password. */
const strongBits = 100

const minor = (version: string | null): number | null => {
  const [, major = '', second = ''] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? []
  return major === '' ? null : major === '0' ? 0 : major === '1' ? Number(second) : 99
}

const spoken = (snippet: Snippet | undefined): readonly Snippet[] =>
  snippet === undefined || snippet.text.trim() === '' ? [] : [snippet]

/** Snippets of annotations are rendered, and objects that hold them are taken. */
const rendersSnippets = ({ data, version }: IngressController): boolean => {
  const allowed = data['allow-snippet-annotations']?.trim().toLowerCase()
  const risk = data['annotations-risk-level']?.trim().toLowerCase() ?? ''
  const at = minor(version)
  const takes =
    risk === 'critical' || (at !== null && (at < 9 || (at < 12 && !['low', 'medium', 'high'].includes(risk))))
  return takes && (allowed === undefined ? at !== null && at < 9 : allowed === 'true')
}

/** Keys and annotations that let requests in another way, or that this check does not follow. */
const otherKeys = [
  'custom-http-errors',
  'main-snippet',
  'http-snippet',
  'stream-snippet',
  'global-auth-snippet',
]
const otherNotes = [
  'custom-http-errors',
  'ssl-passthrough',
  'auth-tls-secret',
  'enable-modsecurity',
  'auth-snippet',
  'modsecurity-snippet',
  'stream-snippet',
]

const isPlain = ({ data, snippets }: IngressController): boolean =>
  otherKeys.every(k => (data[k] ?? '') === '' && spoken(snippets[k]).length === 0) &&
  Object.values(snippets).every(isUnderstood)

const isPlainIngress = ({ annotations, snippets }: Ingress): boolean =>
  otherNotes.every(k => !(k in annotations) && spoken(snippets[k]).length === 0) &&
  annotations.satisfy !== 'any' &&
  Object.values(snippets).every(isUnderstood)

/** Whether nothing about the controller and its objects is beyond this check. */
export const isFollowed = ({ controller, serves, gaps }: ClusterController): boolean =>
  gaps.length === 0 && isPlain(controller) && serves.every(s => isPlainIngress(s.ingress))

/** `others`: every object of the controller, for the one server-snippet that a host has. */
export const gateOf = (ingress: Ingress, controller: IngressController, others: readonly Ingress[]): Gate => {
  const own = rendersSnippets(controller) ? ingress.snippets['configuration-snippet'] : undefined
  const location = [...spoken(own), ...spoken(controller.snippets['location-snippet'])]
  const hosts = ingress.rules.length === 0 ? [''] : ingress.rules.map(r => r.host)
  const servers = hosts.map(host => [
    ...serverSnippet(host, controller, others),
    ...spoken(controller.snippets['server-snippet']),
  ])
  if (refusesStrangers(location) || servers.every(refusesStrangers)) return 'secret'
  return credentials(ingress, controller)
}

const serverSnippet = (
  host: string,
  controller: IngressController,
  others: readonly Ingress[],
): readonly Snippet[] => {
  if (!rendersSnippets(controller)) return []
  const holders = others.filter(i => i.rules.some(r => r.host === host) && i.annotations.canary !== 'true')
  const found = holders.flatMap(i => spoken(i.snippets['server-snippet']))
  return found.length === 1 ? found : []
}

const credentials = (
  { annotations, namespace, rules }: Ingress,
  { data, authSecrets }: IngressController,
): Gate => {
  const free = (data['no-auth-locations'] ?? '/.well-known/acme-challenge').split(',').map(p => p.trim())
  const paths = rules.flatMap(r => r.paths.map(p => p.path || '/'))
  if ([...paths, '/'].some(path => free.some(f => f !== '' && path.startsWith(f)))) return 'none'
  if (annotations['auth-type'] === 'basic' || annotations['auth-type'] === 'digest') {
    const name = annotations['auth-secret']?.trim() ?? ''
    const secret = name.includes('/') ? name : `${namespace}/${name}`
    const found = authSecrets.known ? authSecrets.value.find(s => s.name === secret) : undefined
    if (found?.state === 'usable' && (found.bits ?? 0) >= strongBits) return 'secret'
    // The controller answers 503 where there is no such file.
    return authSecrets.known && name !== '' && found?.state !== 'usable' ? 'secret' : 'none'
  }
  return (annotations['auth-url'] ?? '').trim() === '' ? 'none' : 'login'
}
