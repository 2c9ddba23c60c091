/**
 * Whether an `Authorization` value opens an htpasswd file, and where not, what is wrong with it. Raw values come in, facts
 * go out: nothing in the answer is part of a value.
 */
import { createHash } from 'node:crypto'
import apacheMd5Module from 'apache-md5'
import { compareSync } from 'bcryptjs'
import { strengthOf } from './strength.ts'

/** The package's types describe another module format than it has: what is imported is the function itself. */
const apacheMd5 = apacheMd5Module as unknown as (password: string, salt: string) => string

export type BasicAuthDefect =
  /** The value does not begin with `Basic `. */
  | 'prefix-missing'
  /** What follows `Basic ` is not Base64 of `user:password`. */
  | 'not-encoded'
  /** No entry of the file has the user. */
  | 'user-mismatch'
  /** The user's entry holds another password. */
  | 'password-mismatch'
  /** The password would fit without the line break at its end: the usual mark of `echo` without `-n`. */
  | 'trailing-newline'
  /** The entry is hashed in a way that this version does not compute. */
  | 'unsupported-hash'

export interface BasicAuthFacts {
  /** Entries that nginx reads in the file. */
  readonly entries: number
  /** Whether nginx lets the value in; null where the hash is not supported. */
  readonly fits: boolean | null
  readonly defects: readonly BasicAuthDefect[]
  /** Effective bits of the password that fits, where one does. */
  readonly bits?: number
}

interface Entry {
  readonly user: string
  readonly hash: string
}

/** As nginx reads the file: `#` opens a comment line, a second `:` ends the hash. */
const entriesOf = (htpasswd: string): readonly Entry[] =>
  htpasswd.split('\n').flatMap(line => {
    const [user, rest] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]
    const hash = rest.split(/[:\r]/, 1)[0] ?? ''
    return line.startsWith('#') || !line.includes(':') || hash === '' ? [] : [{ user, hash }]
  })

interface Credentials {
  readonly user: string
  readonly password: string
}

/** nginx stops at the first `=`, and takes the URL-safe alphabet for an error. */
const decoded = (text: string): Credentials | null => {
  const bare = text.replace(/=.*$/s, '')
  if (!/^[A-Za-z0-9+/]+$/.test(bare) || bare.length % 4 === 1) return null
  const plain = Buffer.from(bare, 'base64').toString('utf8')
  const colon = plain.indexOf(':')
  return colon < 0 ? null : { user: plain.slice(0, colon), password: plain.slice(colon + 1) }
}

const sha1 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha1').update(Buffer.concat(parts)).digest()

/** `{SSHA}` is Base64 of the digest and the salt behind it. */
const fitsSalted = (encoded: string, password: Buffer): boolean => {
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.length > 20 && sha1(password, bytes.subarray(20)).equals(bytes.subarray(0, 20))
}

/** Each step doubles the time; more than this would take minutes, and nginx as long for each request. */
const highestCost = 14

/** Null for a hash that is not computed here: DES, SHA-2 crypt, and bcrypt that takes too long. */
const fits = (password: string, hash: string): boolean | null => {
  const bytes = Buffer.from(password, 'utf8')
  if (hash.startsWith('{PLAIN}')) return password === hash.slice('{PLAIN}'.length)
  if (hash.startsWith('{SHA}')) return sha1(bytes).equals(Buffer.from(hash.slice('{SHA}'.length), 'base64'))
  if (hash.startsWith('{SSHA}')) return fitsSalted(hash.slice('{SSHA}'.length), bytes)
  // The library takes one character for one byte.
  if (/^\$(?:apr1|1)\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}$/.test(hash))
    return apacheMd5(bytes.toString('latin1'), hash) === hash
  const cost = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash)?.[1]
  if (cost !== undefined && Number(cost) <= highestCost) return compareSync(password, hash)
  return null
}

const judged = (entries: readonly Entry[], { user, password }: Credentials): BasicAuthFacts => {
  const count = entries.length
  const entry = entries.find(e => e.user === user)
  const trimmed = password.replace(/[\r\n]+$/, '')
  if (entry === undefined) return { entries: count, fits: false, defects: ['user-mismatch'] }
  const opens = fits(password, entry.hash)
  if (opens === null) return { entries: count, fits: null, defects: ['unsupported-hash'] }
  if (opens) return { entries: count, fits: true, defects: [], bits: strengthOf(password, 'value').exactBits }
  const newline = trimmed !== password && fits(trimmed, entry.hash) === true
  return { entries: count, fits: false, defects: [newline ? 'trailing-newline' : 'password-mismatch'] }
}

/** `authorization` is the header's value as CloudFront sends it; `htpasswd` the whole file of the secret. */
export const basicAuthFacts = (authorization: string, htpasswd: string): BasicAuthFacts => {
  const entries = entriesOf(htpasswd)
  const value = authorization.trim()
  const prefixed = /^basic +/i.exec(value)
  const credentials = decoded(value.slice(prefixed?.[0].length ?? 0))
  if (prefixed === null) {
    const rest = credentials === null ? [] : judged(entries, credentials).defects
    return { entries: entries.length, fits: false, defects: ['prefix-missing', ...rest] }
  }
  if (credentials === null) return { entries: entries.length, fits: false, defects: ['not-encoded'] }
  return judged(entries, credentials)
}
