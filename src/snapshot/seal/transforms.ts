/** The text transformations of AWS WAF on a header value: the result, or null where it is not certain. */
import { foldCase } from '#base/glob.ts'

type Transform = (text: string) => string | null

/** Does nothing to a text without these characters, and something we do not trust ourselves to repeat to any other. */
const untouchedUnless =
  (special: RegExp): Transform =>
  text =>
    special.test(text) ? null : text

const bytesText = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes.toString('latin1')
}

const transforms: Readonly<Record<string, Transform>> = {
  NONE: text => text,
  LOWERCASE: foldCase,
  URL_DECODE: untouchedUnless(/[%+]/),
  URL_DECODE_UNI: untouchedUnless(/[%+]/),
  HTML_ENTITY_DECODE: untouchedUnless(/&/),
  // Deletes \ " ' ^, turns , and ; into spaces, joins spaces, deletes those before / and (, and lowers the case.
  CMD_LINE: text => (/[\\"'^,;/(\s]/.test(text) ? null : foldCase(text)),
  COMPRESS_WHITE_SPACE: untouchedUnless(/\s/),
  REPLACE_COMMENTS: untouchedUnless(/\/\*/),
  ESCAPE_SEQ_DECODE: untouchedUnless(/\\/),
  CSS_DECODE: untouchedUnless(/\\/),
  JS_DECODE: untouchedUnless(/\\/),
  SQL_HEX_DECODE: untouchedUnless(/0x/i),
  NORMALIZE_PATH: untouchedUnless(/[./]/),
  NORMALIZE_PATH_WIN: untouchedUnless(/[./\\]/),
  REMOVE_NULLS: untouchedUnless(/\0/),
  REPLACE_NULLS: untouchedUnless(/\0/),
  UTF8_TO_UNICODE: untouchedUnless(/[^\x20-\x7e]/),
  BASE64_DECODE: text =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
      ? bytesText(Buffer.from(text, 'base64'))
      : null,
  HEX_DECODE: text => (/^(?:[0-9a-f]{2})*$/i.test(text) ? bytesText(Buffer.from(text, 'hex')) : null),
}

/** Applies the transformations in order; null where one of them is unknown, or its effect on this text uncertain. */
export const transformed = (text: string, names: readonly string[]): string | null =>
  names.reduce<string | null>((value, name) => {
    const transform = Object.hasOwn(transforms, name) ? transforms[name] : undefined
    return value === null || transform === undefined ? null : transform(value)
  }, text)
