/** Rules of Traefik's routers: of ``Header(`X-Token`, `value`)`` and its relatives the value is sealed. */
import type { Dialect } from '../../sealed.ts'
import { isSecretHeader, isSecretQuery } from '../header-names.ts'
import type { Inner, Visit } from '../places.ts'

/** A text as Go writes it: between backticks as it stands, between quotes with escapes. */
const text = '(?:`[^`]*`|"(?:[^"\\\\\\n]|\\\\.)*")'
const call = new RegExp(
  `\\b(Headers?(?:Regexp)?|Query(?:Regexp)?)(\\s*\\()((?:\\s*${text}\\s*,?)*)(\\s*\\))`,
  'gi',
)
const whole = new RegExp(`^(?:${text}|[^\`"])*$`)

const unquoted = (quoted: string): string => {
  if (quoted.startsWith('`')) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted.slice(1, -1)
  }
}

const isSecret = (query: boolean, name: string, value: string): boolean =>
  query ? isSecretQuery(name, value) : isSecretHeader(name, value)

const begins = /\b(?:Headers?|Query)(?:Regexp)?\s*\(/gi

/** What cannot be read as a whole is one secret. */
const unreadable = (raw: string, visit: Visit, text: string): unknown => ({
  text: '⟦0⟧',
  values: [visit({ raw, dialect: 'value', header: '*' })],
  problems: [{ kind: 'syntax', line: 1, text }],
})

/** `{text, values, problems}` as for snippets; a mark stands between the quotes of the value. */
export const matcher = (value: unknown, visit: Visit, inner: Inner): unknown => {
  if (typeof value !== 'string') return inner(value)
  const source = value.replaceAll(/[⟦⟧]/g, '?')
  if (!whole.test(source)) return unreadable(source, visit, 'a text in the rule is never closed')
  if (source.match(begins)?.length !== source.match(call)?.length)
    return unreadable(source, visit, 'a matcher of the rule cannot be read')
  const values: unknown[] = []
  const sealed = source.replace(call, (all, matched: string, open: string, args: string, close: string) => {
    const [first, ...rest] = args.match(new RegExp(text, 'g')) ?? []
    if (first === undefined) return all
    const query = /^query/i.test(matched)
    const dialect: Dialect = /regexp$/i.test(matched) ? 'nginx:~' : 'nginx:='
    const header = query ? '' : unquoted(first).toLowerCase()
    const one = (quoted: string): string => {
      const raw = unquoted(quoted)
      if (!isSecret(query, unquoted(first), raw)) return quoted
      return `\`⟦${values.push(visit({ raw, dialect, header })) - 1}⟧\``
    }
    return `${matched}${open}${[first, ...rest.map(one)].join(', ')}${close}`
  })
  return { text: inner(sealed, 'text'), values, problems: [] }
}
