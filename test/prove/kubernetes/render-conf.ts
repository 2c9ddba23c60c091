/** Writes the nginx configuration that ingress-nginx would render for a fixture, from its template, in its own words. */
import {
  host as defaultHostName,
  type IngressFixture,
  type IngressSource,
} from '../../../fixtures/ingress-nginx/fixture.ts'

interface Place {
  path: string
  type: string
  source: IngressSource
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

const sitesOf = (fixture: IngressFixture, snippets: boolean): Site[] => {
  const sites = new Map<string, Site>()
  const site = (host: string, root: Place): Site => {
    const made = sites.get(host) ?? { host, aliases: [], snippet: '', places: [root] }
    sites.set(host, made)
    return made
  }
  const primaries = fixture.ingresses.filter(i => i.annotations?.canary !== 'true')
  const none: IngressSource = {}
  const fallback = site('_', { path: '/', type: 'Prefix', source: none, service: null, isDefault: true })
  for (const source of primaries) {
    const root = {
      path: '/',
      type: 'Prefix',
      source,
      service: source.defaultBackend ?? null,
      isDefault: true,
    }
    if (source.rules === false) fallback.places = [{ ...root, isDefault: false }]
    else for (const host of source.hosts ?? [defaultHostName]) site(host, root)
  }
  for (const source of primaries.filter(s => s.rules !== false)) {
    for (const host of source.hosts ?? [defaultHostName]) {
      const own = sites.get(host)
      if (own === undefined) continue
      if (own.aliases.length === 0) own.aliases = items(source.annotations?.['server-alias'])
      if (own.snippet === '' && snippets) own.snippet = source.snippets?.['server-snippet'] ?? ''
      for (const { path, type = 'Prefix' } of source.paths ?? [{ path: '/' }]) {
        const place: Place = { path, type, source, service: source.service ?? 'shop', isDefault: false }
        const at = own.places.findIndex(p => p.path === path)
        const before = own.places[at]
        if (before === undefined || before.type !== type) own.places.push(place)
        else if (before.isDefault) own.places[at] = place
      }
    }
  }
  return [...sites.values()]
}

const isRegex = ({ source, path }: Place): boolean => {
  const target = source.annotations?.['rewrite-target']
  return source.annotations?.['use-regex'] === 'true' || (target !== undefined && target !== path)
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

const body = (fixture: IngressFixture, place: Place, snippets: boolean, backend: number): string => {
  const a = place.source.annotations ?? {}
  const config = fixture.config ?? {}
  if (place.service === null) return 'return 404;'
  const exempt = items(config['no-auth-locations'] ?? '/.well-known/acme-challenge').some(p =>
    place.path.startsWith(p),
  )
  const named = a['whitelist-source-range'] ?? a['allowlist-source-range']
  const allowed = items(named ?? config['whitelist-source-range']).filter(isNetwork)
  const secret = fixture.htpasswd?.[`default/${a['auth-secret'] ?? ''}`]
  const wantsPassword = a['auth-type'] !== undefined
  const denied =
    (wantsPassword && (a['auth-type'] !== 'basic' || secret === undefined)) ||
    (named !== undefined && allowed.length === 0)
  const asksPassword = wantsPassword && !exempt
  if (denied) return 'return 503;'
  const target = a['rewrite-target']
  return [
    ...items(a['denylist-source-range']).map(n => `deny ${n};`),
    ...allowed.map(n => `allow ${n};`),
    allowed.length > 0 ? 'deny all;' : '',
    a['auth-url'] !== undefined && !exempt ? 'auth_request /_external-auth;' : '',
    asksPassword
      ? `auth_basic "edge"; auth_basic_user_file @dir@/default-${a['auth-secret']};\nproxy_set_header Authorization "";`
      : '',
    'proxy_set_header Host $http_host;',
    snippets ? (place.source.snippets?.['configuration-snippet'] ?? '') : '',
    fixture.configSnippets?.['location-snippet'] ?? '',
    a.satisfy === undefined ? '' : `satisfy ${a.satisfy};`,
    a['permanent-redirect'] === undefined ? '' : `return 301 ${a['permanent-redirect']};`,
    target === undefined ? '' : `rewrite "(?i)${place.path}" ${target} break;`,
    `proxy_set_header X-Service ${place.service};`,
    `proxy_pass http://127.0.0.1:${backend};`,
  ].join('\n')
}

/** Whether annotations' snippets are rendered. */
export const rendersSnippets = (fixture: IngressFixture): boolean => {
  const written = fixture.config?.['allow-snippet-annotations']
  return written === undefined ? version(fixture.version ?? '1.12.1') < 9 : written === 'true'
}

/** The contents of the `http` block; each fixture has a port of its own. */
export const httpOf = (fixture: IngressFixture, port: number, backend: number): string => {
  const snippets = rendersSnippets(fixture)
  const config = fixture.config ?? {}
  const trusted = items(config['proxy-real-ip-cidr'] ?? '0.0.0.0/0').map(n => `set_real_ip_from ${n};`)
  const real =
    config['use-forwarded-headers'] === 'true'
      ? `real_ip_header X-Forwarded-For; real_ip_recursive on; ${trusted.join(' ')}`
      : ''
  const servers = sitesOf(fixture, snippets).map(
    site => `server {
      listen 127.0.0.1:${port}${site.host === '_' ? ' default_server' : ''};
      server_name ${site.host} ${site.aliases.join(' ')};
      ${real}
      ${site.snippet}
      location = /_external-auth { internal; return 401; }
      ${locationsOf(site)
        .map(([line, place]) => `location ${line} {\n${body(fixture, place, snippets, backend)}\n}`)
        .join('\n')}
      ${fixture.configSnippets?.['server-snippet'] ?? ''}
    }`,
  )
  return [fixture.configSnippets?.['http-snippet'] ?? '', ...servers].join('\n')
}

/** The service behind: it says its name. */
export const backendOf = (port: number): string =>
  `server { listen 127.0.0.1:${port} default_server; location / { add_header X-Reached $http_x_service always; return 200 "reached"; } }`
