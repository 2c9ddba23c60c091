/** Words of a language, one of every kind that some patterns tell apart. */
import { type GlobToken, globTokens } from '#base/glob.ts'
import { globMachine, literalTokens } from '../language/glob-machine.ts'
import type { Machine, State } from '../language/machine.ts'
import type { Budget } from '../language/search.ts'
import { arnParts } from './match.ts'

/** Reads an ARN against a pattern of six parts: part number and place in the part. */
export const arnMachine = (tokens: readonly GlobToken[]): Machine => {
  const parts = arnParts(tokens).map(part => globMachine([part]))
  const dead = -1n
  const pack = (part: number, state: State): State => (BigInt(state) << 3n) | BigInt(part)
  const partOf = (state: State): number => Number(BigInt(state) & 7n)
  const inside = (state: State): State => BigInt(state) >> 3n
  return {
    start: pack(0, parts[0]?.start ?? 0),
    letters: new Set([':', ...parts.flatMap(p => [...p.letters])]),
    step: (state, letter) => {
      if (state === dead) return dead
      const at = partOf(state)
      const part = parts[at]
      if (!part) return dead
      if (letter !== ':' || at === 5) return pack(at, part.step(inside(state), letter))
      return part.accepts(inside(state)) ? pack(at + 1, parts[at + 1]?.start ?? 0) : dead
    },
    accepts: state => state !== dead && partOf(state) === 5 && parts[5]?.accepts(inside(state)) === true,
    dead: state => state === dead || parts[partOf(state)]?.dead(inside(state)) === true,
    certain: () => false,
  }
}

export const literalsMachine = (literals: readonly string[]): Machine =>
  globMachine(literals.map(literalTokens), { ignoreCase: true })

/** Lower-case letters and digits read best; the rest of printable ASCII is the same to every pattern that does not name it. */
const readable = 'abcdefghijklmnopqrstuvwxyz0123456789/-_.ABCDEFGHIJKLMNOPQRSTUVWXYZ:=+,@~!()&% '

/**
 * A shortest word of the shape for each set of machines that can accept together, and none of `others`.
 * Null where the budget ran out before all sets were seen.
 */
export const wordsOfEachKind = (
  shape: string,
  machines: readonly Machine[],
  others: Machine,
  budget: Budget,
): { readonly words: readonly string[]; readonly complete: boolean } => {
  const all = [globMachine([globTokens(shape)]), ...machines, others]
  const letters = lettersOf(all)
  const found = new Map<string, string>()
  const start = all.map(m => m.start)
  const visited = new Set([start.join()])
  let edge: { states: readonly State[]; word: string }[] = [{ states: start, word: '' }]
  while (edge.length > 0) {
    const next: typeof edge = []
    for (const { states, word } of edge) {
      const verdicts = all.map((m, i) => m.accepts(states[i] ?? 0))
      const kind = verdicts.slice(1, -1).join()
      if (verdicts[0] && !verdicts.at(-1) && !found.has(kind)) found.set(kind, word)
      for (const letter of letters) {
        budget.left -= all.length
        if (budget.left <= 0) return { words: [...found.values()], complete: false }
        const moved = all.map((m, i) => m.step(states[i] ?? 0, letter))
        const key = moved.join()
        if (visited.has(key) || all[0]?.dead(moved[0] ?? 0)) continue
        visited.add(key)
        next.push({ states: moved, word: word + letter })
      }
    }
    edge = next
  }
  return { words: [...found.values()], complete: true }
}

const lettersOf = (machines: readonly Machine[]): readonly string[] => {
  const named = new Set(machines.flatMap(m => [...m.letters]))
  const other = [...readable].find(c => !named.has(c))
  return [...(other ? [other] : []), ...named]
}
