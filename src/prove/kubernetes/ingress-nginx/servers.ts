/** The servers and locations that ingress-nginx builds from Ingress objects: one server for each host, the older object first. */
import { compareText } from '#base/canonical.ts'
import type { BackendService, Ingress, PathType, Snippet } from '#topology/model/kubernetes.ts'
import { spoken } from './settings.ts'

/** The server that takes every host without one of its own. */
export const defaultHost = '_'

export interface Location {
  readonly path: string
  readonly pathType: PathType
  /** The object whose annotations apply; null for the default backend of the controller. */
  readonly ingress: Ingress | null
  readonly service: BackendService | null
  /** Stands only because the host has no rule for `/`. */
  readonly isDefault: boolean
  /** Objects marked as canary whose backends this location may choose; their own annotations are not applied. */
  readonly canaries: readonly Ingress[]
}

export interface Server {
  readonly host: string
  readonly aliases: readonly string[]
  readonly snippet: { readonly ingress: Ingress; readonly snippet: Snippet } | null
  /** Objects whose server-snippet was dropped, because an older one of the same host has its own. */
  readonly lostSnippets: readonly Ingress[]
  readonly locations: readonly Location[]
}

type Open = { -readonly [K in keyof Server]: Server[K] }

const isCanary = (ingress: Ingress): boolean => ingress.annotations.canary === 'true'

export const hostOf = (host: string): string => (host === '' ? defaultHost : host)

/** Oldest first; of the same age, by name in falling order. */
export const inOrder = (ingresses: readonly Ingress[]): readonly Ingress[] =>
  ingresses.toSorted(
    (a, b) =>
      compareText(a.createdAt ?? '', b.createdAt ?? '') ||
      compareText(`${b.namespace}/${b.name}`, `${a.namespace}/${a.name}`),
  )

/** `ingresses` in the order in which the controller takes them; snippets are applied only where `snippets` says so. */
export const serversOf = (ingresses: readonly Ingress[], snippets: boolean): readonly Server[] => {
  const servers = new Map<string, Open>([[defaultHost, emptyServer(defaultHost, rootOf(null, null))]])
  const plain = ingresses.filter(i => !isCanary(i))
  for (const ingress of plain) addServers(servers, ingress)
  for (const ingress of plain) addServerSettings(servers, ingress, snippets)
  for (const ingress of plain) addLocations(servers, ingress)
  for (const ingress of ingresses.filter(isCanary)) addCanary(servers, ingress)
  const taken = new Set(servers.keys())
  for (const server of servers.values())
    server.aliases = [...new Set(server.aliases)].filter(a => !taken.has(a))
  return [...servers.values()]
}

const emptyServer = (host: string, root: Location): Open => ({
  host,
  aliases: [],
  snippet: null,
  lostSnippets: [],
  locations: [root],
})

const rootOf = (ingress: Ingress | null, service: BackendService | null): Location => ({
  path: '/',
  pathType: 'Prefix',
  ingress,
  service,
  isDefault: true,
  canaries: [],
})

const addServers = (servers: Map<string, Open>, ingress: Ingress): void => {
  const fallback = servers.get(defaultHost)
  const [root] = fallback?.locations ?? []
  if (ingress.rules.length === 0 && ingress.defaultBackend !== null && fallback && root?.ingress === null) {
    // An object without rules configures the server of every other host.
    const taken = { ...rootOf(ingress, ingress.defaultBackend), isDefault: false }
    fallback.locations = [taken, ...fallback.locations.slice(1)]
  }
  for (const rule of ingress.rules) {
    const host = hostOf(rule.host)
    if (!servers.has(host)) servers.set(host, emptyServer(host, rootOf(ingress, ingress.defaultBackend)))
  }
}

const addServerSettings = (servers: Map<string, Open>, ingress: Ingress, snippets: boolean): void => {
  const snippet = snippets ? spoken(ingress.snippets['server-snippet']) : null
  const aliases = (ingress.annotations['server-alias'] ?? '')
    .split(',')
    .map(a => a.trim())
    .filter(a => a !== '')
  for (const rule of ingress.rules) {
    const server = servers.get(hostOf(rule.host))
    if (server === undefined) continue
    if (server.aliases.length === 0) server.aliases = aliases
    if (snippet === null || server.snippet?.ingress === ingress) continue
    if (server.snippet === null) server.snippet = { ingress, snippet }
    else server.lostSnippets = [...server.lostSnippets, ingress]
  }
}

const addLocations = (servers: Map<string, Open>, ingress: Ingress): void => {
  for (const rule of ingress.rules) {
    const server = servers.get(hostOf(rule.host))
    if (server === undefined) continue
    for (const { path, pathType, service } of rule.paths) {
      if (service === null) continue
      const own: Location = {
        path: path === '' ? '/' : path,
        pathType,
        ingress,
        service,
        isDefault: false,
        canaries: [],
      }
      // The controller compares with the first location of that path only.
      const first = server.locations.findIndex(l => l.path === own.path)
      const before = server.locations[first]
      if (before === undefined || before.pathType !== pathType) server.locations = [...server.locations, own]
      else if (before.isDefault) server.locations = server.locations.with(first, own)
    }
  }
}

const addCanary = (servers: Map<string, Open>, canary: Ingress): void => {
  for (const rule of canary.rules) {
    const server = servers.get(hostOf(rule.host))
    if (server === undefined) continue
    server.locations = server.locations.map(l =>
      !l.isDefault && rule.paths.some(p => p.path === l.path && p.pathType === l.pathType)
        ? { ...l, canaries: [...l.canaries, canary] }
        : l,
    )
  }
}
