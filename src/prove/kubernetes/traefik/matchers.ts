/** The matchers of Traefik's rules, in the spelling of version 3 and that of version 2. */

import type { Value } from '#topology/sealed.ts'
import type { Rule, Matcher as RuleMatcher, SealedRule } from '#topology/traefik.ts'
import { parseRule } from '#topology/traefik.ts'
import { type Expression, type Matcher, matcher } from '../routes/expression.ts'

/** The expression, or why it could not be read: Traefik leaves such a router out. */
export const expressionOf = (match: SealedRule<Value>, syntax: 'v2' | 'v3' | null): Expression | string => {
  const parsed = parseRule(match.text)
  if (!parsed.ok) return `its rule cannot be read: ${parsed.problem}`
  return translated(parsed.rule, match.values, syntax)
}

const translated = (rule: Rule, values: readonly Value[], syntax: 'v2' | 'v3' | null): Expression => {
  if (rule.kind === 'matcher') return matcherOf(rule, values, syntax)
  if (rule.kind === 'not') return { kind: 'not', of: translated(rule.of, values, syntax) }
  return { kind: rule.kind, of: rule.of.map(r => translated(r, values, syntax)) }
}

type Texts = readonly Value[]

const matcherOf = ({ name, args }: RuleMatcher, values: Texts, syntax: 'v2' | 'v3' | null): Expression => {
  const texts = args.map(({ text }) => {
    const mark = /^⟦(\d+)⟧$/.exec(text)?.[1]
    return mark === undefined ? text : (values[Number(mark)] ?? text)
  })
  const unread = matcher({ on: 'unread', text: name })
  const two = pairMatchers[name.toLowerCase()]
  if (two !== undefined) {
    const [key, value] = texts
    if (typeof key !== 'string' || value === undefined || texts.length !== 2) return unread
    return matcher(two(key.toLowerCase(), value))
  }
  const one = textMatchers[name.toLowerCase()]
  if (one === undefined) return unread
  // Version 2 takes several texts, of which one is enough; and its paths and hosts may hold `{name:pattern}`.
  const plain = texts.filter(t => typeof t === 'string')
  if (plain.length !== texts.length || (syntax !== 'v2' && texts.length > 1)) return unread
  if (plain.some(t => /[{}]/.test(t)) && !/Regexp$/i.test(name)) return unread
  if (syntax === 'v2' && /Regexp$/i.test(name)) return unread
  const all = plain.map(t => matcher(one(t)))
  return all.length === 1 && all[0] !== undefined ? all[0] : { kind: 'or', of: all }
}

const pairMatchers: Readonly<Record<string, (key: string, value: Value) => Matcher>> = {
  header: (name, value) => ({ on: 'header', name, value }),
  headers: (name, value) => ({ on: 'header', name, value }),
  headerregexp: (name, pattern) => ({ on: 'header-pattern', name, pattern }),
  headersregexp: (name, pattern) => ({ on: 'header-pattern', name, pattern }),
  query: (name, value) => ({ on: 'query', name, value }),
  queryregexp: (name, pattern) => ({ on: 'query-pattern', name, pattern }),
}

const textMatchers: Readonly<Record<string, (text: string) => Matcher>> = {
  host: text => hostMatcher(text.toLowerCase()),
  hostregexp: pattern => ({ on: 'host-pattern', pattern }),
  path: path => ({ on: 'path', path }),
  pathprefix: prefix => ({ on: 'path-prefix', prefix, whole: false }),
  pathregexp: pattern => ({ on: 'path-pattern', pattern }),
  method: method => ({ on: 'method', method: method.toUpperCase() }),
  clientip: cidr => ({ on: 'client', cidr }),
}

/** Since version 3.8 `*.example.com` takes one label and `**.example.com` any number; earlier ones took neither. */
const hostMatcher = (name: string): Matcher =>
  name.includes('*') ? { on: 'unread', text: `Host(\`${name}\`)` } : { on: 'host', name }
