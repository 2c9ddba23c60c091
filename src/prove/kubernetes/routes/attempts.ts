/** Writes requests for one way to meet an expression, and says which secrets it takes. */
import { exampleAddress, intersectCidrs, malformedCidrs } from '#base/ip-set.ts'
import { isSealed, type Sealed, type Value } from '#topology/sealed.ts'
import type { Machine } from '../../language/machine.ts'
import { findWord } from '../../language/search.ts'
import { headerTexts, hostNames, plainPaths, type Universe } from '../../language/universe.ts'
import { isStrong, isUnderstood } from '../../value.ts'
import type { Seen } from '../nginx/access.ts'
import { patternMachine } from '../nginx/pattern.ts'
import type { Attempt, Matcher } from './expression.ts'
import type { Term } from './terms.ts'

export type Attempts =
  /** A strong secret must be known. */
  | { readonly kind: 'secret'; readonly secret: Sealed; readonly name: string }
  | { readonly kind: 'written'; readonly attempts: readonly Attempt[]; readonly guesses: readonly Sealed[] }
  /** No stranger has an address that it asks for. */
  | { readonly kind: 'impossible' }
  | { readonly kind: 'doubt'; readonly reason: string }

const doubt = (reason: string): Attempts => ({ kind: 'doubt', reason })

/** `seen`: addresses that the router may take a stranger's for. */
export const attemptsOf = (term: Term, seen: Seen): Attempts => {
  const asked = term.filter(l => l.positive).map(l => l.matcher)
  const sealed = asked.flatMap(sealedIn)
  const secret = sealed.find(({ value }) => isStrong(value))
  if (secret !== undefined) return { kind: 'secret', secret: secret.value, name: secret.name }
  if (sealed.some(({ value }) => !isUnderstood(value)))
    return doubt('how hard the value that it asks for is to guess is not known')
  const unread = asked.find(m => m.on === 'unread')
  if (unread !== undefined) return doubt(`the matcher ${unread.text} is beyond this version`)
  const hosts = hostsFor(asked)
  const paths = pathsFor(asked)
  const values = valuesFor(asked)
  const address = addressFor(asked, seen)
  if (hosts === null || paths === null || values === null)
    return doubt('no text that meets its regular expressions could be worked out')
  if (address.kind !== 'example') return address
  const method = asked.find(m => m.on === 'method')?.method ?? 'GET'
  const attempts = hosts.flatMap(host =>
    paths.map(path => ({ method, host, path, ...values, address: address.address })),
  )
  return { kind: 'written', attempts, guesses: sealed.map(s => s.value) }
}

const sealedIn = (m: Matcher): readonly { readonly name: string; readonly value: Sealed }[] => {
  if (m.on === 'header' || m.on === 'query')
    return isSealed(m.value) ? [{ name: m.name, value: m.value }] : []
  if (m.on !== 'header-pattern' && m.on !== 'query-pattern') return []
  return isSealed(m.pattern) ? [{ name: m.name, value: m.pattern }] : []
}

/** Steps of one search. */
const effort = 200_000

const wordFor = (universe: Universe, patterns: readonly string[], ignoreCase: boolean): string | null => {
  const machines = patterns.map(p => patternMachine(p, ignoreCase))
  if (!machines.every((m): m is Machine => m !== null)) return null
  return findWord(universe, machines, [], { left: effort })
}

const hostsFor = (asked: readonly Matcher[]): readonly string[] | null => {
  const named = asked.flatMap(m => (m.on === 'host' ? [m.name] : []))
  if (named.length > 0) return named.map(n => (n.startsWith('*.') ? `unnamed${n.slice(1)}` : n))
  const patterns = asked.flatMap(m => (m.on === 'host-pattern' ? [m.pattern] : []))
  if (patterns.length === 0) return ['unnamed.invalid', 'localhost']
  const word = wordFor(hostNames, patterns, true)
  return word === null ? null : [word]
}

const pathsFor = (asked: readonly Matcher[]): readonly string[] | null => {
  const exact = asked.flatMap(m => (m.on === 'path' ? [m.path] : []))
  if (exact.length > 0) return exact
  const patterns = asked.flatMap(m => (m.on === 'path-pattern' ? [m.pattern] : []))
  const prefixes = asked.flatMap(m => (m.on === 'path-prefix' ? [m.prefix] : []))
  if (patterns.length > 0) {
    const word = wordFor(plainPaths, patterns, false)
    return word === null ? null : [word]
  }
  if (prefixes.length === 0) return ['/', '/originproof']
  return prefixes.flatMap(p => [p, `${p.replace(/\/$/, '')}/originproof`])
}

type Values = Pick<Attempt, 'headers' | 'query'>

const valuesFor = (asked: readonly Matcher[]): Values | null => {
  const headers = new Map<string, Value>()
  const query = new Map<string, Value>()
  for (const m of asked) {
    if (m.on === 'header') headers.set(m.name, m.value)
    if (m.on === 'query') query.set(m.name, m.value)
    if (m.on !== 'header-pattern' && m.on !== 'query-pattern') continue
    const word = isSealed(m.pattern) ? m.pattern : wordFor(headerTexts, [m.pattern], false)
    if (word === null) return null
    ;(m.on === 'header-pattern' ? headers : query).set(m.name, word)
  }
  return { headers, query }
}

type Address =
  | { readonly kind: 'example'; readonly address: string | null }
  | Extract<Attempts, { kind: 'impossible' | 'doubt' }>

const addressFor = (asked: readonly Matcher[], seen: Seen): Address => {
  const cidrs = asked.flatMap(m => (m.on === 'client' ? [m.cidr] : []))
  if (cidrs.length === 0) return { kind: 'example', address: null }
  if (seen.kind === 'unknown') return { kind: 'doubt', reason: seen.reason }
  if (malformedCidrs(cidrs).length > 0)
    return { kind: 'doubt', reason: 'an address that it asks for cannot be read' }
  const left = cidrs.reduce<readonly string[]>((all, cidr) => intersectCidrs(all, [cidr]), seen.cidrs)
  const address = exampleAddress(left)
  return address === null ? { kind: 'impossible' } : { kind: 'example', address }
}
