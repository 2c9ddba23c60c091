/** Keys that signed URLs and cookies are checked with. */
import type { Known } from '#base/known.ts'
import type { Ref } from './ref.ts'

/** A public key that the account gave to CloudFront. Whoever has its private half signs for what trusts it. */
export interface SigningKey {
  readonly ref: Ref
  /** The key-pair id of signed URLs and cookies. */
  readonly id: string
  readonly name: string
  /** When it was given to CloudFront, ISO 8601; null where that cannot be read. */
  readonly created: string | null
  readonly algorithm: 'rsa' | 'ecdsa' | 'unrecognised'
  /** Of the modulus of an RSA key; null for others. */
  readonly bits: number | null
  /** Of an ECDSA key, as OpenSSL names it: `prime256v1` is P-256. */
  readonly curve: string | null
  /** Groups that hold it. */
  readonly groups: Known<readonly KeyGroup[]>
  /** Names of field-level encryption profiles that use it, which makes it no signing key; asked where no group holds it. */
  readonly encrypts: Known<readonly string[]>
}

/** Behaviours trust groups, and a group's keys all at once. */
export interface KeyGroup {
  readonly ref: Ref
  readonly id: string
  readonly name: string
  /** Ids of its public keys. */
  readonly keys: readonly string[]
}
