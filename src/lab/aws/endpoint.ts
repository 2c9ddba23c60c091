/** An AWS endpoint on loopback that serves any AWS service to unmodified SDK clients, whatever the world behind it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answered, answer } from './answer.ts'
import { sendBroken } from './broken.ts'
import type { AwsCall, AwsHandler } from './call.ts'
import { identifier } from './identify.ts'
import type { HttpCall } from './protocol.ts'
import { knownServices, type ServiceSource } from './sources.ts'

export type { Broken } from './broken.ts'
export type { AwsAnswer, AwsCall, AwsHandler } from './call.ts'

export interface AwsEndpointOptions {
  /** 0 or absent: any free port. */
  readonly port?: number
  /** Added to every request before it is handled. */
  readonly latencyMs?: number
  /** Sees every call that was understood, before it is handled. */
  readonly onCall?: (call: AwsCall) => void
  /** The services to speak; all known ones unless given. */
  readonly services?: readonly ServiceSource[]
}

export interface AwsEndpoint {
  /** `http://127.0.0.1:PORT`, to be given to clients as `endpoint`. */
  readonly url: string
  /** Ends open connections too, hanging ones included. */
  close(): Promise<void>
}

/**
 * Starts the endpoint. A handler that throws, or whose output does not fit the operation's schema, is answered with
 * InternalFailure (500) and the reason. Rejects only when the port cannot be bound.
 */
export async function serveAws(handle: AwsHandler, options: AwsEndpointOptions = {}): Promise<AwsEndpoint> {
  const serve = server(handle, options)
  const http = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    serve(request, response).catch(problem => fail(response, problem))
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}

function server(handle: AwsHandler, options: AwsEndpointOptions) {
  const identify = identifier(options.services ?? knownServices)
  const observed: AwsHandler = call => {
    options.onCall?.(call)
    return handle(call)
  }
  let served = 0
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    served += 1
    const requestId = `00000000-0000-4000-8000-${String(served).padStart(12, '0')}`
    const http = await receive(request)
    if (options.latencyMs) await sleep(options.latencyMs)
    send(response, requestId, await answer(await identify(http), http, observed, requestId))
  }
}

/** What only a mistake in the lab or its world can cause: an unknown protocol, a header value HTTP cannot carry. */
function fail(response: ServerResponse, problem: unknown): void {
  if (response.headersSent) response.destroy()
  else response.writeHead(500, { 'content-type': 'text/plain' }).end(`The lab failed: ${problem}`)
}

function send(response: ServerResponse, requestId: string, answered: Answered): void {
  if ('broken' in answered) {
    sendBroken(response, answered.broken, answered.syntax)
    return
  }
  const { status, headers, body } = answered
  const own = { 'x-amzn-requestid': requestId, 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...own, ...headers }).end(body)
}

async function receive(request: IncomingMessage): Promise<HttpCall> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const [path = '/', search = ''] = splitOnce(request.url ?? '/', '?')
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const)
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  }
}

function splitOnce(text: string, at: string): readonly string[] {
  const i = text.indexOf(at)
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + 1)]
}
