/** Undoes percent-encoding, HTML entities and backslash escapes, and remembers where each character came from. */

/** A text and, for each of its characters, the stretch of the original text that wrote it. */
export interface Layer {
  readonly text: string
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** Undone one kind at a time: a secret that holds `%41` itself is found behind HTML entities only if that stays. */
const kinds: readonly RegExp[] = [
  /(?:%[0-9a-f]{2})+/gi,
  /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);/gi,
  /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[\\/"'bfnrt])/gi,
]

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

const codePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

const entity = (name: string): string =>
  name.startsWith('#')
    ? codePoint(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
    : (entities[name.toLowerCase()] ?? '')

const backslash = (rest: string): string =>
  rest.length > 1 ? codePoint(Number.parseInt(rest.slice(1), 16)) : (controls[rest] ?? rest)

/** The characters an escape stands for, each with the part of the escape that wrote it. */
const decoded = (found: string): readonly (readonly [character: string, length: number])[] => {
  if (found.startsWith('%')) {
    const bytes = Buffer.from(found.replaceAll('%', ''), 'hex')
    const text = bytes.toString('utf8')
    // Bytes that are no UTF-8 stand for themselves: every character must know how long its escape was.
    if (!Buffer.from(text, 'utf8').equals(bytes)) return Array.from(bytes.toString('latin1'), c => [c, 3])
    return Array.from(text, c => [c, 3 * Buffer.byteLength(c)])
  }
  const text = found.startsWith('&') ? entity(found.slice(1, -1)) : backslash(found.slice(1))
  return [[text, found.length]]
}

/** The layer below the escapes of one kind; null where there are none. */
const below = ({ text, from, to }: Layer, escapes: RegExp): Layer | null => {
  const [out, starts, ends]: [string[], number[], number[]] = [[], [], []]
  const write = (characters: string, at: number, length: number): void => {
    for (const unit of characters.split('')) {
      out.push(unit)
      starts.push(from[at] ?? 0)
      ends.push(to[Math.min(at + length, to.length) - 1] ?? 0)
    }
  }
  let done = 0
  for (const found of text.matchAll(escapes)) {
    for (; done < found.index; done++) write(text.charAt(done), done, 1)
    for (const [character, length] of decoded(found[0])) {
      write(character, done, length)
      done += length
    }
    done = found.index + found[0].length
  }
  if (done === 0) return null
  for (; done < text.length; done++) write(text.charAt(done), done, 1)
  return { text: out.join(''), from: starts, to: ends }
}

/** The text as it stands: each character is its own origin. */
const plainLayer = (text: string): Layer => {
  const from = Array.from({ length: text.length }, (_, i) => i)
  return { text, from, to: from.map(i => i + 1) }
}

/** Escapes inside escapes are undone this often. */
const deepest = 3

/** Every text that stands under the escapes of `text`, in any order of their kinds. */
export const layersUnder = (text: string): readonly Layer[] => {
  const found: Layer[] = []
  let layers = [plainLayer(text)]
  for (let depth = 0; depth < deepest && layers.length > 0; depth++) {
    layers = layers.flatMap(layer => kinds.map(kind => below(layer, kind))).filter(layer => layer !== null)
    found.push(...layers)
  }
  return found
}
