/** Hostile text made inert: what is left has no control, direction or width tricks in it. */

/** Terminal sequences as a whole, so that `ESC[31m` leaves nothing behind. Bounded, hence linear. */
const controlSequences = /(?:\u001b\[|\u009b)[0-?]{0,32}[ -/]{0,8}[@-~]/g
const lineBreaks = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g
const invisible =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/** Keeps line breaks (as `\n`) and nothing else that is not printed; a tab becomes two spaces. */
export const visibleBlock = (text: string): string =>
  text
    .toWellFormed()
    .replace(controlSequences, '')
    .replace(lineBreaks, '\n')
    .replaceAll('\t', '  ')
    .replace(invisible, '')

/** One line: line breaks and tabs become spaces. */
export const visible = (text: string): string => visibleBlock(text).replaceAll('\n', ' ')

/** At most `max` characters, the last one an ellipsis where something is missing. Never cuts a pair in two. */
export const clip = (text: string, max: number): string =>
  text.length <= max
    ? text
    : `${text
        .slice(0, max - 1)
        .toWellFormed()
        .replace(/\ufffd$/u, '')}…`

/** A name or sentence for display: one line, inert, and of bounded length. */
export const label = (text: string, max = 300): string => clip(visible(text.slice(0, max * 4)), max)

const unsafeInJson =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g

/** JSON text with everything invisible written as `\uXXXX`: the same value, harmless to look at. */
export const inertJson = (json: string): string =>
  json.replace(unsafeInJson, run =>
    Array.from(
      { length: run.length },
      (_, i) => `\\u${run.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
