/** Markup that is escaped and inert by construction: every text put into it is cleaned, cut and escaped here. */
import { html, raw } from 'hono/html'
import { markdownHtml } from '../markdown.ts'
import { label } from '../visible-text.ts'

export type Html = ReturnType<typeof raw>

/** What may stand in a placeholder; `false` and `null` leave nothing. */
export type Part = string | number | false | null | undefined | Html | readonly Part[]

/** Longer texts are cut: no single name may fill the page. */
const longestText = 400

const inert = (part: Part): unknown => {
  if (typeof part === 'string') return label(part, longestText)
  return Array.isArray(part) ? part.map(inert) : part
}

/** Template tag. Strings become text; only markup made by this tag stays markup. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => {
  const made = html(strings, ...parts.map(inert))
  if (made instanceof Promise) throw new TypeError('markup takes plain values, not promises')
  return made
}

export const nothing: Html = raw('')

/** Markdown as markup. */
export const prose = (text: string): Html => raw(markdownHtml(text))

/** Text that is the page's own (style, script) and must not be escaped. */
export const verbatim = (text: string): Html => raw(text)

/** A fragment identifier: letters, digits and dashes only. */
export const anchor = (prefix: string, id: string): string =>
  `${prefix}-${id.slice(0, 64).replace(/[^A-Za-z0-9-]+/g, '-')}`
