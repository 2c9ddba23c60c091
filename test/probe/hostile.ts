/** Servers on loopback that misbehave, and a transport with little patience to meet them. */
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { Exchange, ProbeRequest } from '#probe/exchange.ts'
import type { Limits } from '#probe/limits.ts'
import { createTransport, type TransportOptions } from '#probe/transport.ts'

export interface Hostile {
  readonly port: number
  /** What clients sent, as text, one entry per connection. */
  readonly heard: string[]
  /** Bytes that clients took, as far as the system accepted them. */
  readonly written: () => number
  readonly close: () => Promise<void>
}

type Behaviour = (socket: Socket, request: string) => void

const running: Hostile[] = []

const start = async (
  server: Server,
  behave: Behaviour,
  when: 'connection' | 'secureConnection' | 'connect',
) => {
  const sockets = new Set<Socket>()
  const heard: string[] = []
  const greet = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {})
    const index = heard.push('') - 1
    let answered = false
    if (when === 'connect') behave(socket, '')
    socket.on('data', data => {
      heard[index] += data.toString('latin1')
      if (answered || when === 'connect' || !heard[index]?.includes('\r\n\r\n')) return
      answered = true
      behave(socket, heard[index])
    })
  }
  server.on('tlsClientError', () => {})
  server.on(when === 'connect' ? 'connection' : when, greet)
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const hostile: Hostile = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    heard,
    written: () => [...sockets].reduce((sum, s) => sum + s.bytesWritten, 0),
    close: () =>
      new Promise(done => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
  running.push(hostile)
  return hostile
}

/** Plain HTTP: `behave` is called once the request is complete. */
export const plain = (behave: Behaviour): Promise<Hostile> => start(createServer(), behave, 'connection')

/** Called as soon as somebody connects. */
export const onConnect = (behave: Behaviour): Promise<Hostile> => start(createServer(), behave, 'connect')

export const secure = (options: TlsOptions, behave: Behaviour): Promise<Hostile> =>
  start(createTlsServer(options), behave, 'secureConnection')

export const closeAll = async (): Promise<void> => {
  await Promise.all(running.splice(0).map(h => h.close()))
}

/** Writes `chunk` again and again, as fast as the other side takes it. */
export const flood = (socket: Socket, chunk: string | Buffer): void => {
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}

/** Writes the parts one by one, slowly, for ever. */
export const drip = (socket: Socket, part: string): void => {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(part)), 10)
  socket.on('close', () => clearInterval(timer))
}

/** Enough for any answer that comes, however busy the machine. */
export const patience: Partial<Limits> = {
  connectMs: 20_000,
  tlsMs: 20_000,
  firstByteMs: 20_000,
  totalMs: 25_000,
}

/** For answers that never come. */
export const impatience: Partial<Limits> = { connectMs: 200, tlsMs: 200, firstByteMs: 200, totalMs: 1_000 }

export const request = (changes: Partial<ProbeRequest> = {}): ProbeRequest => ({
  id: 'E1/app#1',
  link: 'E1/app',
  recipe: 'R1',
  role: 'W',
  connect: { name: 'origin.example.com', port: 443, family: 4 },
  present: { host: 'origin.example.com', sni: null },
  method: 'GET',
  path: '/',
  headers: [],
  ...changes,
})

/** Sends one request to the server, by way of a public address that only the route knows where to find. */
export const ask = (
  server: Pick<Hostile, 'port'>,
  changes: Partial<ProbeRequest> = {},
  options: Partial<TransportOptions> = {},
): Promise<Exchange['outcome']> => {
  const transport = createTransport({
    resolve: async () => [],
    userAgent: 'originproof/0.1.0 (test)',
    limits: patience,
    route: () => ({ host: '127.0.0.1', port: server.port }),
    ...options,
  })
  return transport.send(request(changes), '52.0.0.1')
}

export const reasonOf = (outcome: Exchange['outcome']): string =>
  outcome.kind === 'response' ? `response ${outcome.response.status}` : outcome.reason
