/** Plain HTTP and HTTPS servers on loopback ports of the system's choosing. */
import { createServer as createHttp, type RequestListener, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { SecureContextOptions } from 'node:tls'

export interface Running {
  readonly port: number
  close(): Promise<void>
}

/** Listens on 127.0.0.1; with `tls` the server speaks HTTPS. */
export const listen = async (handle: RequestListener, tls?: SecureContextOptions): Promise<Running> => {
  const server: Server = tls ? createHttps(tls, handle) : createHttp(handle)
  // closeAllConnections knows nothing of a connection that never finished its TLS handshake.
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((ready, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', ready)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>(closed => {
        server.close(() => closed())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** That many different ports of loopback where nothing listens: connections are refused. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const held = await Promise.all(Array.from({ length: count }, () => listen(() => undefined)))
  await Promise.all(held.map(server => server.close()))
  return held.map(server => server.port)
}
