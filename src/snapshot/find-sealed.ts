/**
 * Finds values in a text of which only the fingerprints are known: what stands there at the right length is fingerprinted
 * and compared. So nobody has to keep a value to notice that it is shown.
 */
import { createHmac, createSecretKey } from 'node:crypto'
import { foldCase } from '#base/glob.ts'
import { layersUnder } from './seal/unescape.ts'
import type { Alphabet, Sealed } from './sealed.ts'

/** How a value is written: as it is, under percent, HTML or backslash escapes, or as Base64 or hex. */
export type SealedForm = 'plain' | 'escaped' | 'base64' | 'hex'

export interface FoundSealed {
  /** Fingerprint after case folding, as `Sealed.folded`. */
  readonly folded: string
  readonly form: SealedForm
}

/** Shorter values stand in many texts by chance. */
const shortest = 8
/** Fingerprints that are made for one text; each takes some microseconds. */
const mostWindows = 2_000_000
/** Undoing escapes remembers a place for each character. */
const longestWithEscapes = 1 << 16

/** Runs in which a value of the alphabet can stand, in any case. */
const runs: Readonly<Record<Alphabet, RegExp>> = {
  empty: /(?!)/g,
  digits: /\d+/g,
  hex: /[\da-f]+/gi,
  lower: /[a-z]+/gi,
  upper: /[a-z]+/gi,
  letters: /[a-z]+/gi,
  alphanumeric: /[\da-z]+/gi,
  base64url: /[\w=-]+/g,
  base64: /[\da-z+/=]+/gi,
  printable: /[ -~]+/g,
  other: /[\s\S]+/g,
}

type Wanted = Pick<Sealed, 'folded' | 'length' | 'alphabet'>

interface View {
  readonly text: string
  readonly form: SealedForm
}

const decodedRuns = (text: string, least: number): readonly View[] => [
  ...[...text.matchAll(/[\w+/-]+/g)]
    .filter(([run]) => run.length >= Math.floor((least * 4) / 3))
    // A value may begin at any place of the run.
    .flatMap(([run]) => [0, 1, 2, 3].map(skip => Buffer.from(run.slice(skip), 'base64')))
    .flatMap((bytes): readonly View[] => [{ text: bytes.toString('utf8'), form: 'base64' }]),
  ...[...text.matchAll(/[\da-f]+/gi)]
    .filter(([run]) => run.length >= 2 * least)
    .flatMap(([run]) => [0, 1].map(skip => Buffer.from(run.slice(skip), 'hex')))
    .map((bytes): View => ({ text: bytes.toString('utf8'), form: 'hex' })),
]

const viewsOf = (text: string, least: number): readonly View[] => {
  const escaped = /[%&\\]/.test(text) ? layersUnder(text.slice(0, longestWithEscapes)) : []
  const texts: readonly View[] = [
    { text, form: 'plain' },
    ...escaped.map(({ text: under }): View => ({ text: under, form: 'escaped' })),
  ]
  return [...texts, ...texts.flatMap(view => decodedRuns(view.text, least))]
}

/**
 * A function that names those of the values that stand in a text, each once, in the plainest form; null where none was
 * found and the text has more places than are looked at.
 */
export const sealedFinder = (
  values: readonly Wanted[],
  key: Uint8Array,
): ((text: string) => readonly FoundSealed[] | null) => {
  const secret = createSecretKey(key)
  const wanted = values.filter(({ length }) => length >= shortest)
  const least = Math.min(...wanted.map(({ length }) => length))
  const fingerprint = (folded: string): string =>
    createHmac('sha256', secret).update(folded, 'utf8').digest('hex').slice(0, 32)
  const known = new Set(wanted.map(({ folded }) => folded))
  const sizes = [...Map.groupBy(wanted, v => `${v.length} ${v.alphabet}`).values()].flatMap(
    ([one]) => one ?? [],
  )
  return text => {
    if (wanted.length === 0) return []
    const found = new Map<string, FoundSealed>()
    const tried = new Set<string>()
    for (const view of viewsOf(text, least))
      for (const { length, alphabet } of sizes)
        for (const [run] of foldCase(view.text).matchAll(runs[alphabet]))
          for (let at = 0; at + length <= run.length && tried.size < mostWindows; at++) {
            const window = run.slice(at, at + length)
            if (tried.has(window)) continue
            tried.add(window)
            const folded = fingerprint(window)
            if (known.has(folded)) found.set(folded, { folded, form: view.form })
          }
    return found.size === 0 && tried.size >= mostWindows ? null : [...found.values()]
  }
}
