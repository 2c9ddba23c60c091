/** Opens the connection of a probe: to exactly one address, with a time limit for each step, TLS judged and recorded. */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import { ProbeFailure } from './failure.ts'
import type { Limits } from './limits.ts'

export interface Destination {
  readonly host: string
  readonly port: number
  /** Null for no TLS; empty for TLS that names no server. */
  readonly sni: string | null
  /** The name the certificate must be for. */
  readonly name: string
  /** Whether a certificate that does not verify ends the attempt. */
  readonly mustVerify: boolean
}

export interface Opened {
  readonly socket: Socket
  /** Null without TLS. */
  readonly certificateVerified: boolean | null
  /** The first error that the socket itself reported; null while there is none. */
  readonly trouble: () => Error | null
  /** Bytes that came over the wire so far. */
  readonly bytesRead: () => number
}

/** Waits for `event`, an error, the end of the connection or the time limit, whichever comes first. */
const waitFor = (socket: Socket, event: string, milliseconds: number, late: ProbeFailure): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void) => () => {
      clearTimeout(timer)
      socket.off(event, onEvent).off('error', onError).off('close', onClose)
      act()
    }
    const onEvent = settle(resolve)
    const onError = (error: Error) => settle(() => reject(error))()
    const onClose = settle(() => reject(new ProbeFailure('reset', 'The connection was closed at once.')))
    const timer = setTimeout(
      settle(() => reject(late)),
      milliseconds,
    )
    socket.once(event, onEvent).once('error', onError).once('close', onClose)
  })

/** An error that comes when nobody is listening is not worth the whole process. */
const quiet = <S extends Socket>(socket: S): S => socket.on('error', () => {}) as S

const firstError = (socket: Socket): (() => Error | null) => {
  let first: Error | null = null
  socket.on('error', error => {
    first ??= error
  })
  return () => first
}

const opened = (tcp: Socket, socket: Socket, certificateVerified: boolean | null): Opened => ({
  socket,
  certificateVerified,
  trouble: firstError(socket),
  bytesRead: () => tcp.bytesRead,
})

const handshake = async (
  tcp: Socket,
  to: Destination & { readonly sni: string },
  limits: Pick<Limits, 'tlsMs'>,
  context: SecureContext,
): Promise<Opened> => {
  const socket: TLSSocket = quiet(
    connectTls({
      socket: tcp,
      // An address is no server name (RFC 6066).
      servername: isIP(to.sni) ? '' : to.sni,
      host: to.name,
      secureContext: context,
      // Recorded instead: a direct probe carries no secret and wants to see what is there.
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    }),
  )
  try {
    const late = new ProbeFailure('tls-failed', 'The TLS handshake was not finished in time.')
    await waitFor(socket, 'secureConnect', limits.tlsMs, late)
    if (to.mustVerify && !socket.authorized)
      throw new ProbeFailure('tls-failed', `The certificate does not verify for ${to.name}.`)
  } catch (thrown) {
    socket.destroy()
    throw thrown
  }
  return opened(tcp, socket, socket.authorized)
}

/** A TCP connection that is being made. The address is a literal, so nothing is looked up again. */
export type Dial = (host: string, port: number) => Socket

const dialAddress: Dial = (host, port) => connectTcp({ host, port, autoSelectFamily: false })

/** Opens the connection. Rejects with what went wrong; then nothing is left open. */
export const openSocket = async (
  to: Destination,
  limits: Pick<Limits, 'connectMs' | 'tlsMs'>,
  context: () => SecureContext,
  dial: Dial = dialAddress,
): Promise<Opened> => {
  if (isIP(to.host) === 0) throw new ProbeFailure('failed', 'Only an address can be connected to.')
  const tcp = quiet(dial(to.host, to.port))
  tcp.setNoDelay(true)
  try {
    const late = new ProbeFailure('connect-timeout', 'The connection was not answered in time.')
    await waitFor(tcp, 'connect', limits.connectMs, late)
    return to.sni === null
      ? opened(tcp, tcp, null)
      : await handshake(tcp, { ...to, sni: to.sni }, limits, context())
  } catch (thrown) {
    tcp.destroy()
    throw thrown
  }
}
