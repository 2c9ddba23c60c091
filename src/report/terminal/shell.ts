/** A shell line broken over several that still work when they are copied. */

/** Words with their quotes: blanks part them outside of quotes only. */
const rawWords = (line: string): readonly string[] => line.match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g) ?? []

/** Runs of a word that are quoted in one way: the quote, or none, and the text between. */
const runsOf = (word: string): readonly { readonly quote: string; readonly text: string }[] =>
  [...word.matchAll(/'([^']*)'|"([^"]*)"|((?:\\.|[^'"\\])+)/g)].map(([, single, double, bare]) => {
    if (single !== undefined) return { quote: "'", text: single }
    return double === undefined ? { quote: '', text: bare ?? '' } : { quote: '"', text: double }
  })

/** Never inside an escape or a variable. */
const atomsOf = (text: string, quote: string): readonly string[] =>
  quote === "'" ? [...text] : (text.match(/\\.|\$\{[^}]*\}|\$\w+|[\s\S]/gu) ?? [])

/** The word in pieces of at most `width` characters, each with its own quotes. */
const pieces = (word: string, width: number): readonly string[] =>
  runsOf(word).flatMap(({ quote, text }) => {
    const parts: string[] = []
    let part = ''
    for (const atom of atomsOf(text, quote)) {
      if (part !== '' && part.length + atom.length + 2 * quote.length > width) {
        parts.push(quote + part + quote)
        part = ''
      }
      part += atom
    }
    return [...parts, quote + part + quote]
  })

/** An option stays with its value. */
const isOption = (word: string): boolean => /^--?[a-z]/.test(word)

/**
 * Lines of at most `width` columns. A word that is wider goes on in the first column: a blank before it would start a
 * new word.
 */
export const shellLines = (line: string, width: number, indent: number): readonly string[] => {
  const room = width - indent - 4
  const lines: string[] = []
  let open = ''
  const words = rawWords(line)
  const close = (): void => {
    if (open !== '') lines.push(open)
    open = ''
  }
  words.forEach((word, i) => {
    const next = words[i + 1]
    const needed =
      isOption(word) && next !== undefined && !isOption(next) ? word.length + 1 + next.length : word.length
    if (open !== '' && open.length + 1 + Math.min(needed, room) > room) close()
    if (word.length <= room) {
      open = open === '' ? word : `${open} ${word}`
      return
    }
    close()
    lines.push(pieces(word, room).join('\\\n'))
  })
  close()
  return lines
    .map((text, i) => ' '.repeat(i === 0 ? indent : indent + 2) + text)
    .join(' \\\n')
    .split('\n')
}
