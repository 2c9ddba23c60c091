/** The program that the controller renders for one location: snippets and annotations in the order of its template. */
import { addressFamily } from '#base/ip-set.ts'
import type { IngressController, Snippet } from '#topology/model/kubernetes.ts'
import { compileSnippet } from '../nginx/compile.ts'
import type { AddressRule, BasicGate, Doubt, Place, Program, Statement } from '../nginx/program.ts'
import type { Compiled, Context } from '../nginx/source.ts'
import { type Rendered, renderedAuth } from './auth.ts'
import type { Location, Server } from './servers.ts'
import { listOf, type Settings, spoken } from './settings.ts'

export interface LocationProgram {
  readonly program: Program
  /** Ways in beside this location: blocks of their own in snippets, and TLS that passes the controller by. */
  readonly sideDoors: readonly Doubt[]
}

export interface Controlled {
  readonly controller: IngressController
  readonly settings: Settings
  /** Whether snippets of annotations are rendered. */
  readonly snippets: boolean
}

const compiled = (snippet: Snippet | null, origin: string, context: Context): readonly Compiled[] =>
  snippet === null ? [] : [compileSnippet(snippet, origin, context)]

interface Levels {
  readonly http: readonly Compiled[]
  readonly server: readonly Compiled[]
  readonly location: readonly Compiled[]
}

const levelsOf = (server: Server, location: Location, { controller, snippets }: Controlled): Levels => {
  const own = snippets ? spoken(location.ingress?.snippets['configuration-snippet']) : null
  const shared = (name: string): Snippet | null => spoken(controller.snippets[name])
  return {
    http: compiled(shared('http-snippet'), 'ConfigMap http-snippet', 'http'),
    server: [
      ...compiled(server.snippet?.snippet ?? null, 'server-snippet', 'server'),
      ...compiled(shared('server-snippet'), 'ConfigMap server-snippet', 'server'),
    ],
    location: [
      ...compiled(own, 'configuration-snippet', 'location'),
      ...compiled(shared('location-snippet'), 'ConfigMap location-snippet', 'location'),
    ],
  }
}

const noted = (annotation: string): Place => ({ origin: `annotation ${annotation}`, line: 0 })

export const locationProgram = (
  server: Server,
  location: Location,
  controlled: Controlled,
): LocationProgram => {
  const { controller, settings } = controlled
  const levels = levelsOf(server, location, controlled)
  const everything = [...levels.http, ...levels.server, ...levels.location]
  const auth = renderedAuth(location.ingress, controller, settings, location.path)
  const addresses = addressRules(location, levels, settings)
  const denied =
    auth.kind === 'denied' ? auth.place : addresses === null ? noted('whitelist-source-range') : null
  const program: Program = {
    // What the level of `http` leaves undecided is so from the start.
    server: [...levels.http, ...levels.server].flatMap(c => c.statements),
    location:
      denied === null ? statements(levels, location) : [{ kind: 'return', status: 503, place: denied }],
    access: {
      addresses: addresses ?? [],
      ...credentials(levels, auth),
      satisfy: satisfyOf(levels, location),
    },
    maps: levels.http.flatMap(c => c.maps),
    errorPages: everything.flatMap(c => c.errorPages).concat(ownErrorPages(location)),
    mayRefuse: [...everything.flatMap(c => c.mayRefuse), ...otherRefusals(server, location, settings)],
    invalid: [...everything.flatMap(c => c.invalid), ...duplicates(levels, location, auth)],
  }
  return { program, sideDoors: [...everything.flatMap(c => c.sideDoors), ...passthrough(server, controller)] }
}

/** `permanent-redirect` and `temporal-redirect` answer after the snippets. */
const statements = (levels: Levels, { ingress }: Location): readonly Statement[] => {
  const redirect = ['permanent-redirect', 'temporal-redirect'].find(
    name => (ingress?.annotations[name] ?? '') !== '',
  )
  const own: readonly Statement[] =
    redirect === undefined ? [] : [{ kind: 'return', status: 301, place: noted(redirect) }]
  return [...levels.location.flatMap(c => c.statements), ...own]
}

const isNetwork = (item: string): boolean => addressFamily(item) !== null

