/** Plays a request against an ingress controller: one server, one location, one program, with everything in it known. */
import { containsAddress, coversAll, intersectCidrs, subtractCidrs } from '#base/ip-set.ts'
import type { Link, Snippet } from '#topology/model.ts'
import { isSealed, type Sealed, sealedName, type Value } from '#topology/sealed.ts'
import type { Witness } from '../exposure.ts'
import { type Approach, arrivalOf } from '../kubernetes/arrival.ts'
import { type Behind, type BehindController, isController, isRouter } from '../kubernetes/behind.ts'
import { pathAims } from '../kubernetes/ingress-nginx/paths.ts'
import { type Reading, readingsOf } from '../kubernetes/ingress-nginx/readings.ts'
import { locationProgram } from '../kubernetes/ingress-nginx/render.ts'
import type { Location, Server } from '../kubernetes/ingress-nginx/servers.ts'
import type { Settings } from '../kubernetes/ingress-nginx/settings.ts'
import { answer } from '../kubernetes/nginx/answer.ts'
import { reachedBy, serverNameFor, servicesOf } from '../kubernetes/reached.ts'
import { meetsAny } from '../kubernetes/services.ts'
import { accepts } from '../language/machine.ts'
import { stoppedByRouter } from './router.ts'

/** Null where it surely reaches a Service of the link; else what stops it, or is not known. */
export const stoppedInCluster = (
  link: Link,
  witness: Witness,
  behind: Behind,
  approach: Approach,
): string | null => {
  if (isRouter(behind)) return stoppedByRouter(link, witness, behind)
  return isController(behind)
    ? stoppedByController(link, witness, behind, approach)
    : 'nothing is known of it'
}

const stoppedByController = (
  link: Link,
  witness: Witness,
  behind: BehindController,
  approach: Approach,
): string | null => {
  const { at } = behind
  if (at.gaps.length > 0) return 'what the controller does was not read'
  const all = at.serves.map(s => s.ingress)
  const sure = at.serves.flatMap(s => (s.sure ? [s.ingress] : []))
  const objects = sure.length < all.length ? [all, sure] : [all]
  for (const reading of objects.flatMap(set => readingsOf(at.controller, set))) {
    const why = stoppedBy(reading, link, witness, behind, approach)
    if (why !== null) return why
  }
  return null
}

const stoppedBy = (
  reading: Reading,
  link: Link,
  witness: Witness,
  behind: BehindController,
  approach: Approach,
): string | null => {
  const [server] = serverNameFor(witness.host, reading.servers) ?? []
  if (server === undefined) return 'no server of the controller takes the host for sure'
  const [path = '/', query = ''] = witness.path.split(/\?(.*)/s)
  const location = locationFor(server, path)
  if (location === null) return 'no location of the controller takes the path for sure'
  const services = servicesOf(location)
  if (meetsAny(behind.cluster, services, reachedBy(link, behind).sure) !== true)
    return 'the Ingress does not lead to the backend of the link for sure'
  const { settings } = reading.controlled
  if (witness.scheme === 'http' && redirects(server, location, settings))
    return 'the controller redirects to HTTPS'
  const { program } = locationProgram(server, location, reading.controlled)
  const headers = headersOf(witness, behind)
  if (headers === null) return 'a sealed value of the request is not one of the cluster'
  const said = answer(program, {
    request: {
      method: witness.method,
      host: witness.host,
      path,
      query,
      headers,
      address:
        program.access.addresses.length === 0 ? null : clientAddress(witness, settings, behind, approach),
      scheme: witness.scheme,
    },
    version: { joinsHeaders: settings.joinsHeaders },
    // A weak password that is guessed fits; nothing else is known to.
    authorized: headers.some(([name, value]) => /^authorization$/i.test(name) && value === guessedPassword),
  })
  return said.kind === 'passes'
    ? null
    : `the controller answers ${said.kind === 'refused' ? said.status : 'what is not known'}`
}

/** How a witness writes a password that has to be guessed. */
const guessedPassword = `Basic $\{password}`

const locationFor = (server: Server, path: string): Location | null => {
  const found = server.locations.filter(location => {
    const aims = pathAims(server, location)
    if (aims === null || aims === 'unreachable') return false
    return aims.some(aim => aim.all.every(m => accepts(m, path)) && !aim.none.some(m => accepts(m, path)))
  })
  const [location] = found
  return found.length === 1 && location !== undefined && location.service !== null ? location : null
}

/** `ssl-redirect` is on unless switched off, for hosts of which a certificate is named. */
const redirects = (
  server: Server,
  { ingress }: Location,
  { sslRedirect, forceSslRedirect }: Settings,
): boolean => {
  const said = ingress?.annotations['ssl-redirect']
  const force = ingress?.annotations['force-ssl-redirect']
  if (force === undefined ? forceSslRedirect : force === 'true') return true
  const on = said === undefined ? sslRedirect : said === 'true'
  return on && server.locations.some(l => (l.ingress?.tlsHosts ?? []).includes(server.host))
}

const headersOf = (
  witness: Witness,
  behind: BehindController,
): readonly (readonly [string, Value])[] | null => {
  const sealed = sealedIn(behind)
  const found = witness.headers.map(([name, text]) => {
    const mark = /^\$\{(sealed:[0-9a-f]{8})\}$/.exec(text)?.[1]
    return [name, mark === undefined ? text : sealed.get(mark)] as const
  })
  const whole = found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  return whole.length === found.length ? whole : null
}

const sealedIn = ({ at }: BehindController): ReadonlyMap<string, Sealed> => {
  const snippets: readonly Snippet[] = [
    ...Object.values(at.controller.snippets),
    ...at.serves.flatMap(s => Object.values(s.ingress.snippets)),
  ]
  return new Map(snippets.flatMap(s => s.values.filter(isSealed)).map(v => [sealedName(v), v]))
}

/** The address that nginx takes for the client's; null where that is not certain. */
const clientAddress = (
  { source, headers }: Witness,
  settings: Settings,
  { at }: BehindController,
  approach: Approach,
): string | null => {
  const { peer, balancer, appendsForwardedFor } = arrivalOf(approach, at)
  if (peer === 'unknown') return null
  if (settings.useProxyProtocol) return peer === 'balancer' ? source : null
  const written = headers.find(([name]) => /^x-forwarded-for$/i.test(name))?.[1]
  const trusts = (cidrs: readonly string[]): boolean | null => {
    if (cidrs.length === 0) return null
    const shared = intersectCidrs(cidrs, settings.trustedProxies)
    return shared.length === 0
      ? false
      : subtractCidrs(cidrs, settings.trustedProxies).length === 0
        ? true
        : null
  }
  const believes = settings.useForwardedHeaders || settings.enableRealIp
  const own = peer === 'client' ? [source] : balancer
  const trusted = coversAll(settings.trustedProxies, 4) ? true : trusts(own)
  if (trusted === null) return null
  if (!(believes && trusted)) return peer === 'client' ? source : null
  const chain = [
    ...(written === undefined ? [] : written.split(',').map(a => a.trim())),
    ...(appendsForwardedFor ? [source] : []),
  ]
  if (chain.length === 0) return peer === 'client' ? source : null
  return chain.findLast(a => !containsAddress(settings.trustedProxies, a)) ?? chain[0] ?? null
}
