/** Writes the nginx configuration that ingress-nginx would render from a controller's objects, in its own words, apart from the model. */
import type { NginxConfig } from './process.ts'
import type { ControllerSource, IngressSource } from './source.ts'

interface Place {
  path: string
  type: string
  /** Null for the default backend of the controller. */
  source: IngressSource | null
  service: string | null
  isDefault: boolean
}

interface Site {
  host: string
  aliases: string[]
  snippet: string
  places: Place[]
}

const version = (text: string): number => Number(text.split('.')[1])

const items = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map(t => t.trim())
    .filter(t => t !== '')
const isNetwork = (text: string): boolean => /^[\d.]+(?:\/\d+)?$/.test(text)

/** The server of whatever no other names. */
const fallbackHost = '_'

const addServers = (sites: Map<string, Site>, source: IngressSource): void => {
  const root = { path: '/', type: 'Prefix', source, service: source.defaultBackend, isDefault: true }
  const fallback = sites.get(fallbackHost)
  if (source.rules.length === 0 && fallback) fallback.places = [{ ...root, isDefault: false }]
  for (const { host } of source.rules) {
    const name = host || fallbackHost
    if (!sites.has(name)) sites.set(name, { host: name, aliases: [], snippet: '', places: [root] })
  }
}

const addPlaces = (sites: Map<string, Site>, source: IngressSource, snippets: boolean): void => {
  for (const { host, paths } of source.rules) {
    const own = sites.get(host || fallbackHost)
    if (own === undefined) continue
    if (own.aliases.length === 0) own.aliases = items(source.annotations['server-alias'])
    if (own.snippet === '' && snippets) own.snippet = source.annotations['server-snippet'] ?? ''
    for (const { path, type, service } of paths) {
      const place: Place = { path: path || '/', type, source, service, isDefault: false }
      const at = own.places.findIndex(p => p.path === place.path)
      const before = own.places[at]
      if (before === undefined || before.type !== type) own.places.push(place)
      else if (before.isDefault) own.places[at] = place
    }
  }
}

const sitesOf = ({ ingresses }: ControllerSource, snippets: boolean): Site[] => {
  const primaries = ingresses.filter(i => i.annotations.canary !== 'true')
  const root: Place = { path: '/', type: 'Prefix', source: null, service: null, isDefault: true }
  const sites = new Map([[fallbackHost, { host: fallbackHost, aliases: [], snippet: '', places: [root] }]])
  for (const source of primaries) addServers(sites, source)
  for (const source of primaries) addPlaces(sites, source, snippets)
  return [...sites.values()]
}

const isRegex = ({ source, path }: Place): boolean => {
  const target = source?.annotations['rewrite-target']
  return source?.annotations['use-regex'] === 'true' || (target !== undefined && target !== path)
}

/** `location` lines in the order of the file. */
const locationsOf = (site: Site): [line: string, place: Place][] => {
  const regex = site.places.some(isRegex)
  const sorted = site.places
    .toSorted((a, b) => (a.path < b.path ? 1 : a.path > b.path ? -1 : 0))
    .toSorted((a, b) => b.path.length - a.path.length)
  return sorted.flatMap(place => {
    const { path, type } = place
    const line = (p: string, exact: boolean): string => (regex ? `~* "^${p}"` : exact ? `= ${p}` : p)
    if (path === '/' || type !== 'Prefix' || isRegex(place))
      return [[line(path, type === 'Exact'), place] as [string, Place]]
    const slashed = path.endsWith('/') ? path : `${path}/`
    const taken = site.places.some(p => p.type === 'Exact' && p.path === path)
    return [[line(slashed, false), place], ...(taken ? [] : [[line(path, true), place]])] as [string, Place][]
  })
}

/** `namespace/name`. */
const secretOf = ({ namespace, annotations }: IngressSource): string => {
  const named = annotations['auth-secret'] ?? ''
  return named.includes('/') ? named : `${namespace}/${named}`
}

const fileOf = (secret: string): string => secret.replace('/', '-')

