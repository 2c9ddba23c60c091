/** Text as one word of a POSIX shell. */

// Line breaks and other controls would end the line or the code block that the word stands in.
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** Quoted where a shell would read more than the text into it. */
export const shellWord = (text: string): string => {
  const line = oneLine(text)
  return /^[\w@%+=:,./-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`
}
