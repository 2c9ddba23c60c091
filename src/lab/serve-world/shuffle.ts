/** Another order of a list, the same for the same seed: AWS promises none. */
import { createHash } from 'node:crypto'

/** `items` as they are without a seed, else in an order that depends on seed and name alone. */
export const shuffled = <T>(items: readonly T[], seed: number | undefined, name: string): readonly T[] => {
  if (seed === undefined) return items
  const random = generator(createHash('sha256').update(`${seed} ${name}`).digest().readUInt32LE())
  const out = [...items]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [out[i] as T, out[j] as T]
    out[i] = b
    out[j] = a
  }
  return out
}

/** Mulberry32 by Tommy Ettinger, public domain: numbers in [0, 1). */
const generator = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
