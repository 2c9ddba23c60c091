/** The response headers that are kept: a short list, each cut down to what classification and people need. */
import { maskLongIds, maskLongWords } from './mask.ts'

type Pair = readonly [name: string, value: string]

const longest = 256
const mostCookies = 32

/** No query, fragment or user; long path segments masked. */
const locationOf = (value: string): string => {
  const parts = /^(?:([a-z][a-z0-9+.-]*:)?\/\/([^/?#]*))?([^?#]*)/i.exec(value)
  const authority = (parts?.[2] ?? '').replace(/^.*@/, '')
  const prefix = parts?.[2] === undefined ? '' : `${parts[1] ?? ''}//${authority}`
  return prefix.toLowerCase() + maskLongWords(parts?.[3] ?? '')
}

const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

/** What is kept of each header; an empty value drops it. */
const kept: Readonly<Record<string, (value: string) => string>> = {
  'content-language': maskLongIds,
  'content-length': value => (/^\d{1,15}$/.test(value) ? value : ''),
  'content-type': value =>
    maskLongIds(/^[\w.+-]+\/[\w.+-]+(?:\s*;\s*charset="?[\w-]+"?)?/i.exec(value)?.[0] ?? ''),
  etag: maskLongWords,
  'last-modified': value => (httpDate.test(value) ? value : ''),
  location: locationOf,
  'referrer-policy': maskLongIds,
  server: maskLongIds,
  via: maskLongWords,
  'www-authenticate': value => maskLongWords(/^[A-Za-z0-9_-]{1,32}(?=\s|,|$)/.exec(value)?.[0] ?? ''),
  'x-amzn-errortype': maskLongWords,
  'x-amzn-waf-action': maskLongWords,
  'x-cache': maskLongIds,
  'x-content-type-options': maskLongIds,
  'x-frame-options': maskLongIds,
  'x-powered-by': maskLongIds,
}

const cookieName = (value: string): string => maskLongWords(/^[^=;\s]{1,64}/.exec(value)?.[0] ?? '')

/** Printable ASCII only: everything else has no place in a header that is shown. */
const printable = (value: string): string => value.replace(/[^ -~]+/g, ' ').trim()

const reduceOne = ([name, value]: Pair): readonly Pair[] => {
  const folded = name.toLowerCase()
  if (folded === 'set-cookie') return [[folded, cookieName(value)]]
  const reduce = Object.hasOwn(kept, folded) ? kept[folded] : undefined
  return reduce === undefined ? [] : [[folded, reduce(printable(value)).slice(0, longest)]]
}

/** Lower-case names in order; cookies by name only, each once; values that could be a secret masked. */
export const reduceHeaders = (headers: readonly Pair[]): readonly Pair[] => {
  const pairs = headers.flatMap(reduceOne).filter(([, value]) => value !== '')
  const seen = new Map(pairs.map(([name, value]) => [`${name}\n${value}`, [name, value] as const]))
  const cookies = [...seen.values()].filter(([name]) => name === 'set-cookie').slice(0, mostCookies)
  const others = [...seen.values()].filter(([name]) => name !== 'set-cookie').slice(0, 2 * mostCookies)
  return [...others, ...cookies].sort(([a, x], [b, y]) =>
    a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0,
  )
}
