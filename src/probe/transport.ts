/** Sends one probe over one fresh connection and reads no more of the answer than the limits allow. */
import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { Client, type Dispatcher } from 'undici'
import { UserFault } from '#base/fault.ts'
import { decodeBody } from './decode.ts'
import { type EchoFinder, withEchoes } from './echo.ts'
import type { Exchange, ProbeRequest, ProbeResponse } from './exchange.ts'
import { failureOf, ProbeFailure } from './failure.ts'
import { fingerprintBody } from './fingerprint.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { reduceHeaders } from './response-headers.ts'
import type { Transport } from './send.ts'
import { errorNamed } from './service-error.ts'
import { type Dial, type Opened, openSocket } from './socket.ts'
import { isDirect } from './verdict.ts'

export interface TransportOptions {
  /** Addresses of a name in one family. */
  readonly resolve: Transport['resolve']
  /** `originproof/<version>` with run id and contact. */
  readonly userAgent: string
  /** Certificate authorities (PEM) trusted besides the usual ones. */
  readonly ca?: string
  readonly limits?: Partial<Limits>
  /** Where a laboratory listens for (address, port). The exchange names the address, not this. */
  readonly route?: (address: string, port: number) => { readonly host: string; readonly port: number }
  /** Looks for what CloudFront adds in what the edge answers; nothing is looked for without it. */
  readonly echoes?: EchoFinder
  /** How a TCP connection is begun; for tests of what never answers. */
  readonly dial?: Dial
}

type Response = Dispatcher.ResponseData

const pairsOf = (headers: Response['headers']): readonly (readonly [string, string])[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map(v => [name, String(v)] as const),
  )

/** The body as sent, up to the limit; the rest is never read. */
const readBody = async (
  body: Response['body'],
  most: number,
): Promise<{ bytes: Buffer; truncated: boolean }> => {
  const parts: Buffer[] = []
  let size = 0
  // Left in a hurry, the stream fails once more after the last read.
  body.on('error', () => {})
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size > most) break
  }
  return { bytes: Buffer.concat(parts).subarray(0, most), truncated: size > most }
}

const decoded = (bytes: Buffer, encoding: string | null, limits: Limits) =>
  decodeBody(bytes, encoding, limits.decodedBytes).catch(() => {
    throw new ProbeFailure('invalid-http', 'The body is not in the encoding that the response headers say.')
  })

type FindIn = ((text: string) => ReturnType<EchoFinder>) | null

const readResponse = async (response: Response, limits: Limits, find: FindIn): Promise<ProbeResponse> => {
  const { bytes, truncated } = await readBody(response.body, limits.bodyBytes)
  const all = pairsOf(response.headers)
  const value = (name: string): string | null => all.find(([n]) => n.toLowerCase() === name)?.[1] ?? null
  const encodings = all.filter(([n]) => n.toLowerCase() === 'content-encoding').map(([, v]) => v)
  const body = await decoded(bytes, encodings.join(','), limits)
  const kept: ProbeResponse = {
    status: response.statusCode,
    headers: reduceHeaders(all),
    ...errorNamed(all, body.body),
    truncated: truncated || body.truncated,
    ...fingerprintBody(body.body, value('content-type')),
  }
  return find === null ? kept : withEchoes(kept, all, body.body, find)
}

/** An HTTP client that owns this one connection and never makes another. */
const clientOn = (opened: Opened, limits: Limits): Client => {
  let given = false
  const closed = new ProbeFailure('reset', 'The connection was closed before the response.')
  // The URL only satisfies the constructor: the socket is open, and the Host header is set on each request.
  return new Client('http://probe.invalid', {
    connect: (_, done) => {
      const first = !given
      given = true
      // The client expects that connecting takes a moment; answered at once, it would wait for ever.
      queueMicrotask(() => (first ? done(null, opened.socket) : done(closed, null)))
    },
    maxHeaderSize: limits.headerBytes,
    // Time is kept by `ask`, exactly and over all steps.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    useMilo: false,
    pipelining: 1,
  })
}

/** Why connections end. An end without a reason would be taken for the end of a body that names no length. */
const finished = new ProbeFailure('reset', 'The probe is done with the connection.')

/** Names and values in turn, because a witness may name one header twice. */
const headersOf = (request: ProbeRequest, userAgent: string): string[] => [
  ...['host', request.present.host],
  ...['user-agent', userAgent],
  ...['accept', '*/*'],
  // A compressed page has another entity tag at the edge than at the origin.
  ...['accept-encoding', 'identity'],
  ...request.headers.flat(),
]

