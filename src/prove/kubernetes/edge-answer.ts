/** What a controller answers to CloudFront's own requests, with the headers that the origin is sent. */
import type { Ingress, Link } from '#topology/model.ts'
import { isSealed } from '#topology/sealed.ts'
import { edgeRequests } from '../edge-request.ts'
import { globsMachine } from '../language/glob-machine.ts'
import { findWord } from '../language/search.ts'
import { plainPaths } from '../language/universe.ts'
import { secretName } from './ingress-nginx/auth.ts'
import { pathAims } from './ingress-nginx/paths.ts'
import { type Reading, readingsOf } from './ingress-nginx/readings.ts'
import { locationProgram } from './ingress-nginx/render.ts'
import { defaultHost, type Location, type Server } from './ingress-nginx/servers.ts'
import { type Answer, answer } from './nginx/answer.ts'
import type { Placed } from './paths.ts'
import { serverNameFor } from './reached.ts'

export interface EdgeAnswer {
  readonly ingress: Ingress
  readonly path: string
  readonly answer: Answer
  /** What is wrong with the `Authorization` value, by the words of the password check. */
  readonly defects: readonly string[]
}

/** For each location that the link's requests come to, under every reading of what was not observed. */
export const edgeAnswers = (link: Link, { at }: Placed): readonly EdgeAnswer[] => {
  const { hosts, paths } = edgeRequests(link)
  const served = at.serves.map(s => s.ingress)
  return readingsOf(at.controller, served).flatMap(reading => {
    const found = hosts.flatMap(host => {
      const [server] = serverNameFor(host.replace(/^\*\./, 'x.'), reading.servers) ?? []
      return server === undefined ? [] : [{ host, server }]
    })
    const named = found.filter(f => f.server.host !== defaultHost)
    return (named.length > 0 ? named : found).flatMap(({ host, server }) =>
      server.locations.flatMap(location => asked(link, reading, host, server, location, paths)),
    )
  })
}

const asked = (
  link: Link,
  reading: Reading,
  host: string,
  server: Server,
  location: Location,
  globs: readonly string[],
): readonly EdgeAnswer[] => {
  const { ingress } = location
  const path = pathFor(server, location, globs)
  if (ingress === null || location.service === null || path === null) return []
  const { program } = locationProgram(server, location, reading.controlled)
  const { fits, defects } = credentials(link, reading, ingress)
  const request = {
    method: 'GET',
    host,
    path,
    query: '',
    headers: link.origin.headers.map(h => [h.name, h.value] as const),
    address: null,
    scheme: 'https' as const,
  }
  const version = { joinsHeaders: reading.controlled.settings.joinsHeaders }
  return [{ ingress, path, defects, answer: answer(program, { request, version, authorized: fits }) }]
}

const pathFor = (server: Server, location: Location, globs: readonly string[]): string | null => {
  const aims = pathAims(server, location)
  if (aims === null || aims === 'unreachable') return null
  for (const aim of aims)
    for (const glob of globs) {
      const word = findWord(plainPaths, [...aim.all, globsMachine([glob])], aim.none, { left: 50_000 })
      if (word !== null) return word
    }
  return null
}

/** Whether the value that CloudFront sends opens the password file; null where nobody can tell. */
const credentials = (
  { origin }: Link,
  { controlled }: Reading,
  ingress: Ingress,
): { readonly fits: boolean | null; readonly defects: readonly string[] } => {
  const { authSecrets } = controlled.controller
  const name = secretName(ingress)
  const secret = authSecrets.known ? authSecrets.value.find(s => s.name === name) : undefined
  if (secret !== undefined && secret.state !== 'usable')
    return { fits: false, defects: [`secret-${secret.state}`] }
  const sent = origin.headers.find(h => h.name.toLowerCase() === 'authorization')?.value
  if (sent === undefined) return { fits: false, defects: ['not-sent'] }
  const facts = isSealed(sent) ? secret?.compared?.find(c => c.authorization === sent.sealed) : undefined
  return facts === undefined ? { fits: null, defects: [] } : facts
}
