/** Which Services of a cluster the requests of a link come to. */
import type { Ingress, Link } from '#topology/model.ts'
import { edgeRequests } from '../edge-request.ts'
import { globsMachine } from '../language/glob-machine.ts'
import { accepts } from '../language/machine.ts'
import { findWord } from '../language/search.ts'
import { plainPaths } from '../language/universe.ts'
import type { BehindController } from './behind.ts'
import { hostAim } from './ingress-nginx/hosts.ts'
import { pathAims } from './ingress-nginx/paths.ts'
import { readingsOf } from './ingress-nginx/readings.ts'
import { defaultHost, type Location, type Server } from './ingress-nginx/servers.ts'
import type { ServiceName } from './services.ts'

export interface Reached {
  /** The Host that CloudFront sends is one that an object names, and some path of a behaviour leads there. */
  readonly sure: ReadonlySet<ServiceName>
  /** Everything under the hosts that CloudFront may send, the server for unnamed hosts included. */
  readonly maybe: ReadonlySet<ServiceName>
}

/** Services of the location, those of canary objects included. */
export const servicesOf = ({
  ingress,
  service,
  canaries,
}: Pick<Location, 'ingress' | 'service' | 'canaries'>) => [
  ...(ingress === null || service === null ? [] : [`${ingress.namespace}/${service.name}`]),
  ...canaries.flatMap(canaryServices),
]

const canaryServices = ({ namespace, rules, defaultBackend }: Ingress): readonly ServiceName[] =>
  [...rules.flatMap(r => r.paths.map(p => p.service)), defaultBackend].flatMap(s =>
    s === null ? [] : [`${namespace}/${s.name}`],
  )

/** The name under which some server takes the host. */
export const serverNameFor = (host: string, servers: readonly Server[]): readonly [Server, string] | null => {
  const plain = host.toLowerCase().replace(/:\d*$/, '')
  for (const server of servers)
    for (const name of [server.host, ...server.aliases]) {
      const aim = hostAim(name, servers)
      if (aim === null) continue
      if (aim.all.every(m => accepts(m, plain)) && !aim.none.some(m => accepts(m, plain)))
        return [server, name]
    }
  return null
}

const memo = new WeakMap<BehindController, Map<string, Reached>>()

export const reachedBy = (link: Link, behind: BehindController): Reached => {
  const own = memo.get(behind) ?? new Map<string, Reached>()
  memo.set(behind, own)
  const before = own.get(link.id)
  if (before !== undefined) return before
  const found = reached(link, behind)
  own.set(link.id, found)
  return found
}

const reached = (link: Link, { at }: BehindController): Reached => {
  const requests = edgeRequests(link)
  const { changed } = requests
  const hosts = requests.hosts.map(h => h.replace(/^\*\./, 'x.'))
  const [sure, maybe] = [new Set<ServiceName>(), new Set<ServiceName>()]
  const served = at.serves.map(s => s.ingress)
  for (const { servers } of readingsOf(at.controller, served)) {
    const found = hosts.flatMap(h => serverNameFor(h, servers)?.[0] ?? [])
    const named = found.filter(s => s.host !== defaultHost)
    for (const server of named.length > 0 ? named : found)
      for (const location of server.locations)
        if (takesSome(server, location, requests.paths)) for (const s of servicesOf(location)) sure.add(s)
    const all = changed ? servers : servers.filter(s => found.includes(s) || s.host === defaultHost)
    for (const location of all.flatMap(s => s.locations)) for (const s of servicesOf(location)) maybe.add(s)
  }
  for (const name of sure) maybe.add(name)
  return { sure, maybe }
}

const takesSome = (server: Server, location: Location, globs: readonly string[]): boolean => {
  const aims = pathAims(server, location)
  if (aims === null || aims === 'unreachable') return false
  return aims.some(aim =>
    globs.some(glob => {
      const machines = [...aim.all, globsMachine([glob])]
      return findWord(plainPaths, machines, aim.none, { left: 50_000 }) !== null
    }),
  )
}
