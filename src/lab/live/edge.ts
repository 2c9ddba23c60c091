/** The laboratory's edge: one server that plays every distribution of a world and forwards with its origin's headers. */
import { randomBytes } from 'node:crypto'
import {
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Distribution, Origin } from '#topology/model.ts'
import { type Encoding, takerOf } from '#topology/path-reading.ts'
import { hopByHop } from './hop-by-hop.ts'
import { signedFor } from './service.ts'
import { refusedUnsigned } from './signature.ts'

/** Where the edge's connections to an origin arrive. */
export type Way =
  /** Loopback port. */
  | { readonly port: number }
  /** Nothing admits them. */
  | 'no-answer'
  /** The origin's name leads nowhere. */
  | 'no-such-name'

export interface EdgeOptions {
  readonly distributions: readonly Distribution[]
  /** The way of connections from CloudFront's servers to `port` of an origin. */
  readonly way: (distribution: Distribution, origin: Origin, port: number) => Way
  /** PEM that origin certificates are verified against. */
  readonly ca: string
  /** How paths are read before they are compared with patterns; the origin is sent what the viewer wrote. */
  readonly encoding: Encoding
}

const refuse = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, {
    'content-type': 'text/html',
    server: 'CloudFront',
    'x-cache': 'Error from cloudfront',
  })
  response.end(
    `<html><head><title>ERROR: ${status}</title></head><body><h1>${status} ERROR</h1>${text}</body></html>`,
  )
}

const distributionFor = (options: EdgeOptions, host: string): Distribution | undefined =>
  options.distributions.find(d => [d.domainName, ...d.aliases].some(n => n.toLowerCase() === host))

const overTls = (origin: Origin, viewerTls: boolean): boolean =>
  origin.protocolPolicy === 'match-viewer' ? viewerTls : origin.protocolPolicy !== 'http-only'

/** With an origin access control that signs. */
const signature = (distribution: Distribution, { accessControl }: Origin): Record<string, string> =>
  accessControl.known && accessControl.value !== null && accessControl.value.signs !== 'never'
    ? { authorization: signedFor(distribution.ref.arn) }
    : {}

const originHeaders = (
  request: IncomingMessage,
  distribution: Distribution,
  origin: Origin,
): Record<string, string> => ({
  ...signature(distribution, origin),
  accept: request.headers.accept ?? '*/*',
  'user-agent': 'Amazon CloudFront',
  via: '1.1 laboratory.cloudfront.net (CloudFront)',
  'x-amz-cf-id': randomBytes(24).toString('base64url'),
  'x-forwarded-for': '198.51.100.77',
  ...Object.fromEntries(
    origin.headers.flatMap(h => (typeof h.value === 'string' ? [[h.name.toLowerCase(), h.value]] : [])),
  ),
  host: origin.domainName,
})

const passOn = (from: IncomingMessage, to: ServerResponse): void => {
  const headers = Object.entries(from.headers).filter(([name]) => !hopByHop.has(name))
  to.writeHead(from.statusCode ?? 502, {
    ...Object.fromEntries(headers),
    via: '1.1 laboratory.cloudfront.net (CloudFront)',
    'x-cache': 'Miss from cloudfront',
    'x-amz-cf-id': randomBytes(24).toString('base64url'),
  })
  from.pipe(to)
}

interface Viewer {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly tls: boolean
}

const askOrigin = (
  { request, response }: Viewer,
  distribution: Distribution,
  origin: Origin,
  port: number,
  trust: { readonly ca: string } | undefined,
): void => {
  const call = (trust ? httpsRequest : httpRequest)(
    {
      host: '127.0.0.1',
      port,
      method: request.method,
      path: `${origin.originPath}${request.url ?? '/'}`,
      headers: originHeaders(request, distribution, origin),
      agent: false,
      timeout: 5_000,
      ...(trust && { ca: trust.ca, servername: origin.domainName }),
    },
    answer => passOn(answer, response),
  )
  call.on('timeout', () => call.destroy(new Error('timeout')))
  call.on('error', () => {
    if (response.headersSent) response.destroy()
    else refuse(response, 502, 'CloudFront could not connect to the origin.')
  })
  call.end()
}

const forward = (options: EdgeOptions, distribution: Distribution, origin: Origin, viewer: Viewer): void => {
  const tls = overTls(origin, viewer.tls)
  const way = options.way(distribution, origin, tls ? origin.httpsPort : origin.httpPort)
  if (way === 'no-such-name') refuse(viewer.response, 502, 'CloudFront could not resolve the origin name.')
  else if (way === 'no-answer') refuse(viewer.response, 504, 'CloudFront got no answer from the origin.')
  else askOrigin(viewer, distribution, origin, way.port, tls ? { ca: options.ca } : undefined)
}

const redirectToHttps = (request: IncomingMessage, response: ServerResponse, host: string): void => {
  response.writeHead(301, {
    location: `https://${host}${request.url}`,
    server: 'CloudFront',
    'x-cache': 'Redirect from cloudfront',
  })
  response.end()
}

/** Handles viewer requests; `viewerTls` tells the HTTPS side from the plain one. */
export const edge =
  (options: EdgeOptions, viewerTls: boolean): RequestListener =>
  (request, response) => {
    const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const distribution = distributionFor(options, host)
    const reading = { encoding: options.encoding, slashFirst: true }
    const behavior = distribution && takerOf(distribution.behaviors, path, reading)
    const origin = distribution?.origins.find(o => o.id === behavior?.target)
    if (!distribution?.enabled || !behavior || !origin) refuse(response, 403, 'Bad request.')
    else if (!viewerTls && behavior.viewerProtocolPolicy === 'https-only')
      refuse(response, 403, 'HTTPS only.')
    else if (!viewerTls && behavior.viewerProtocolPolicy === 'redirect-to-https')
      redirectToHttps(request, response, host)
    else if (!refusedUnsigned(behavior, request, response))
      forward(options, distribution, origin, { request, response, tls: viewerTls })
  }
