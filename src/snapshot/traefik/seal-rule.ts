/** A rule of a Traefik router with its secrets taken out. */
import { isSecretHeader, isSecretQuery } from '../seal/header-names.ts'
import type { Dialect } from '../sealed.ts'
import { type Matcher, parseRule, type Rule } from './parse.ts'

/** Each secret is replaced by a mark `⟦n⟧`, and the value that it stood for is the n-th of `values`. */
export interface SealedRule<V = unknown> {
  readonly text: string
  readonly values: readonly V[]
  /** Characters of the original: without a priority of its own, a router with a longer rule comes first. */
  readonly length: number
}

export interface RuleSecret {
  readonly raw: string
  readonly dialect: Dialect
  /** Lower case; `*` where the rule cannot be read. */
  readonly header: string
}

/** The rule with what `visit` gives for each secret. One that cannot be read is a secret as a whole. */
export const sealRule = <V>(source: string, visit: (secret: RuleSecret) => V): SealedRule<V> => {
  const text = source.replaceAll(/[⟦⟧]/g, '?')
  const { length } = source
  const parsed = parseRule(text)
  if (!parsed.ok)
    return { text: '⟦0⟧', values: [visit({ raw: source, dialect: 'value', header: '*' })], length }
  const secrets = matchersOf(parsed.rule)
    .flatMap(secretsOf)
    .toSorted((a, b) => a.start - b.start)
  let [made, at] = ['', 0]
  for (const [n, { start, end }] of secrets.entries()) {
    made += `${text.slice(at, start)}\`⟦${n}⟧\``
    at = end
  }
  return { text: made + text.slice(at), values: secrets.map(visit), length }
}

const matchersOf = (rule: Rule): readonly Matcher[] => {
  if (rule.kind === 'matcher') return [rule]
  return rule.kind === 'not' ? matchersOf(rule.of) : rule.of.flatMap(matchersOf)
}

/** The matchers whose second text is compared with what the client sends; `Headers` and `HeadersRegexp` are version 2. */
const comparing: Readonly<Record<string, Dialect>> = {
  header: 'nginx:=',
  headers: 'nginx:=',
  headerregexp: 'nginx:~',
  headersregexp: 'nginx:~',
  query: 'nginx:=',
  queryregexp: 'nginx:~',
}

type Placed = RuleSecret & { readonly start: number; readonly end: number }

const secretsOf = ({ name, args }: Matcher): readonly Placed[] => {
  const dialect = comparing[name.toLowerCase()]
  const [key, value] = args
  if (dialect === undefined || key === undefined || value === undefined) return looseSecrets(args)
  const query = /^query/i.test(name)
  const header = query ? '*' : key.text.toLowerCase()
  if (!(query ? isSecretQuery(key.text, value.text) : isSecretHeader(header, value.text))) return []
  return [{ raw: value.text, dialect, header, start: value.start, end: value.end }]
}

/** Wherever it stands, a text that looks like a token is not let out: version 2 writes `Query(`token=...`)`. */
const looseSecrets = (args: Matcher['args']): readonly Placed[] =>
  args
    .filter(({ text }) => text.split(/[^A-Za-z0-9+/=_-]+/).some(piece => isSecretHeader('user-agent', piece)))
    .map(({ text, start, end }) => ({ raw: text, dialect: 'value', header: '*', start, end }))