const body = (
  { config, htpasswd }: ControllerSource,
  place: Place,
  snippets: boolean,
  backend: number,
): string => {
  const { source } = place
  if (place.service === null || source === null) return 'return 404;'
  const a = source.annotations
  const exempt = items(config['no-auth-locations'] ?? '/.well-known/acme-challenge').some(p =>
    place.path.startsWith(p),
  )
  const named = a['whitelist-source-range'] ?? a['allowlist-source-range']
  const allowed = items(named ?? config['whitelist-source-range']).filter(isNetwork)
  const wantsPassword = a['auth-type'] !== undefined
  const denied =
    (wantsPassword && (a['auth-type'] !== 'basic' || htpasswd[secretOf(source)] === undefined)) ||
    (named !== undefined && allowed.length === 0)
  const asksPassword = wantsPassword && !exempt
  if (denied) return 'return 503;'
  const target = a['rewrite-target']
  const realm = JSON.stringify(a['auth-realm'] ?? 'Authentication Required')
  return [
    ...items(a['denylist-source-range']).map(n => `deny ${n};`),
    ...allowed.map(n => `allow ${n};`),
    allowed.length > 0 ? 'deny all;' : '',
    a['auth-url'] !== undefined && !exempt ? 'auth_request /_external-auth;' : '',
    asksPassword
      ? `auth_basic ${realm}; auth_basic_user_file "@dir@/${fileOf(secretOf(source))}";\nproxy_set_header Authorization "";`
      : '',
    'proxy_set_header Host $http_host;',
    snippets ? (a['configuration-snippet'] ?? '') : '',
    config['location-snippet'] ?? '',
    a.satisfy === undefined ? '' : `satisfy ${a.satisfy};`,
    a['permanent-redirect'] === undefined ? '' : `return 301 ${a['permanent-redirect']};`,
    target === undefined ? '' : `rewrite "(?i)${place.path}" ${target} break;`,
    `proxy_set_header X-Service ${place.service};`,
    `proxy_pass http://127.0.0.1:${backend};`,
  ].join('\n')
}

/** Whether annotations' snippets are rendered: by default no more since 1.9. */
export const rendersSnippets = ({ config, version: own }: Pick<ControllerSource, 'config' | 'version'>) => {
  const written = config['allow-snippet-annotations']
  return written === undefined ? version(own) < 9 : written === 'true'
}

const serverOf = (source: ControllerSource, site: Site, port: number, backend: number): string => {
  const { config } = source
  const trusted = items(config['proxy-real-ip-cidr'] ?? '0.0.0.0/0').map(n => `set_real_ip_from ${n};`)
  const real =
    config['use-forwarded-headers'] === 'true'
      ? `real_ip_header X-Forwarded-For; real_ip_recursive on; ${trusted.join(' ')}`
      : ''
  const snippets = rendersSnippets(source)
  const locations = locationsOf(site).map(
    ([line, place]) => `location ${line} {\n${body(source, place, snippets, backend)}\n}`,
  )
  return `server {
      listen 127.0.0.1:${port}${site.host === fallbackHost ? ' default_server' : ''};
      server_name ${site.host} ${site.aliases.join(' ')};
      ${real}
      ${site.snippet}
      location = /_external-auth { internal; return 401; }
      ${locations.join('\n')}
      ${config['server-snippet'] ?? ''}
    }`
}

/**
 * Served on `port` of 127.0.0.1. Every Service is the server on `backend`, which is told the name of the Service in
 * `X-Service`.
 */
export const nginxConfigOf = (source: ControllerSource, port: number, backend: number): NginxConfig => {
  const sites = sitesOf(source, rendersSnippets(source))
  const servers = sites.map(site => serverOf(source, site, port, backend))
  return {
    http: [source.config['http-snippet'] ?? '', ...servers].join('\n'),
    files: Object.fromEntries(Object.entries(source.htpasswd).map(([name, text]) => [fileOf(name), text])),
  }
}
