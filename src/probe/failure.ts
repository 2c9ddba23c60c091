/** What went wrong on the wire, as one of the reasons an exchange may have no response. */
import type { NoResponse } from './exchange.ts'

export interface Failure {
  readonly reason: NoResponse
  /** One fixed sentence: nothing the other side said is repeated. */
  readonly message: string
}

/** Failure known to the probe itself, thrown through code that only knows exceptions. */
export class ProbeFailure extends Error {
  override readonly name = 'ProbeFailure'
  readonly failure: Failure
  constructor(reason: NoResponse, message: string) {
    super(message)
    this.failure = { reason, message }
  }
}

const byCode: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: { reason: 'refused', message: 'The connection was refused.' },
  ETIMEDOUT: { reason: 'connect-timeout', message: 'The connection was not answered.' },
  EHOSTUNREACH: { reason: 'failed', message: 'There is no route to the address from here.' },
  ENETUNREACH: { reason: 'failed', message: 'There is no network to the address from here.' },
  EADDRNOTAVAIL: { reason: 'failed', message: 'This host has no address of that family.' },
  EAFNOSUPPORT: { reason: 'failed', message: 'This host has no address of that family.' },
  ECONNRESET: { reason: 'reset', message: 'The connection was reset.' },
  EPIPE: { reason: 'reset', message: 'The connection was closed while sending.' },
  UND_ERR_SOCKET: { reason: 'reset', message: 'The connection was closed before the response was complete.' },
  UND_ERR_HEADERS_OVERFLOW: {
    reason: 'too-large',
    message: 'The response headers are larger than the limit.',
  },
  // The HTTP client takes some answers for impossible, such as a switch of protocols that nobody asked for.
  ERR_ASSERTION: { reason: 'invalid-http', message: 'The answer is not one that HTTP allows here.' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    reason: 'invalid-http',
    message: 'The body has not the length that the response headers say.',
  },
}

/** Alerts of a server that wants a client certificate and got none. */
const wantsCertificate = new Set([
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_SSLV3_ALERT_NO_CERTIFICATE',
])

const codeOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : ''

/** Names of error codes are ours to show; anything else is not. */
const shown = (code: string): string => (/^[A-Z0-9_/]{1,64}$/.test(code) ? ` (${code})` : '')

/** The failure behind anything that was thrown while asking. */
export const failureOf = (thrown: unknown): Failure => {
  if (thrown instanceof ProbeFailure) return thrown.failure
  const code = codeOf(thrown)
  const fixed = Object.hasOwn(byCode, code) ? byCode[code] : undefined
  if (fixed !== undefined) return fixed
  if (wantsCertificate.has(code))
    return { reason: 'client-certificate-required', message: 'The server asks for a client certificate.' }
  if (code.startsWith('HPE_') || (thrown instanceof Error && thrown.name === 'HTTPParserError'))
    return { reason: 'invalid-http', message: 'The answer is not valid HTTP.' }
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO')
    return { reason: 'tls-failed', message: `The TLS handshake failed${shown(code)}.` }
  return { reason: 'failed', message: `The request failed${shown(code)}.` }
}
