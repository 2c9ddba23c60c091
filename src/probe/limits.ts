/** The numbers a probe keeps within: pace, patience and size. */

export interface Limits {
  /** Requests per second at one origin. */
  readonly requestsPerSecond: number
  readonly requestsPerOrigin: number
  /** Requests of a whole run. */
  readonly requestsInAll: number
  /** Origins asked at the same time; each one gets one request at a time. */
  readonly originsAtOnce: number
  /** Milliseconds until the connection stands. */
  readonly connectMs: number
  /** Milliseconds for the TLS handshake. */
  readonly tlsMs: number
  /** Milliseconds from sending until the response headers are complete. */
  readonly firstByteMs: number
  /** Milliseconds for the whole exchange. */
  readonly totalMs: number
  /** Bytes of response headers. */
  readonly headerBytes: number
  /** Bytes of body as sent. */
  readonly bodyBytes: number
  /** Bytes of body after decompression. */
  readonly decodedBytes: number
  /** Responses of 5xx in a row, or slow ones in a row, after which an origin is left alone. */
  readonly troubleInARow: number
  /** A response is slow when it takes this many times as long as the first one of the same endpoint did ... */
  readonly slowFactor: number
  /** ... and at least this many milliseconds. */
  readonly slowMs: number
}

export const defaultLimits: Limits = {
  requestsPerSecond: 1,
  requestsPerOrigin: 60,
  requestsInAll: 20_000,
  originsAtOnce: 8,
  connectMs: 3_000,
  tlsMs: 3_000,
  firstByteMs: 5_000,
  totalMs: 10_000,
  headerBytes: 32 * 1024,
  bodyBytes: 64 * 1024,
  decodedBytes: 256 * 1024,
  troubleInARow: 3,
  slowFactor: 3,
  slowMs: 1_000,
}
