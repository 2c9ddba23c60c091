/** Which patterns of the same header each value meets: worked out at the door, because nobody can afterwards. */
import { compareText } from '#base/canonical.ts'
import { foldCase } from '#base/glob.ts'
import type { Truth } from '#base/truth.ts'
import type { Dialect } from '../sealed.ts'
import { type Match, patternMatch, wafDialect } from './pattern.ts'
import { transformed } from './transforms.ts'

/** A pattern, and the name it goes by in `meets`. */
export interface Pattern {
  readonly raw: string
  readonly dialect: Dialect
  /** Lower case; `*` compares with every header. */
  readonly header: string
  readonly id: string
}

export interface Meeting {
  readonly meets: readonly string[]
  readonly mayMeet: readonly string[]
}

/** Patterns of one header: whole values found in a map, the others tried one by one. */
interface Gate {
  /** Folded text of load-balancer values without a wildcard. */
  readonly literals: ReadonlyMap<string, readonly string[]>
  /** By transformations, then by search string: web ACL statements that compare the whole value. */
  readonly exact: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  readonly others: readonly { readonly id: string; readonly match: Match }[]
}

const isLiteral = (p: Pattern): boolean =>
  p.dialect === 'alb-glob' && /^[\x20-\x7e]*$/.test(p.raw) && !/[*?\\]/.test(p.raw)
const isExact = (p: Pattern): boolean =>
  p.dialect.startsWith('waf:') && wafDialect(p.dialect).constraint === 'EXACTLY'

const grouped = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const own = key(item)
    const group = groups.get(own)
    if (group) group.push(item)
    else groups.set(own, [item])
  }
  return groups
}

const mapped = <A, B>(map: ReadonlyMap<string, A>, f: (value: A) => B): ReadonlyMap<string, B> =>
  new Map([...map].map(([key, value]) => [key, f(value)]))

const idsBy = (
  patterns: readonly Pattern[],
  key: (p: Pattern) => string,
): ReadonlyMap<string, readonly string[]> => mapped(grouped(patterns, key), group => group.map(p => p.id))

const gateOf = (patterns: readonly Pattern[]): Gate => {
  const [literals, exact] = [patterns.filter(isLiteral), patterns.filter(isExact)]
  const others = patterns.filter(p => !isLiteral(p) && !isExact(p))
  return {
    literals: idsBy(literals, p => foldCase(p.raw)),
    exact: mapped(
      grouped(exact, p => p.dialect),
      group => idsBy(group, p => p.raw),
    ),
    others: others.map(p => ({ id: p.id, match: patternMatch(p.dialect, p.raw) })),
  }
}

type Answers = Map<string, Truth>

const answers = (gate: Gate, text: string): Answers => {
  const found: Answers = new Map()
  for (const id of gate.literals.get(foldCase(text)) ?? []) found.set(id, true)
  for (const [dialect, bySearch] of gate.exact) {
    const value = transformed(text, wafDialect(dialect as Dialect).transforms)
    if (value !== null) for (const id of bySearch.get(value) ?? []) found.set(id, true)
    else for (const ids of bySearch.values()) for (const id of ids) found.set(id, 'unknown')
  }
  for (const { id, match } of gate.others) {
    const truth = match(text)
    if (truth !== false) found.set(id, truth)
  }
  return found
}

/** Space around a header value does not survive the way: the value as written and as it arrives are two readings. */
const readings = (raw: string): readonly string[] => [...new Set([raw, raw.replace(/^[ \t]+|[ \t]+$/g, '')])]

const sorted = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort(compareText)

/**
 * A function that tells which patterns a text meets in a header: under every reading, and under some. A pattern that
 * compares with every header is never certain here: which headers it sees depends on the whole request.
 */
export const meetings = (patterns: readonly Pattern[]): ((header: string, text: string) => Meeting) => {
  const gates = mapped(
    grouped(patterns, p => p.header),
    gateOf,
  )
  const everywhere = gates.get('*')
  return (header, text) => {
    const texts = readings(text)
    const all = texts.map(t => {
      const own = gates.get(header)
      return header === '' || own === undefined ? (new Map() as Answers) : answers(own, t)
    })
    const wide =
      everywhere === undefined || header === '' ? [] : texts.flatMap(t => [...answers(everywhere, t).keys()])
    const ids = all.flatMap(a => [...a.keys()])
    const certain = (id: string): boolean => all.every(a => a.get(id) === true)
    const may = [...ids.filter(id => !certain(id)), ...(header === '*' ? [] : wide)]
    return {
      meets: sorted(ids.filter(certain)),
      mayMeet: sorted(may.filter(id => !ids.some(i => i === id && certain(i)))),
    }
  }
}