/** Rules of the innermost level that has any; null where the controller denies the location for a list it cannot use. */
const addressRules = (
  { ingress }: Location,
  levels: Levels,
  settings: Settings,
): readonly AddressRule[] | null => {
  const annotations = ingress?.annotations ?? {}
  const named = annotations['whitelist-source-range'] ?? annotations['allowlist-source-range']
  const written = listOf(named)
  const allowed =
    named === undefined ? (ingress === null ? [] : settings.whitelist) : written.filter(isNetwork)
  if (named !== undefined && allowed.length === 0) return null
  const deniedNames = annotations['denylist-source-range']
  const denied = deniedNames === undefined ? (ingress === null ? [] : settings.denylist) : listOf(deniedNames)
  const place = noted('whitelist-source-range')
  const own: readonly AddressRule[] = [
    ...denied
      .filter(isNetwork)
      .map(addresses => ({ allow: false, addresses, place: noted('denylist-source-range') })),
    ...allowed.map(addresses => ({ allow: true, addresses, place })),
    ...(allowed.length === 0 ? [] : [{ allow: false, addresses: 'all', place }]),
    ...levels.location.flatMap(c => c.addresses),
  ]
  const server = levels.server.flatMap(c => c.addresses)
  const blocked = settings.blockCidrs.map(addresses => ({
    allow: false,
    addresses,
    place: { origin: 'ConfigMap block-cidrs', line: 0 },
  }))
  const http = [...blocked, ...levels.http.flatMap(c => c.addresses)]
  return own.length > 0 ? own : server.length > 0 ? server : http
}

const credentials = (
  levels: Levels,
  auth: Rendered,
): { readonly basic: BasicGate | null; readonly external: { readonly place: Place } | null } => {
  const all = [levels.location, levels.server, levels.http]
  const external = all.flat().find(c => c.external !== null)?.external ?? null
  const own = auth.kind === 'gates' ? auth : { basic: null, external: null }
  return { basic: own.basic ?? snippetPassword(all), external: own.external ?? external }
}

/** `auth_basic` of the innermost level that speaks of it; without a password file it asks for nothing. */
const snippetPassword = (inside: readonly (readonly Compiled[])[]): BasicGate | null => {
  const basic = inside
    .map(level => level.findLast(c => c.basic !== null)?.basic)
    .find(b => b !== undefined && b !== null)
  const file = inside.flat().some(c => c.userFile)
  return basic === undefined || basic === null || basic.off || !file
    ? null
    : { place: basic.place, bits: null }
}

const satisfyOf = (levels: Levels, { ingress }: Location): 'all' | 'any' => {
  const written = ingress?.annotations.satisfy
  if (written === 'any' || written === 'all') return written
  const inside = [levels.location, levels.server, levels.http].map(
    l => l.findLast(c => c.satisfy !== null)?.satisfy,
  )
  return inside.find(s => s !== undefined && s !== null) ?? 'all'
}

/** nginx takes these once on each level. */
const duplicates = (levels: Levels, { ingress }: Location, auth: Rendered): readonly Doubt[] => {
  const basic = levels.location.flatMap(c => (c.basic === null ? [] : [c.basic.place]))
  const satisfy = levels.location.filter(c => c.satisfy !== null).length
  const twice = (auth.kind === 'gates' && auth.basic !== null ? 1 : 0) + basic.length > 1
  const both = satisfy + (ingress?.annotations.satisfy === undefined ? 0 : 1) > 1
  const place = basic[0] ?? { origin: 'configuration-snippet', line: 0 }
  return [
    ...(twice ? [{ reason: '"auth_basic" stands twice on one level', place }] : []),
    ...(both ? [{ reason: '"satisfy" stands twice on one level', place }] : []),
  ]
}

/** The error page is served by a backend of the annotation's choice: a way in where that is the same Service. */
const ownErrorPages = ({ ingress, service }: Location): Program['errorPages'] => {
  const pages = listOf(ingress?.annotations['custom-http-errors'])
  if (service === null || ingress?.annotations['default-backend'] !== service.name) return []
  return pages.map(code => ({ status: Number(code), place: noted('custom-http-errors') }))
}

const otherRefusals = (server: Server, { ingress }: Location, settings: Settings): readonly Doubt[] => {
  const annotations = ingress?.annotations ?? {}
  const waf = annotations['enable-modsecurity']
  const certificates = server.locations.some(l => (l.ingress?.annotations['auth-tls-secret'] ?? '') !== '')
  return [
    ...(waf === 'true' || (settings.modsecurity && waf !== 'false')
      ? [{ reason: 'ModSecurity may refuse requests', place: noted('enable-modsecurity') }]
      : []),
    ...(certificates
      ? [
          {
            reason: 'client certificates are asked for, on TLS connections only',
            place: noted('auth-tls-secret'),
          },
        ]
      : []),
  ]
}

const passthrough = (server: Server, controller: IngressController): readonly Doubt[] => {
  const wanted = server.locations.some(l => l.ingress?.annotations['ssl-passthrough'] === 'true')
  if (!wanted || controller.sslPassthrough === false) return []
  const reason = 'TLS goes to the backend unopened where the controller runs with --enable-ssl-passthrough'
  return [{ reason, place: noted('ssl-passthrough') }]
}
