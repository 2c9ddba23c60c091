/** Takes tokens out of texts that are no secret themselves: addresses with credentials, arguments, settings. */
import { isSealed, sealedName } from '../../sealed.ts'
import { isSecretHeader } from '../header-names.ts'
import { looksLikeName } from '../names.ts'
import type { Inner, Visit } from '../places.ts'

const credential =
  '[\\w.-]{0,40}(?:token|secret|passw|credential|api[-_]?key|session|signature|jwt)[\\w.-]{0,40}'
/** What follows `//` up to an `@`: user and password. */
const login = /(?<=\/\/)[^/?#\s@]+(?=@)/g
/** The value of a parameter or option that is named as a credential, unless it is a variable. */
const named = new RegExp(`(?<=(?:[?&;,\\s]|^|--)${credential}[=:]\\s?)[^&;,\\s$"'][^&;,\\s"']*`, 'gi')
const run = /[A-Za-z0-9+=_-]{16,}/g

const mark = (visit: Visit) => (raw: string) => {
  const value = visit({ raw, dialect: 'value', header: '' })
  return isSealed(value) ? `[${sealedName(value)}]` : raw
}

/** The text with a mark in the place of each token. */
export const withoutTokens = (text: string, visit: Visit): string =>
  text
    .replace(login, mark(visit))
    .replace(named, raw => (raw.startsWith('[sealed:') ? raw : mark(visit)(raw)))
    .replace(run, raw => (isToken(raw) ? mark(visit)(raw) : raw))

/** Words with dashes between them are names, however long. */
const isToken = (raw: string): boolean =>
  !/^[a-z]+(?:[-_=][a-z]+\d?)*$/i.test(raw) && !looksLikeName(raw) && isSecretHeader('user-agent', raw)

/** Every text inside, except under names that refer to something. */
export const deeplyWithoutTokens = (value: unknown, visit: Visit, inner: Inner, key = ''): unknown => {
  if (typeof value === 'string') return inner(isReference(key) ? value : withoutTokens(value, visit), key)
  if (Array.isArray(value)) return value.map(v => deeplyWithoutTokens(v, visit, inner, key))
  if (typeof value !== 'object' || value === null || isSealed(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [k, deeplyWithoutTokens(v, visit, inner, k)]),
  )
}

/** Names of objects and addresses, by which records are joined. */
const references =
  /(?:^|[-./])(?:secret|arns?|groups?|name|names|namespace|subnets|ids?|backend|alias|ranges?|cidrs?|lists?|class|tags|certificate|allocations|addresses|ports|service|vhost|headers|middlewares|entrypoints|ciphers|sourceRange|format)$|^(?:host|kind)$/

export const isReference = (key: string): boolean => references.test(key)

/** `--name=`: with the value after it, a name may look like a token. */
const flag = /^--?[a-z]+(?:-[a-z]+)*=/

/** One argument of a program. */
export const commandLine = (value: unknown, visit: Visit, inner: Inner): unknown => {
  if (typeof value !== 'string') return inner(value, 'args')
  const name = flag.exec(value)?.[0] ?? ''
  return inner(`${name}${withoutTokens(value.slice(name.length), visit)}`, 'args')
}
