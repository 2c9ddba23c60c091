/** How a load balancer hands a request to a live target, and the answer back. */
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { LoadBalancer } from '#topology/model.ts'
import { hopByHop } from './hop-by-hop.ts'

export interface Arrived {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly lb: LoadBalancer
  /** Address of the client, and the port and kind of the listener that it came to. */
  readonly source: string
  readonly port: number
  readonly tls: boolean
}

type Header = readonly [name: string, value: string]

const pairs = (raw: readonly string[]): readonly Header[] =>
  raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as const] : []))

const passing = (raw: readonly string[]): readonly Header[] =>
  pairs(raw).filter(([name]) => !hopByHop.has(name.toLowerCase()))

const forwarded = /^x-forwarded-(?:for|proto|port)$/i

/** An Application Load Balancer tells who came and how; a Network Load Balancer changes nothing. */
const headersTo = ({ request, lb, source, port, tls }: Arrived): readonly Header[] => {
  const own = passing(request.rawHeaders)
  if (lb.kind !== 'application') return own
  const before = own.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value)
  return [
    ...own.filter(([name]) => !forwarded.test(name)),
    ['X-Forwarded-For', [...before, source].join(', ')],
    ['X-Forwarded-Proto', tls ? 'https' : 'http'],
    ['X-Forwarded-Port', String(port)],
  ]
}

/** To a target on a port of loopback; `fail` answers where it gives no answer. */
export const toTarget = (target: number, arrived: Arrived, fail: () => void): void => {
  const { request, response } = arrived
  const call = httpRequest(
    {
      host: '127.0.0.1',
      port: target,
      method: request.method,
      path: request.url,
      headers: headersTo(arrived).flat(),
      agent: false,
      timeout: 5_000,
    },
    answer => {
      response.writeHead(answer.statusCode ?? 502, passing(answer.rawHeaders).flat())
      answer.pipe(response)
    },
  )
  call.on('timeout', () => call.destroy(new Error('timeout')))
  call.on('error', () => (response.headersSent ? response.destroy() : fail()))
  request.pipe(call)
}
