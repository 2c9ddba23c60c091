/** Undoes percent-encoding, HTML entities and backslash escapes, and remembers where each character came from. */

/** A text and, for each of its characters, the stretch of the original text that wrote it. */
export interface Layer {
  readonly text: string
  readonly from: readonly number[]
  readonly to: readonly number[]
}

const escapes =
  /(?:%[0-9a-f]{2})+|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);|\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[\\/"'bfnrt])/gi

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
    return Array.from(bytes.toString('utf8'), c => [c, 3 * Math.max(1, Buffer.byteLength(c))])
  }
  const text = found.startsWith('&') ? entity(found.slice(1, -1)) : backslash(found.slice(1))
  return [[text, found.length]]
}

/** The layer below the escapes; null where there are none. */
export const unescaped = ({ text, from, to }: Layer): Layer | null => {
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
export const plainLayer = (text: string): Layer => {
  const from = Array.from({ length: text.length }, (_, i) => i)
  return { text, from, to: from.map(i => i + 1) }
}
