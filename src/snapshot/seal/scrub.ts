/** Finds many secrets in many texts in one pass over each text, and names them or puts their sealed name in their place. */
import { layersUnder } from './unescape.ts'

export interface Needle {
  /** ASCII case folded. */
  readonly text: string
  /** What is written instead. */
  readonly name: string
}

/** Needles are told by a rolling hash of their first characters; a shorter needle is not looked for. */
export const shortestNeedle = 8

const base = 0x01000193
/** `base` to the power of the characters that follow the first one of the window, modulo 2^32. */
const leading = Array.from({ length: shortestNeedle - 1 }).reduce<number>(power => Math.imul(power, base), 1)

const folded = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code)

const hashOf = (text: string): number => {
  let hash = 0
  for (let i = 0; i < shortestNeedle; i++) hash = (Math.imul(hash, base) + text.charCodeAt(i)) | 0
  return hash
}

const standsAt = (text: string, at: number, needle: string): boolean => {
  if (at + needle.length > text.length) return false
  for (let i = 0; i < needle.length; i++) {
    if (folded(text.charCodeAt(at + i)) !== needle.charCodeAt(i)) return false
  }
  return true
}

interface Found {
  readonly from: number
  readonly to: number
  readonly name: string
}

/** Longest first, so that the first that stands somewhere is the one to name. */
const byLength = (a: Needle, b: Needle): number =>
  b.text.length - a.text.length || (a.text < b.text ? -1 : a.text > b.text ? 1 : a.name < b.name ? -1 : 1)

const index = (needles: readonly Needle[]): ReadonlyMap<number, readonly Needle[]> => {
  const buckets = new Map<number, Needle[]>()
  for (const needle of [...needles].sort(byLength)) {
    if (needle.text.length < shortestNeedle) continue
    const hash = hashOf(needle.text)
    const bucket = buckets.get(hash)
    if (bucket) bucket.push(needle)
    else buckets.set(hash, [needle])
  }
  return buckets
}

/** Overlapping finds become one: no part of any of them stays. */
const replaced = (text: string, found: readonly Found[]): string => {
  let [out, done] = ['', 0]
  for (const { from, to, name } of [...found].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (from >= done) out += text.slice(done, from) + name
    done = Math.max(done, to)
  }
  return out + text.slice(done)
}

type Finder = (text: string) => readonly Found[]

const finder = (needles: readonly Needle[]): Finder => {
  const buckets = index(needles)
  const seen = new Uint8Array(1 << 16)
  for (const hash of buckets.keys()) seen[hash & 0xffff] = 1
  return text => {
    const found: Found[] = []
    let hash = 0
    for (let i = 0; i < text.length; i++) {
      const gone = i >= shortestNeedle ? Math.imul(folded(text.charCodeAt(i - shortestNeedle)), leading) : 0
      hash = (Math.imul(hash - gone, base) + folded(text.charCodeAt(i))) | 0
      if (i < shortestNeedle - 1 || seen[hash & 0xffff] === 0) continue
      const from = i - shortestNeedle + 1
      for (const needle of buckets.get(hash) ?? [])
        if (standsAt(text, from, needle.text))
          found.push({ from, to: from + needle.text.length, name: needle.name })
    }
    return found
  }
}

/** Finds in the text and under its escapes, as stretches of the text itself. */
const everyLayer = (text: string, find: Finder): readonly Found[] => {
  const under = /[%&\\]/.test(text) ? layersUnder(text) : []
  return [
    ...find(text),
    ...under.flatMap(({ text: below, from, to }) =>
      find(below).map(f => ({ from: from[f.from] ?? 0, to: to[f.to - 1] ?? text.length, name: f.name })),
    ),
  ]
}

/** A function that replaces every needle in a text, in any ASCII case and under escapes. */
export const scrubber = (needles: readonly Needle[]): ((text: string) => string) => {
  if (needles.length === 0) return text => text
  const find = finder(needles)
  return text => {
    const found = text.length < shortestNeedle ? [] : everyLayer(text, find)
    return found.length === 0 ? text : replaced(text, found)
  }
}

/** Longer texts are looked through as they stand: undoing escapes remembers a place for each character. */
const longestWithEscapes = 1 << 16

/** A function that names every needle that stands in a text, in any ASCII case and under escapes. */
export const needlesIn = (needles: readonly Needle[]): ((text: string) => ReadonlySet<string>) => {
  const find = finder(needles)
  return text => {
    if (text.length < shortestNeedle) return new Set()
    const found = text.length > longestWithEscapes ? find(text) : everyLayer(text, find)
    return new Set(found.map(one => one.name))
  }
}
