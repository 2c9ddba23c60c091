/** The doors of the load balancers: one live server for each listener and kind of client that the network lets in. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isIPv6 } from 'node:net'
import { interpretListener, type Outcome } from '#prove/alb/interpret.ts'
import { splitTarget } from '#prove/alb/request.ts'
import type { Action, Listener, LoadBalancer } from '#topology/model.ts'
import { admits } from './admits.ts'
import { answer } from './app.ts'
import type { Authority, KeyPair } from './authority.ts'
import { type Client, type Door, openAt } from './door.ts'
import { toTarget } from './to-target.ts'
import { blocks, type PlainRequest, understand } from './web-acl.ts'

export interface DoorOptions {
  readonly authority: Authority
  /** Public and private addresses of a load balancer. */
  readonly addressesOf: (lb: LoadBalancer) => readonly string[]
  /** Origin names that lead to a load balancer: those of the machines behind a listener that only passes TLS on. */
  readonly servedNames: (lb: LoadBalancer) => readonly string[]
  /** Loopback port of the server behind a load balancer; undefined where it is the usual application. */
  readonly targetOf?: (lb: LoadBalancer) => number | undefined
}

const plainRequest = (request: IncomingMessage): PlainRequest => {
  const url = request.url ?? '/'
  const at = url.indexOf('?')
  const headers = Object.entries(request.headers).map(([k, v]) => [
    k,
    Array.isArray(v) ? v.join(',') : (v ?? ''),
  ])
  return {
    method: request.method ?? 'GET',
    host: request.headers.host ?? '',
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? '' : url.slice(at + 1),
    headers: Object.fromEntries(headers),
  }
}

const end = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { 'content-type': type, server: 'awselb/2.0' })
  response.end(body)
}

const page = (status: number, text: string): string =>
  `<html>\n<head><title>${status} ${text}</title></head>\n<body><center><h1>${status} ${text}</h1></center></body>\n</html>\n`

const placeholder = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/#\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

const redirect = (
  action: Extract<Action, { kind: 'redirect' }>,
  request: PlainRequest,
  listener: Listener,
): string => {
  const values = {
    protocol: listener.protocol,
    host: request.host.replace(/:\d+$/, ''),
    port: String(listener.port),
    path: request.path.slice(1),
    query: request.query,
  }
  const at = (part: 'protocol' | 'host' | 'port' | 'path' | 'query') => placeholder(action[part], values)
  const query = at('query')
  return `${at('protocol').toLowerCase()}://${at('host')}:${at('port')}${at('path')}${query ? `?${query}` : ''}`
}

/** Every backend of these worlds serves the site that its load balancer is named after. */
const siteOf = (lb: LoadBalancer): string => lb.ref.name

const fromApp = (lb: LoadBalancer, plain: PlainRequest, response: ServerResponse): void => {
  const { status, headers, body } = answer(siteOf(lb), plain.path)
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) })
  response.end(plain.method === 'HEAD' ? undefined : body)
}

const headerPairs = (raw: readonly string[]): readonly { readonly name: string; readonly value: string }[] =>
  raw.flatMap((name, i) => (i % 2 === 0 ? [{ name, value: raw[i + 1] ?? '' }] : []))

const outcomeOf = (
  listener: Listener,
  plain: PlainRequest,
  request: IncomingMessage,
  source: string,
): Outcome =>
  interpretListener(listener, {
    ...splitTarget(request.url ?? '/'),
    source,
    port: listener.port,
    tls: listener.protocol === 'HTTPS',
    method: plain.method,
    host: request.headers.host ?? null,
    headers: headerPairs(request.rawHeaders).filter(h => h.name.toLowerCase() !== 'host'),
  }).outcome

const serve =
  (lb: LoadBalancer, listener: Listener, source: string, target: number | undefined): RequestListener =>
  (request, response) => {
    const plain = plainRequest(request)
    if (lb.webAcl.known && lb.webAcl.value && blocks(lb.webAcl.value, plain)) {
      end(response, 403, 'text/html', page(403, 'Forbidden'))
      return
    }
    const outcome = outcomeOf(listener, plain, request, source)
    if (outcome.kind === 'fixed-response') end(response, outcome.status, outcome.contentType, outcome.body)
    else if (outcome.kind === 'redirect') {
      response.writeHead(outcome.status, {
        location: redirect(outcome, plain, listener),
        server: 'awselb/2.0',
      })
      response.end()
    } else if (outcome.kind === 'forward' && target !== undefined) {
      const arrived = {
        request,
        response,
        lb,
        source,
        port: listener.port,
        tls: listener.protocol === 'HTTPS',
      }
      toTarget(target, arrived, () => end(response, 502, 'text/html', page(502, 'Bad Gateway')))
    } else if (outcome.kind === 'forward') fromApp(lb, plain, response)
    else end(response, 503, 'text/html', page(503, 'Service Temporarily Unavailable'))
  }

const openDoor = async (
  lb: LoadBalancer,
  listener: Listener,
  address: string,
  client: Client,
  tls: KeyPair | undefined,
  target: number | undefined,
): Promise<Door | undefined> => {
  const source = client.sources[isIPv6(address) ? 6 : 4]
  if (!admits(lb, source, listener.port)) return undefined
  const place = { client, address, port: listener.port, owner: lb.ref.arn }
  return openAt(place, serve(lb, listener, source, target), tls)
}

const certificateNames = (listener: Listener): readonly string[] =>
  listener.certificates.known
    ? listener.certificates.value.flatMap(c =>
        c.known ? [c.value.domainName, ...c.value.subjectAlternativeNames] : [],
      )
    : []

/** Of the certificate: the listener's own, or of the machines that it passes TLS on to; null without TLS. */
const namesAt = (lb: LoadBalancer, listener: Listener, options: DoorOptions): readonly string[] | null => {
  if (['HTTPS', 'TLS', 'SSL'].includes(listener.protocol)) return certificateNames(listener)
  return listener.protocol === 'TCP' && listener.port === 443 ? options.servedNames(lb) : null
}

/** Opens every door of a load balancer. An internal one has none towards the internet. */
export const openDoors = async (
  lb: LoadBalancer,
  clients: readonly Client[],
  options: DoorOptions,
): Promise<readonly Door[]> => {
  if (lb.webAcl.known && lb.webAcl.value) understand(lb.webAcl.value)
  const listeners = lb.listeners.known ? lb.listeners.value : []
  const target = options.targetOf?.(lb)
  const opened = listeners.map(async listener => {
    const names = namesAt(lb, listener, options)
    const tls = names === null ? undefined : await options.authority.issue([...new Set(names)])
    const allowed = clients.filter(c => c.name === 'cloudfront' || lb.scheme === 'internet-facing')
    return Promise.all(
      allowed.flatMap(client =>
        options.addressesOf(lb).map(address => openDoor(lb, listener, address, client, tls, target)),
      ),
    )
  })
  return (await Promise.all(opened)).flat().filter(door => door !== undefined)
}
