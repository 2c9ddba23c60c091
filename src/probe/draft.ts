/** Requests of a plan as drafts: through the edge, or directly at a door. */
import type { Link } from '#topology/model.ts'
import { originPath } from './edge-path.ts'
import type { Door, Entry } from './entry.ts'
import type { ProbeRequest } from './exchange.ts'

/** A request without its id, which is its place in the plan. */
export type Draft = Omit<ProbeRequest, 'id'>

/** Most requests for one link. */
export const requestsPerLink = 16

/** The first alias that names one host; the distribution's own name where there is none. */
export const viewerHost = (link: Link): string =>
  link.distribution.aliases.find(a => !a.includes('*')) ?? link.distribution.domainName

export interface Setting {
  readonly link: Link
  readonly entry: Entry
  readonly seed: string
  /** Viewer path of the controls. */
  readonly path: string
}

type Claims = Pick<Draft, 'recipe' | 'role'> &
  Partial<Pick<Draft, 'path' | 'headers' | 'method'>> & { readonly host?: string; readonly sni?: string }

/** What a door is asked for unless a request says otherwise: the origin, or itself where many share the address. */
const ownName = ({ link, entry }: Setting, door: Door): string =>
  entry.shared ? (door.host ?? door.name) : link.origin.domainName

/** What is asked for at a door, where the origin's own is asked for `path`. */
export const pathAt = ({ instead }: Door, path: string): string =>
  instead !== undefined && path.startsWith(instead[0]) ? instead[1] + path.slice(instead[0].length) : path

/** Through the edge: HTTPS is answered under every viewer protocol policy. */
export const edge = (
  { link, path }: Setting,
  role: 'P' | 'N1-edge' | 'S-edge' | 'S-twin',
  asked: string = path,
): Draft => {
  const host = viewerHost(link)
  return {
    link: link.id,
    recipe: 'control',
    role,
    connect: { name: link.distribution.domainName, port: 443, family: 4 },
    present: { host, sni: host },
    method: 'GET',
    path: asked,
    headers: [],
  }
}

/** At the door itself, for the page of the controls unless the claims name another. */
export const direct = (setting: Setting, door: Door, claims: Claims): Draft => ({
  link: setting.link.id,
  recipe: claims.recipe,
  role: claims.role,
  connect: { name: door.name, port: door.port, family: door.family },
  present: {
    host: claims.host ?? ownName(setting, door),
    sni: door.scheme === 'http' ? null : (claims.sni ?? ownName(setting, door)),
  },
  method: claims.method ?? 'GET',
  path: claims.path ?? pathAt(door, originPath(setting.link, setting.path)),
  headers: claims.headers ?? [],
})
