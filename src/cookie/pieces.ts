/** Finds the pieces of a CloudFront signature in whatever was pasted: URL, cookie headers, JSON or lines. */

export const pieceNames = ['Policy', 'Expires', 'Signature', 'Key-Pair-Id', 'Hash-Algorithm'] as const
export type PieceName = (typeof pieceNames)[number]

export interface Piece {
  readonly name: PieceName
  readonly value: string
  /** Attributes of a `Set-Cookie` line, lower case; null where the piece came another way. */
  readonly attributes: Readonly<Record<string, string>> | null
}

export interface Pasted {
  readonly form: 'url' | 'cookies'
  /** Scheme, host and path of a URL. */
  readonly url: string | null
  readonly pieces: readonly Piece[]
}

const prefix = 'cloudfront-'

/** Cookie names count letter case at CloudFront, but people retype them. */
const pieceNamed = (name: string): PieceName | undefined => {
  const bare = name.trim().toLowerCase()
  return pieceNames.find(p => bare === `${prefix}${p.toLowerCase()}`)
}

/** Null where the text holds no piece at all. */
export const findPieces = (text: string): Pasted | null => {
  const trimmed = text.trim().replace(/^(["'])(.*)\1$/s, '$2')
  const found = /^https?:\/\//i.test(trimmed) ? fromUrl(trimmed) : fromCookies(trimmed)
  return found && found.pieces.length > 0 ? found : null
}

const fromUrl = (text: string): Pasted | null => {
  const [line = ''] = text.split(/\s/)
  if (!URL.canParse(line)) return null
  const url = new URL(line)
  const pieces = [...url.searchParams].flatMap(([name, value]) => {
    const piece = pieceNames.find(p => p === name)
    // A plus sign stands for itself in a signature; the URL reader makes it a space.
    return piece ? [{ name: piece, value: value.replaceAll(' ', '+'), attributes: null }] : []
  })
  return { form: 'url', url: `${url.protocol}//${url.host}${url.pathname}`, pieces }
}

const fromCookies = (text: string): Pasted => ({
  form: 'cookies',
  url: null,
  pieces: fromJson(text) ?? text.split(/\r?\n/).flatMap(fromLine),
})

const fromJson = (text: string): readonly Piece[] | null => {
  if (!/^[[{]/.test(text)) return null
  try {
    return fromValue(JSON.parse(text))
  } catch {
    return null
  }
}

/** `{"CloudFront-Policy": "..."}` at any depth, and lists of `{"name": ..., "value": ...}` as browsers export them. */
const fromValue = (value: unknown): readonly Piece[] => {
  if (Array.isArray(value)) return value.flatMap(v => (typeof v === 'string' ? fromLine(v) : fromValue(v)))
  if (typeof value !== 'object' || value === null) return []
  const { name, value: named } = value as { readonly name?: unknown; readonly value?: unknown }
  if (typeof name === 'string' && isScalar(named)) return pieceOf(name, String(named), null)
  return Object.entries(value).flatMap(([key, inner]) => {
    if (isScalar(inner)) {
      const own = pieceOf(key, String(inner), null)
      return own.length > 0 ? own : fromLine(String(inner))
    }
    return fromValue(inner)
  })
}

const isScalar = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

const pieceOf = (name: string, value: string, attributes: Piece['attributes']): readonly Piece[] => {
  const piece = pieceNamed(name)
  return piece ? [{ name: piece, value: unquoted(value.trim()), attributes }] : []
}

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, '$1')

/** A header, a `name=value` or `name: value` line, or a line of a cookie file (seven fields between tabs). */
const fromLine = (line: string): readonly Piece[] => {
  const fields = line.split('\t')
  if (fields.length === 7) return pieceOf(fields[5] ?? '', fields[6] ?? '', null)
  const set = /^\s*set-cookie:\s*/i.exec(line)
  if (set) return fromSetCookie(line.slice(set[0].length))
  const bare = line.replace(/^\s*cookie:\s*/i, '')
  return bare.split(';').flatMap(part => {
    const [, name = '', value = ''] = /^\s*([\w-]+)\s*[=:]\s*(.*?)\s*,?$/.exec(part) ?? []
    return pieceOf(name, value, null)
  })
}

const fromSetCookie = (text: string): readonly Piece[] => {
  const [first = '', ...rest] = text.split(';')
  const pair = (part: string): readonly [string, string] => {
    const at = part.indexOf('=')
    return at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()]
  }
  const attributes = Object.fromEntries(rest.map(pair).map(([k, v]) => [k.toLowerCase(), v]))
  return pieceOf(...pair(first), attributes)
}
