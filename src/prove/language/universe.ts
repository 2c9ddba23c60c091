/** What a stranger may write in each place of a request so that every reading of the semantics sees the same. */
import type { Machine } from './machine.ts'

export interface Universe extends Machine {
  /** Ordinary characters, the most readable first: what a free place is filled with. */
  readonly fill: string
}

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'

const table = (
  fill: string,
  letters: string,
  start: number,
  step: (state: number, letter: string) => number,
  final: (state: number) => boolean,
): Universe => ({
  fill,
  start,
  letters: new Set(letters),
  step: (state, letter) => step(Number(state), letter),
  accepts: state => final(Number(state)),
  dead: state => state === -1,
  certain: () => false,
})

/** Host names in lower case, without port: labels of letters, digits and inner hyphens (U-05, U-06). */
export const hostNames: Universe = table(
  `x${lower}${digits}`,
  '-.',
  0,
  (state, letter) => {
    if (state === -1) return -1
    if (letter === '.') return state === 1 ? 0 : -1
    if (letter === '-') return state === 0 ? -1 : 2
    return /[a-z0-9]/.test(letter) ? 1 : -1
  },
  state => state === 1,
)

const plainPathLetter = /[\w\-~$&+'@:!(),*=]/

/** Paths that no decoding and no normalisation changes (U-04): states tell how the current segment begins. */
export const plainPaths: Universe = table(
  `x${lower}${digits}${upper}-_`,
  '/.',
  0,
  (state, letter) => {
    if (state === 0) return letter === '/' ? 1 : -1
    if (letter === '/') return state === 2 ? 1 : -1
    if (letter === '.') return state === 1 ? 3 : state === 3 ? 4 : state === -1 ? -1 : 2
    return state === -1 || !plainPathLetter.test(letter) ? -1 : 2
  },
  state => state === 1 || state === 2,
)

/** Header values in visible ASCII, neither empty nor with blanks at an end (U-13). */
export const headerTexts: Universe = table(
  `x${lower}${digits}${upper}-_./:;,`,
  ' ',
  0,
  (state, letter) => {
    if (state === -1 || !/[\x20-\x7e]/.test(letter)) return -1
    return letter === ' ' ? (state === 0 ? -1 : 2) : 1
  },
  state => state === 1,
)

/** Query pairs `key separator value` without anything that could be percent-encoded (U-12). */
export const queryPairs: Universe = table(
  `x${lower}${digits}${upper}-_.~`,
  '\0',
  0,
  (state, letter) => {
    if (letter === '\0') return state === 1 ? 2 : -1
    if (state === -1 || !/[\w\-.~:@/?,!$'()*]/.test(letter)) return -1
    return state === 2 ? 2 : 1
  },
  state => state === 2,
)

/** Any text at all, the empty one included: what a comparison may see under some reading. */
export const anyText: Universe = table(
  `x${lower}${digits}${upper}*/.:%;-_`,
  '',
  0,
  (state, letter) => (state === -1 || !/[\x20-\x7e]/.test(letter) ? -1 : 0),
  state => state === 0,
)
