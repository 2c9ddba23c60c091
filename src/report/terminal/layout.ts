/** Lines of bounded width: words wrapped by display columns, styled after they are measured. */
import { styleText } from 'node:util'
import stringWidth from 'string-width'

export type Style = Parameters<typeof styleText>[0]

export interface Canvas {
  readonly width: number
  readonly color: boolean
}

/** A paragraph: `head` before the first line, blanks as wide before the others. */
export interface Paragraph {
  readonly indent?: number
  readonly head?: string
  readonly headStyle?: Style
  /** Columns given to the head, so that texts line up; at least its own width. */
  readonly headWidth?: number
  readonly text: string
  readonly style?: Style
}

/** Styles text where colour was asked for. */
export const paint = (canvas: Canvas, style: Style | undefined, text: string): string =>
  canvas.color && style !== undefined && text !== ''
    ? styleText(style, text, { validateStream: false })
    : text

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Cuts a word that is wider than a line. A grapheme wider than the line alone stands on its own. */
const cut = (word: string, width: number): string[] => {
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const { segment } of graphemes.segment(word)) {
    const w = stringWidth(segment)
    if (used + w > width && piece !== '') {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += segment
    used += w
  }
  return [...pieces, piece]
}

/** Breaks text at blanks into lines of at most `width` columns. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  const pieces = text.split(/ +/).flatMap(word => (stringWidth(word) > width ? cut(word, width) : [word]))
  for (const piece of pieces) {
    const joined = line === '' ? piece : `${line} ${piece}`
    if (stringWidth(joined) <= width) line = joined
    else {
      lines.push(line)
      line = piece
    }
  }
  return [...lines, line]
}

/** One line, its end replaced by an ellipsis where it does not fit. */
export const oneLine = (text: string, width: number): string => {
  if (stringWidth(text) <= width) return text
  return `${(cut(text, width - 1)[0] ?? '').trimEnd()}…`
}

export const paragraph = (canvas: Canvas, p: Paragraph): readonly string[] => {
  const indent = ' '.repeat(p.indent ?? 0)
  const head = p.head ?? ''
  const headWidth = Math.max(stringWidth(head), p.headWidth ?? 0)
  const room = Math.max(1, canvas.width - indent.length - headWidth)
  return wrap(p.text, room).map((line, i) => {
    const before =
      i === 0
        ? paint(canvas, p.headStyle, head) + ' '.repeat(headWidth - stringWidth(head))
        : ' '.repeat(headWidth)
    return (indent + before + paint(canvas, p.style, line)).trimEnd()
  })
}

export const labelWidth = 10

/** A labelled text; nothing where there is no text. */
export const field = (canvas: Canvas, head: string, text: string): readonly string[] =>
  text === '' ? [] : paragraph(canvas, { indent: 2, head, headWidth: labelWidth, headStyle: 'dim', text })

/** A heading with a rule to the right edge. */
export const heading = (canvas: Canvas, title: string, style: Style = 'bold'): readonly string[] => {
  const text = oneLine(title, canvas.width - 4)
  const rest = canvas.width - stringWidth(text) - 1
  return ['', `${paint(canvas, style, text)} ${paint(canvas, 'dim', '─'.repeat(Math.max(0, rest)))}`, '']
}
