/**
 * Whether rules in front take all that a later rule could take from somebody without a secret; for checking only.
 *
 * Whatever is left must break one condition of every rule in front. The rule with the fewest ways to be broken comes
 * next, each way narrows what is left, and where some rule has no way, nothing is left. Any text is allowed for in any
 * place, a Host may be missing, and methods have no end, so that no reading of the semantics leaves more.
 */
import { intersectCidrs, subtractCidrs } from '#base/ip-set.ts'
import type { Condition, Rule } from '#topology/model.ts'
import { type Asked, askedBy, type Pattern, pairShape } from './asked.ts'
import { someText, type Tokens } from './text.ts'

export interface ShadowQuestion {
  readonly rule: Rule
  readonly earlier: readonly Rule[]
  /** CIDRs that a request may come from. */
  readonly from: readonly string[]
  /** Methods that never get to the rules. */
  readonly refused: readonly string[]
}

export const isShadowed = (question: ShadowQuestion): boolean => {
  const { rule, from, refused } = question
  const texts = new Map<string, (readonly Pattern[])[]>([['path', []]])
  for (const { where, patterns } of rule.conditions.map(askedBy).filter(a => a !== null))
    texts.set(where, [...(texts.get(where) ?? []), patterns.filter(p => !p.secret)])
  const search: Search = { texts, known: new Map(), left: mostWays }
  const start: Left = {
    from: rule.conditions.reduce<readonly string[]>(
      (left, c) => (c.field === 'source-ip' ? intersectCidrs(left, c.cidrs) : left),
      from,
    ),
    methods: rule.conditions.reduce<readonly string[] | null>(
      (left, c) =>
        c.field === 'http-request-method'
          ? (left ?? c.methods).filter(m => c.methods.includes(m) && !refused.includes(m))
          : left,
      null,
    ),
    avoided: new Map(),
  }
  const possible = start.from.length > 0 && start.methods?.length !== 0
  if (!possible || ![...texts.keys()].every(where => hasRoom(search, start, where))) return true
  return nothingLeft(search, start, question.earlier)
}

/** More ways around single rules than this, and the argument is not followed. */
const mostWays = 200_000

interface Search {
  /** What the rule itself asks for, by place: one pattern of every list. */
  readonly texts: ReadonlyMap<string, readonly (readonly Pattern[])[]>
  readonly known: Map<string, boolean>
  left: number
}

/** What the rule may still take. */
interface Left {
  readonly from: readonly string[]
  /** Null: any. */
  readonly methods: readonly string[] | null
  /** Patterns that no text of the place meets. */
  readonly avoided: ReadonlyMap<string, readonly Pattern[]>
}

const nothingLeft = (search: Search, left: Left, open: readonly Rule[]): boolean => {
  search.left -= open.length + 1
  if (search.left < 0) return false
  let next: { readonly rule: Rule; readonly ways: readonly Left[] } | null = null
  for (const rule of open) {
    const ways = waysPast(search, left, rule)
    if (ways === 'free') continue
    if (ways.length === 0) return true
    if (next === null || ways.length < next.ways.length) next = { rule, ways }
  }
  if (next === null) return false
  const { rule, ways } = next
  const others = open.filter(r => r !== rule)
  return ways.every(way => nothingLeft(search, way, others))
}

/** `free`: the rule is got past without giving anything up. */
const waysPast = (search: Search, left: Left, rule: Rule): readonly Left[] | 'free' => {
  const ways: Left[] = []
  for (const condition of rule.conditions) {
    const way = wayPast(search, left, condition)
    if (way === 'free') return 'free'
    if (way !== null) ways.push(way)
  }
  return ways
}

const wayPast = (search: Search, left: Left, c: Condition): Left | 'free' | null => {
  const asked = askedBy(c)
  if (asked !== null) return textPast(search, left, asked)
  if (c.field === 'source-ip') {
    const from = subtractCidrs(left.from, c.cidrs)
    return from.length > 0 ? { ...left, from } : null
  }
  if (c.field !== 'http-request-method' || left.methods === null) return 'free'
  const methods = left.methods.filter(m => !c.methods.includes(m))
  return methods.length > 0 ? { ...left, methods } : null
}

const textPast = (search: Search, left: Left, { where, patterns }: Asked): Left | 'free' | null => {
  if (!search.texts.has(where)) return 'free'
  const avoided = new Map(left.avoided).set(where, [...(left.avoided.get(where) ?? []), ...patterns])
  const way = { ...left, avoided }
  return hasRoom(search, way, where) ? way : null
}

/** Whether the place can still hold what the rule asks for; an open question counts as yes. */
const hasRoom = ({ texts, known }: Search, left: Left, where: string): boolean => {
  const avoided = left.avoided.get(where) ?? []
  const names = new Set(avoided.map(p => p.name))
  const key = JSON.stringify([where, [...names].sort()])
  const before = known.get(key)
  if (before !== undefined) return before
  const out = avoided.flatMap(p => p.atLeast)
  const lists = (texts.get(where) ?? []).map(list => list.filter(p => !names.has(p.name)).map(p => p.atMost))
  // A host or path is one text for all that is asked of it; a header or a query may have a text for each.
  const together = where === 'host' || where === 'path'
  const shape: readonly (readonly Tokens[])[] = where === 'query' ? [[pairShape]] : [[['*']]]
  const has = (wanted: typeof lists): boolean =>
    wanted.every(list => list.length > 0) && someText([...shape, ...wanted.map(l => l.flat())], out) !== false
  const room = together ? has(lists) : lists.every(list => has([list]))
  known.set(key, room)
  return room
}
