/** A Kubernetes API server on loopback: lists and gives the objects of a world to real clients, page by page. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from '../live/server.ts'
import type { KubernetesObject } from '../world.ts'

export interface KubernetesCall {
  readonly verb: string
  /** As RBAC names it: `services`, `ingresses.networking.k8s.io`. */
  readonly resource: string
  /** Empty for a list of all namespaces. */
  readonly namespace: string
  /** Empty for a list. */
  readonly name: string
  /** What a page was asked to go on from; empty for the first. */
  readonly from: string
}

export interface KubernetesOptions {
  /** An HTTP status to refuse the call with. */
  readonly refuse?: (call: KubernetesCall) => number | undefined
  /** Groups that are served though the world has no object of theirs. */
  readonly groups?: readonly string[]
  /** Most objects of one page, however many are asked for. */
  readonly pageSize?: number
  readonly onCall?: (call: KubernetesCall) => void
}

export interface KubernetesServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** A kubeconfig with one context, `lab`. */
  readonly kubeconfig: string
  close(): Promise<void>
}

const token = 'lab-reader'
const builtIn = ['', 'apps', 'networking.k8s.io']

const pluralOf = (kind: string): string => {
  const lower = kind.toLowerCase()
  if (lower.endsWith('params')) return lower
  return lower.endsWith('s') ? `${lower}es` : `${lower}s`
}

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''

interface Path {
  readonly apiVersion: string
  readonly group: string
  readonly namespace: string
  readonly plural: string
  readonly name: string
}

/** `/api/v1/...` and `/apis/<group>/<version>/...`, with or without a namespace and a name. */
const pathOf = (path: string): Path | null => {
  const [, root, ...rest] = path.split('/').map(decodeURIComponent)
  const apiVersion = root === 'api' ? rest.shift() : root === 'apis' ? rest.splice(0, 2).join('/') : undefined
  if (apiVersion === undefined) return null
  // The namespaces themselves are objects too.
  const namespace = rest[0] === 'namespaces' && rest.length > 2 ? (rest.splice(0, 2)[1] ?? '') : ''
  const [plural = '', name = ''] = rest
  return { apiVersion, group: groupOf(apiVersion), namespace, plural, name }
}

/** What a real server writes into every object. */
const stamped = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: {
    uid: '00000000-0000-4000-8000-000000000001',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [{ manager: 'kubectl', operation: 'Update' }],
    ...object.metadata,
  },
})

interface Answer {
  readonly status: number
  readonly body: object
}

const refused = (status: number, message: string): Answer => ({
  status,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: status },
})

const given = (body: object): Answer => ({ status: 200, body })

const listAnswer = (
  { apiVersion, group }: Path,
  found: readonly KubernetesObject[],
  from: number,
  size: number,
): Answer => {
  const page = found.slice(from, from + size).map(stamped)
  const more = from + size < found.length ? String(from + size) : ''
  // Lists of built-in kinds do not repeat kind and version in each item.
  const items = builtIn.includes(group) ? page.map(({ kind: _, apiVersion: __, ...rest }) => rest) : page
  return given({ kind: 'List', apiVersion, metadata: { resourceVersion: '1', continue: more }, items })
}

const callOf = (method: string, { group, plural, namespace, name }: Path, from: string): KubernetesCall => ({
  verb: method !== 'GET' ? 'write' : name === '' ? 'list' : 'get',
  resource: group === '' ? plural : `${plural}.${group}`,
  namespace,
  name,
  from,
})

type Ask = (call: KubernetesCall, path: Path, limit: number) => Answer

const answering = (objects: readonly KubernetesObject[], options: KubernetesOptions): Ask => {
  const versions = new Set(objects.map(o => o.apiVersion))
  // A group is served in the versions that the world has objects of.
  const isServed = ({ apiVersion, group }: Path): boolean =>
    builtIn.includes(group) || versions.has(apiVersion) || (options.groups ?? []).includes(group)
  return (call, path, limit) => {
    const { apiVersion, namespace, plural, name } = path
    if (!isServed(path)) return refused(404, 'page not found')
    options.onCall?.(call)
    const status = call.verb === 'write' ? 405 : options.refuse?.(call)
    if (status !== undefined) return refused(status, `${call.resource} is refused`)
    const own = objects.filter(
      o =>
        o.apiVersion === apiVersion &&
        pluralOf(o.kind) === plural &&
        (namespace === '' || (o.metadata.namespace ?? 'default') === namespace),
    )
    if (call.verb === 'list')
      return listAnswer(path, own, Number(call.from), Math.min(limit, options.pageSize ?? limit))
    const object = own.find(o => o.metadata.name === name)
    return object ? given(stamped(object)) : refused(404, `${plural} not found`)
  }
}

const groupList = (
  objects: readonly KubernetesObject[],
  { groups = [], refuse }: KubernetesOptions,
): Answer => {
  const call = { verb: 'get', resource: 'apis', namespace: '', name: '', from: '' }
  const status = refuse?.(call)
  if (status !== undefined) return refused(status, 'apis are refused')
  const names = new Set([
    ...builtIn.filter(g => g !== ''),
    ...groups,
    ...objects.map(o => groupOf(o.apiVersion)),
  ])
  const list = [...names].filter(g => g !== '').map(name => ({ name, versions: [] }))
  return given({ kind: 'APIGroupList', apiVersion: 'v1', groups: list })
}

const serving = (objects: readonly KubernetesObject[], options: KubernetesOptions) => {
  const ask = answering(objects, options)
  const answer = (request: IncomingMessage): Answer => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (request.headers.authorization !== `Bearer ${token}`) return refused(401, 'Unauthorized')
    if (url.pathname.replace(/\/$/, '') === '/apis') return groupList(objects, options)
    const path = pathOf(url.pathname)
    if (path === null) return refused(404, 'page not found')
    const call = callOf(request.method ?? '', path, url.searchParams.get('continue') ?? '')
    return ask(call, path, Number(url.searchParams.get('limit') ?? '0') || Number.POSITIVE_INFINITY)
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { status, body } = answer(request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
}

const kubeconfigOf = (server: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'lab',
    clusters: [{ name: 'lab', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'reader', user: { token } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'reader' } }],
  })

export const serveKubernetes = async (
  objects: readonly KubernetesObject[],
  options: KubernetesOptions = {},
): Promise<KubernetesServer> => {
  const { port, close } = await listen(serving(objects, options))
  const url = `http://127.0.0.1:${port}`
  return { url, kubeconfig: kubeconfigOf(url), close }
}
