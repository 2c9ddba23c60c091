/** A shell command over several lines that still works when it is copied. */

/** Words with their quotes: blanks part them outside of quotes only. */
const rawWords = (line: string): readonly string[] => line.match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g) ?? []

const isOption = (word: string): boolean => /^--?[A-Za-z]/.test(word)

/** Options of curl that have no value. */
const isFlag = (word: string): boolean => /^--(insecure|head|globoff|path-as-is)$/.test(word)

/** Options with the value after them, which stays on their line. */
const chunksOf = (words: readonly string[]): readonly string[] => {
  const chunks: string[] = []
  words.forEach((word, i) => {
    const before = words[i - 1]
    if (before !== undefined && isOption(before) && !isFlag(before) && !isOption(word))
      chunks.push(`${chunks.pop()} ${word}`)
    else chunks.push(word)
  })
  return chunks
}

/** A command as short as `| jq` stays with its word that is wider than any line: alone on one it says nothing. */
const isLead = (last: string, chunk: string, room: number): boolean => last.length <= 6 && chunk.length > room

/**
 * Lines of at most `width` columns, broken at blanks. A word is never broken, for it is what a reader looks for and
 * copies: one that is wider than a line is left to the terminal, which wraps it.
 */
export const shellLines = (line: string, width: number, indent: number): readonly string[] => {
  const room = width - indent - 4
  const lines: string[] = []
  for (const chunk of chunksOf(rawWords(line))) {
    const last = lines.at(-1)
    if (last !== undefined && (last.length + 1 + chunk.length <= room || isLead(last, chunk, room)))
      lines[lines.length - 1] = `${last} ${chunk}`
    else lines.push(chunk)
  }
  return lines.map(
    (text, i) => ' '.repeat(i === 0 ? indent : indent + 2) + text + (i < lines.length - 1 ? ' \\' : ''),
  )
}