/** How often the bytes on the wire are counted. */
const meterMs = 20
/** What headers, body, framing and the buffers between may come to; more is a flood that no other limit sees. */
const mostBytes = (limits: Limits): number => 4 * (limits.headerBytes + limits.bodyBytes) + 1024 * 1024
const tooLarge = new ProbeFailure('too-large', 'More bytes came than headers and body may take.')

const ask = async (
  opened: Opened,
  request: ProbeRequest,
  userAgent: string,
  limits: Limits,
  deadline: AbortSignal,
  find: FindIn,
): Promise<ProbeResponse> => {
  const client = clientOn(opened, limits)
  const stop = new AbortController()
  const late = new ProbeFailure('timeout', 'The response headers were not complete in time.')
  const timer = setTimeout(() => stop.abort(late), limits.firstByteMs)
  const meter = setInterval(() => {
    if (opened.bytesRead() > mostBytes(limits)) stop.abort(tooLarge)
  }, meterMs)
  try {
    const response = await client.request({
      path: request.path,
      method: request.method,
      headers: headersOf(request, userAgent),
      signal: AbortSignal.any([stop.signal, deadline]),
      reset: true,
    })
    clearTimeout(timer)
    return await readResponse(response, limits, find)
  } finally {
    clearTimeout(timer)
    clearInterval(meter)
    // Not closed but destroyed: whatever is still on its way is of no interest.
    client.destroy().catch(() => {})
    opened.socket.destroy(finished)
  }
}

/** The client only sees that the connection is gone, where the socket knows why. */
const isGone = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'UND_ERR_SOCKET'

/** The work, or the reason of the signal if that comes first: no library may hold up a run. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })

/** Node takes any text for an authority and then trusts nobody by it. */
const requireCertificates = (pem: string): void => {
  try {
    new X509Certificate(pem)
  } catch {
    throw new UserFault(
      'The certificate authority file holds no certificate that can be read; give a PEM file, or leave --ca-file out.',
    )
  }
}

/**
 * A transport that sends each request over a connection of its own: no redirects, cookies, proxy, cache or reuse.
 * A direct probe goes on whatever the certificate, which is recorded, unless it goes to a service that many share; there,
 * and through the edge, the certificate must verify.
 * Throws a UserFault where `ca` is no certificate.
 */
export const createTransport = (options: TransportOptions): Transport => {
  const limits: Limits = { ...defaultLimits, ...options.limits }
  const route = options.route ?? ((host: string, port: number) => ({ host, port }))
  if (options.ca !== undefined) requireCertificates(options.ca)
  let trust: SecureContext | null = null
  // Made when first needed: reading every authority takes a while.
  const context = (): SecureContext => {
    trust ??= createSecureContext({
      ca: [...getCACertificates('default'), ...(options.ca === undefined ? [] : [options.ca])],
    })
    return trust
  }

  const exchange = async (
    request: ProbeRequest,
    address: string,
    verified: boolean,
    deadline: AbortSignal,
  ): Promise<Exchange['outcome']> => {
    const { sni, host } = request.present
    const to = {
      ...route(address, request.connect.port),
      sni,
      name: sni || host,
      mustVerify: verified || !isDirect({ request }),
    }
    const opened = await openSocket(to, limits, context, options.dial)
    deadline.addEventListener('abort', () => opened.socket.destroy(finished), { once: true })
    try {
      const { echoes } = options
      const find: FindIn =
        echoes === undefined || isDirect({ request }) ? null : text => echoes(request, text)
      const response = await ask(opened, request, options.userAgent, limits, deadline, find)
      return { kind: 'response', response, certificateVerified: opened.certificateVerified }
    } catch (thrown) {
      throw isGone(thrown) ? (opened.trouble() ?? thrown) : thrown
    } finally {
      opened.socket.destroy(finished)
    }
  }

  const send: Transport['send'] = async (request, address, verified = false) => {
    // Made before the clock starts: that it takes a while is not the origin's doing.
    if (request.present.sni !== null) context()
    const stop = new AbortController()
    const late = new ProbeFailure('timeout', 'The exchange was not complete in time.')
    const timer = setTimeout(() => stop.abort(late), limits.totalMs)
    try {
      return await unlessAborted(exchange(request, address, verified, stop.signal), stop.signal)
    } catch (thrown) {
      return { kind: 'no-response', ...failureOf(stop.signal.aborted ? late : thrown) }
    } finally {
      clearTimeout(timer)
    }
  }

  return { resolve: options.resolve, send }
}
