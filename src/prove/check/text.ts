/** Whether some text meets given patterns and avoids others, by stepping through all of them at once; for checking only. */
import type { GlobToken } from '#base/glob.ts'

export type Tokens = readonly GlobToken[]

/** Between key and value of a query pair; no wildcard stands for it. */
export const divider = '\0'

/** More steps than this, and the question stays open. */
const mostSteps = 200_000

/** Stands for every character that no pattern names. */
const unnamed = 'any other'

/**
 * `wanted`: lists of patterns, of each list one must be met. `unwanted`: none may be met. Null where the bound is hit.
 * A set of places in the patterns is all that matters of the text read so far.
 */
export const someText = (
  wanted: readonly (readonly Tokens[])[],
  unwanted: readonly Tokens[],
): boolean | null => {
  const sheet = sheetOf([...wanted, unwanted])
  const letters = [...sheet.named, unnamed]
  const start = settled(sheet, sheet.starts)
  const seen = new Set([start.join()])
  const queue = [start]
  let steps = 0
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const ends = new Set(at.filter(p => sheet.tokens[p] === null).map(p => sheet.owner[p]))
    if (!ends.has(wanted.length) && wanted.every((_, i) => ends.has(i))) return true
    for (const letter of letters) {
      steps += at.length + 1
      if (steps > mostSteps) return null
      const next = settled(sheet, after(sheet, at, letter))
      const key = next.join()
      if (seen.has(key) || wanted.some((_, i) => !next.some(p => sheet.owner[p] === i))) continue
      seen.add(key)
      queue.push(next)
    }
  }
  return false
}

/** All patterns written one behind the other; null ends each of them. */
interface Sheet {
  readonly tokens: readonly (GlobToken | null)[]
  /** The list that the place belongs to. */
  readonly owner: readonly number[]
  readonly starts: readonly number[]
  readonly named: ReadonlySet<string>
}

const sheetOf = (lists: readonly (readonly Tokens[])[]): Sheet => {
  const tokens: (GlobToken | null)[] = []
  const owner: number[] = []
  const starts: number[] = []
  for (const [i, list] of lists.entries()) {
    for (const pattern of list) {
      starts.push(tokens.length)
      for (const token of [...pattern, null]) {
        tokens.push(token)
        owner.push(i)
      }
    }
  }
  const named = tokens.flatMap(t => (t === null || typeof t === 'string' ? [] : [t.literal]))
  return { tokens, owner, starts, named: new Set(named) }
}

/** With the places behind every star, which may stand for nothing. */
const settled = ({ tokens }: Sheet, places: readonly number[]): readonly number[] => {
  const all = new Set(places)
  for (const p of all) if (tokens[p] === '*') all.add(p + 1)
  return [...all].sort((a, b) => a - b)
}

const after = ({ tokens }: Sheet, places: readonly number[], letter: string): readonly number[] =>
  places.flatMap(p => {
    const token = tokens[p] ?? null
    if (token === null) return []
    if (token === '*') return letter === divider ? [] : [p]
    if (token === '?') return letter === divider ? [] : [p + 1]
    return token.literal === letter ? [p + 1] : []
  })
