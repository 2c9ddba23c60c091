/** Spellings of one object's path: letters that two requests for it may write differently. */
import { type Encoding, readCharacter } from '#topology/path-reading.ts'
import type { Machine, State } from '../language/machine.ts'
import type { Universe } from '../language/universe.ts'

/**
 * A letter is one character of the object's path and how the second request writes it: `x` as it is, `%78` encoded,
 * the flag and `x` in the other letter case, the other flag for a slash that it writes twice.
 */
const [swapped, doubled] = ['\u0002', '\u0003']

export interface Freedom {
  readonly encoded: boolean
  readonly otherCase: boolean
  readonly doubleSlash: boolean
}

const swapCase = (c: string): string => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())
const encoded = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
/** What may stand in a path as it is. Source: RFC 3986, 3.3. */
const literal = /^[\w\-.~!$&'()*+,;=:@/]$/

/** The character of the object's path. */
const meant = (letter: string): string => {
  if (letter === doubled) return '/'
  if (letter.startsWith(swapped)) return letter.slice(1)
  return letter.startsWith('%') && letter.length === 3 ? decodeURIComponent(letter) : letter
}

/** What the second request writes. */
const spelled = (letter: string): string => {
  if (letter === doubled) return '//'
  return letter.startsWith(swapped) ? swapCase(letter.slice(1)) : letter
}

/** What the first request writes: the plain spelling. */
const plain = (letter: string): string => {
  const c = meant(letter)
  return literal.test(c) ? c : encoded(c)
}

export const lettersOf = (word: string): readonly string[] => word.match(/\u0002.|%[0-9A-F]{2}|./g) ?? []
export const objectOf = (word: string): string => lettersOf(word).map(meant).join('')
export const plainOf = (word: string): string => lettersOf(word).map(plain).join('')
export const spelledOf = (word: string): string => lettersOf(word).map(spelled).join('')

const steps = (machine: Machine, state: State, text: string): State => {
  let now = state
  for (const c of text) now = machine.step(now, c)
  return now
}

/**
 * A machine of request paths as one over letters: it skips the origin path, which CloudFront puts before the request's,
 * and reads the rest as that request writes it.
 */
export const asSeenBy = (
  side: 'plain' | 'spelled',
  encoding: Encoding,
  originPath: string,
  machine: Machine,
): Machine => {
  const write = side === 'plain' ? plain : spelled
  const dead = -1n
  const skip = BigInt(originPath.length)
  // States below the length of the origin path count its characters; the machine's own follow.
  const own = (state: State): State => BigInt(state) - skip
  const enter = (state: State): State => BigInt(state) + skip
  // The origin path is configured, not sent: it has one spelling only, save what the object's name leaves open.
  const skipped = (at: bigint, letter: string): State => {
    const text = side === 'plain' ? meant(letter) : spelled(letter)
    const begins = originPath.startsWith(text, Number(at))
    if (!begins) return dead
    const next = at + BigInt(text.length)
    return next === skip ? enter(machine.start) : next
  }
  return {
    start: skip === 0n ? enter(machine.start) : 0n,
    letters: new Set(),
    step: (state, letter) => {
      if (state === dead) return dead
      if (BigInt(state) < skip) return skipped(BigInt(state), letter)
      const inside = own(state)
      if (machine.dead(inside)) return dead
      return enter(steps(machine, inside, readCharacter(write(letter), encoding)))
    },
    accepts: state => state !== dead && BigInt(state) >= skip && machine.accepts(own(state)),
    dead: state => state === dead || (BigInt(state) >= skip && machine.dead(own(state))),
    certain: state => state !== dead && BigInt(state) >= skip && machine.certain(own(state)),
  }
}

const readable = 'xabcdefghijklmnopqrstuvwyz0123456789'

/**
 * Paths over the characters that patterns and origin paths name, and one more. Dot segments are left out: CloudFront
 * removes them before it compares. With `tidy` empty segments are left out as well.
 */
export const paths = (named: Iterable<string>, freedom: Freedom, tidy: boolean): Universe => {
  const characters = [...new Set([...named, '/', '.'])].filter(c => c >= ' ' && c <= '~')
  const other = [...readable].find(c => !characters.includes(c)) ?? ''
  const forms = [...characters, other].flatMap(c => [
    ...(literal.test(c) ? [c] : [encoded(c)]),
    ...(freedom.encoded && literal.test(c) ? [encoded(c)] : []),
    ...(freedom.otherCase && /[a-z]/i.test(c) ? [swapped + c] : []),
    ...(freedom.doubleSlash && c === '/' ? [doubled] : []),
  ])
  return {
    fill: other,
    start: 0,
    letters: new Set(forms),
    step: (state, letter) => segment(Number(state), meant(letter), tidy),
    accepts: state => state === 1 || state === 2,
    dead: state => state === -1,
    certain: () => false,
  }
}

/** 0 nothing yet, 1 after a slash, 2 inside a segment, 3 after `.`, 4 after `..`, -1 no path. */
const segment = (state: number, c: string, tidy: boolean): number => {
  if (state === -1) return -1
  if (state === 0) return c === '/' ? 1 : -1
  if (c === '/') return state === 2 || (state === 1 && !tidy) ? 1 : -1
  if (c === '.') return state === 1 ? 3 : state === 3 ? 4 : 2
  return 2
}
