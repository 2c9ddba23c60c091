/** An example request for a route: a path and method that it takes, and no route that goes before it. */
import type { Api, ApiRoute } from '#topology/model.ts'
import type { Door } from './doors.ts'

export interface Example {
  readonly method: string
  /** With the stage or base path in front. */
  readonly path: string
  /** As the route sees it. */
  readonly own: string
}

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']

/** What stands for a path parameter. */
const fillers = ['x', 'x0', 'originproof']

/** Null where none of a few is taken by the route for sure. */
export const exampleFor = (
  { kind }: Api,
  routes: readonly ApiRoute[],
  route: ApiRoute,
  { prefix, others }: Door,
): Example | null => {
  // Messages of a WebSocket choose the route: it is opened at the stage itself.
  if (kind === 'websocket') return { method: 'GET', path: prefix || '/', own: '/' }
  const rivals = routes.filter(r => r !== route)
  for (const filler of fillers)
    for (const method of methodsOf(route, rivals)) {
      const own = filled(route.path, filler)
      const path = `${prefix}${own}`
      const elsewhere = others.some(o => o.length > prefix.length && (path === o || path.startsWith(`${o}/`)))
      if (!elsewhere && !rivals.some(r => goesBefore(kind, r, route, method, own)))
        return { method, path, own }
    }
  return null
}

export const isAnyMethod = ({ method }: ApiRoute): boolean => method === null || method === 'ANY'

const methodsOf = (route: ApiRoute, rivals: readonly ApiRoute[]): readonly string[] =>
  isAnyMethod(route)
    ? methods.filter(m => !rivals.some(r => r.path === route.path && r.method === m))
    : [route.method ?? '']

const filled = (pattern: string | null, filler: string): string =>
  pattern === null ? `/${filler}` : pattern.replaceAll(/\{[^}]*\}/g, filler)

const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1)

/** A REST API chooses by path first, so that a resource without the method refuses; an HTTP API looks at both. */
const goesBefore = (
  kind: Api['kind'],
  rival: ApiRoute,
  route: ApiRoute,
  method: string,
  path: string,
): boolean => {
  if (!matches(rival.path, path)) return false
  const fits = isAnyMethod(rival) || rival.method === method
  if (rival.path === route.path) return fits && !isAnyMethod(rival) && isAnyMethod(route)
  return (kind === 'rest' || fits) && rankOf(rival.path) < rankOf(route.path)
}

const isGreedy = (segment: string | undefined): boolean => /^\{[^}]*\+\}$/.test(segment ?? '')
const isParameter = (segment: string | undefined): boolean => /^\{[^}]*\}$/.test(segment ?? '')

const matches = (pattern: string | null, path: string): boolean => {
  if (pattern === null) return true
  const [wanted, given] = [segmentsOf(pattern), segmentsOf(path)]
  const greedy = isGreedy(wanted.at(-1))
  if (greedy ? given.length < wanted.length : given.length !== wanted.length) return false
  return wanted.every((w, i) => (isParameter(w) ? given[i] !== '' : w === given[i]))
}

/** Compares as text: a literal segment comes before a parameter, that before the rest of the path, `$default` last. */
const rankOf = (pattern: string | null): string =>
  pattern === null
    ? '3'
    : segmentsOf(pattern)
        .map(s => (isGreedy(s) ? '2' : isParameter(s) ? '1' : '0'))
        .join('')
