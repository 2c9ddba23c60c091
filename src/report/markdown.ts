/** Markdown of rules and remediation, as safe HTML and as plain text. */
import MarkdownIt from 'markdown-it'
import { visibleBlock } from './visible-text.ts'

// Markup in the text stays text (`html: false`); links to anything but http, https and mailto are not made.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable(['image'])
const plain = new MarkdownIt({ html: false, linkify: false }).disable(['image'])
const harmless = /^https?:\/\//i
markdown.validateLink = url => harmless.test(url.trim())
// A page inside a page must not disturb the outline of the page around it.
markdown.renderer.rules.heading_open = () => '<p class="md-h">'
markdown.renderer.rules.heading_close = () => '</p>\n'
const longest = 12_000

/** HTML without scripts, styles, images or ids; the caller may embed it unescaped. */
export const markdownHtml = (text: string): string => markdown.render(visibleBlock(text.slice(0, longest)))

type Token = ReturnType<typeof plain.parse>[number]

const inlineText = (token: Token): string =>
  (token.children ?? [])
    .map(t => (t.type === 'softbreak' || t.type === 'hardbreak' ? ' ' : t.content))
    .join('')

type Block = { readonly kind: 'text' | 'code'; readonly text: string }

/** Paragraphs, list items and code blocks in order, without headings and markup. */
const blocks = (text: string): readonly Block[] => {
  const tokens = plain.parse(visibleBlock(text.slice(0, longest)), {})
  return tokens.flatMap((token, i): readonly Block[] => {
    if (token.type === 'fence' || token.type === 'code_block')
      return [{ kind: 'code', text: token.content.trim() }]
    if (token.type !== 'inline' || tokens[i - 1]?.type === 'heading_open') return []
    return [{ kind: 'text', text: inlineText(token) }]
  })
}

export const plainText = (text: string): string =>
  blocks(text)
    .map(b => b.text)
    .join('\n\n')

/** What to do, a sentence or two for each step, without the commands. */
export const steps = (text: string): readonly string[] =>
  blocks(text).flatMap(b => (b.kind === 'text' && b.text !== '' ? [b.text] : []))

/** The first paragraph, and the lines of the code block that follows it at once. */
export const opening = (text: string): { readonly text: string; readonly code: readonly string[] } => {
  const [first, second] = blocks(text)
  if (first === undefined) return { text: '', code: [] }
  if (first.kind === 'code') return { text: '', code: first.text.split('\n') }
  return { text: first.text, code: second?.kind === 'code' ? second.text.split('\n') : [] }
}
