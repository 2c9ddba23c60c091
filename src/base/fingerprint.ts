/** Fingerprints: keyed ones for secrets (equality and nothing else), plain ones for identities. */
import { createHash, createHmac } from 'node:crypto'

/** HMAC-SHA256 of `value` under `key`, first 128 bits as 32 hex digits. */
export const keyedFingerprint = (key: Uint8Array, value: string): string =>
  createHmac('sha256', key).update(value, 'utf8').digest('hex').slice(0, 32)

/** SHA-256 of the parts, unambiguously joined, first 128 bits as 32 hex digits. For public identities only. */
export const identityFingerprint = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts), 'utf8').digest('hex').slice(0, 32)
