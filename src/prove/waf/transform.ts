/** Text transformations of AWS WAF: exact where this version knows the result, null where it does not. */

type Transform = (text: string) => string | null

/** Leaves text alone that holds none of the characters that the transformation acts on. */
const untouchedBy =
  (acts: RegExp): Transform =>
  text =>
    acts.test(text) ? null : text

const urlDecoded: Transform = text => {
  // Whether a plus sign becomes a space is not documented.
  if (text.includes('+') || /%(?![0-9a-f]{2})/i.test(text)) return null
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

const normalisedPath: Transform = text => {
  const kept: string[] = []
  for (const segment of text.split('/')) {
    if (segment === '..') {
      // A way above the root is not documented.
      if (kept.length <= 1) return null
      kept.pop()
    } else if (segment !== '.' && (segment !== '' || kept.length === 0)) kept.push(segment)
  }
  const tail = /(?:^|\/)\.{0,2}$/.test(text) && kept.at(-1) !== '' ? '/' : ''
  return kept.join('/') + tail
}

const transforms: Readonly<Record<string, Transform>> = {
  NONE: text => text,
  LOWERCASE: text => text.replace(/[A-Z]/g, c => c.toLowerCase()),
  COMPRESS_WHITE_SPACE: text => text.replace(/[\s\u00a0]+/g, ' '),
  URL_DECODE: urlDecoded,
  URL_DECODE_UNI: untouchedBy(/[%+]/),
  NORMALIZE_PATH: normalisedPath,
  NORMALIZE_PATH_WIN: text => (text.includes('\\') ? null : normalisedPath(text)),
  UPPERCASE: text => text.replace(/[a-z]/g, c => c.toUpperCase()),
  TRIM: untouchedBy(/^\s|\s$/),
  TRIM_LEFT: untouchedBy(/^\s/),
  TRIM_RIGHT: untouchedBy(/\s$/),
  REMOVE_WHITESPACE: untouchedBy(/[\s\u00a0]/),
  REMOVE_NULLS: text => text.replaceAll('\0', ''),
  REPLACE_NULLS: text => text.replaceAll('\0', ' '),
  HTML_ENTITY_DECODE: untouchedBy(/&/),
  JS_DECODE: untouchedBy(/\\/),
  CSS_DECODE: untouchedBy(/\\/),
  ESCAPE_SEQ_DECODE: untouchedBy(/\\/),
  SQL_HEX_DECODE: untouchedBy(/0x/i),
  REPLACE_COMMENTS: untouchedBy(/\/\*|\*\//),
  UTF8_TO_UNICODE: untouchedBy(/[^\x20-\x7e]/),
}

/** Documented, but their results are not followed here. */
const others = [
  'BASE64_DECODE',
  'BASE64_DECODE_EXT',
  'CMD_LINE',
  'CMD_LINE_UNIX',
  'CMD_LINE_WIN',
  'HEX_DECODE',
  'JS_DECODE_EXT',
  'MD5',
  'REMOVE_COMMENTS_CHAR',
  'SHA256',
]

/** Whether AWS documents a transformation of this name. */
export const isTransformation = (name: string): boolean => name in transforms || others.includes(name)

/** Applies the transformations by ascending priority; null where one of them is not known or its result is not. */
export const transformed = (text: string, names: readonly string[]): string | null =>
  names.reduce<string | null>(
    (sofar, name) => (sofar === null ? null : (transforms[name]?.(sofar) ?? null)),
    text,
  )

/** Names of a statement's `TextTransformations` in the order in which they act; null where they cannot be read. */
export const transformNames = (statement: Readonly<Record<string, unknown>>): readonly string[] | null => {
  const list = statement.TextTransformations
  if (list === undefined) return []
  if (!Array.isArray(list)) return null
  const read = list.map((t: unknown) => {
    if (typeof t !== 'object' || t === null) return null
    const { Priority, Type } = t as Record<string, unknown>
    return typeof Type === 'string' && typeof Priority === 'number' ? { Priority, Type } : null
  })
  const readable = read.filter(t => t !== null)
  if (readable.length !== read.length) return null
  return readable.toSorted((a, b) => a.Priority - b.Priority).map(t => t.Type)
}
