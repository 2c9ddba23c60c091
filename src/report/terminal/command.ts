/** A shell command over several lines that still works when it is copied. */
import { type Command, commandLine, quoted, quotedPieces } from '../curl.ts'

/** More than this is no longer something to paste. */
const longestCommand = 3000

/** Words that belong on one line with the word after them. */
const isOption = (word: string): boolean => /^(-H|--connect-to|--request|--request-target)$/.test(word)

const pairs = (words: readonly string[]): readonly (readonly string[])[] => {
  const lines: string[][] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last?.length === 1 && isOption(last[0] ?? '')) last.push(word)
    else lines.push([word])
  }
  return lines
}

/** Joins short neighbours: `curl --insecure --connect-to ...` in as few lines as fit. */
const packed = (parts: readonly string[], room: number): readonly string[] => {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + part.length <= room)
      lines[lines.length - 1] = `${last} ${part}`
    else lines.push(part)
  }
  return lines
}

/**
 * Lines of at most `width` columns; null where the command is too long to be pasted.
 * A word that is wider goes on in the first column: a blank before it would start a new word.
 */
export const commandLines = (command: Command, width: number, indent: number): readonly string[] | null => {
  if (commandLine(command).length > longestCommand) return null
  const room = width - indent - 4
  const parts = pairs(command.words).flatMap(pair => {
    const text = pair.map(w => quoted(command, w)).join(' ')
    if (text.length <= room) return [text]
    // The option stays on a line of its own, above its value.
    return [pair.map(w => quotedPieces(command, w, room).join('\\\n')).join(` \\\n${' '.repeat(indent + 2)}`)]
  })
  return packed(parts, room)
    .map((part, i) => ' '.repeat(i === 0 ? indent : indent + 2) + part)
    .join(' \\\n')
    .split('\n')
}
