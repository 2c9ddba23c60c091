/** What the conditions of a rule say about the texts of a request, read plainly; for checking only. */
import { globTokens } from '#base/glob.ts'
import type { Condition } from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { divider, type Tokens } from './text.ts'
import { isSecret } from './values.ts'

/** One pattern of a condition. */
export interface Pattern {
  /** The same name means the same texts. */
  readonly name: string
  /** Every text that it may be met by meets one of these. */
  readonly atMost: readonly Tokens[]
  /** Every text that meets these meets it. */
  readonly atLeast: readonly Tokens[]
  /** Only somebody with the secret can send a text that meets it. */
  readonly secret: boolean
}

export interface Asked {
  /** `host`, `path`, `query`, or a header by its name. */
  readonly where: string
  readonly patterns: readonly Pattern[]
}

export const pairShape: Tokens = ['*', { literal: divider }, '*']

const anything: readonly Tokens[] = [['*']]

/** Null where the condition is about no text. */
export const askedBy = (c: Condition): Asked | null => {
  switch (c.field) {
    case 'host-header':
      return { where: 'host', patterns: alternatives(c.globs, c.regexes, true) }
    case 'path-pattern':
      return { where: 'path', patterns: alternatives(c.globs, c.regexes, false) }
    case 'http-header': {
      const written = /^x-(?:forwarded|amzn)-/i.test(c.name)
      const patterns = alternatives(c.globs, c.regexes, true)
      return {
        where: `header ${c.name.toLowerCase()}`,
        patterns: written ? patterns.map(p => ({ ...p, secret: false })) : patterns,
      }
    }
    case 'query-string':
      return { where: 'query', patterns: c.pairs.map(p => pair(p.key, p.value)) }
    default:
      return null
  }
}

const alternatives = (
  globs: readonly Value[],
  regexes: readonly Value[],
  folded: boolean,
): readonly Pattern[] => [
  ...globs.map(g => (isSealed(g) ? sealed(g) : clear(folded ? g.toLowerCase() : g))),
  ...regexes.map(r => ({
    name: isSealed(r) ? `sealed ${r.dialect} ${r.sealed}` : `expression ${r}`,
    atMost: anything,
    atLeast: [],
    secret: isSecret(r),
  })),
]

/** A backslash might take its meaning from the wildcard behind it. */
const clear = (glob: string): Pattern => {
  const plain = globTokens(glob)
  return glob.includes('\\')
    ? { name: glob, atMost: [plain, globTokens(glob, { escapes: true })], atLeast: [], secret: false }
    : { name: glob, atMost: [plain], atLeast: [plain], secret: false }
}

const sealed = (value: Exclude<Value, string>): Pattern => {
  const { dialect, folded, structure, length } = value
  if (dialect === 'alb-glob' && structure !== undefined && structure.every(s => s === '*' || s === '?'))
    return clear(structure.join(''))
  const ofLength = dialect === 'alb-glob' && structure === undefined
  return {
    name: `sealed ${dialect} ${dialect === 'alb-glob' ? folded : value.sealed}`,
    atMost: ofLength ? [Array.from({ length }, () => '?' as const)] : anything,
    atLeast: [],
    secret: isSecret(value),
  }
}

const pair = (key: string | null, value: Value): Pattern => {
  const keyTokens: Tokens = key === null ? ['*'] : globTokens(key.toLowerCase(), { escapes: true })
  const whole = (tokens: Tokens): Tokens => [...keyTokens, { literal: divider }, ...tokens]
  const said = isSealed(value) ? sealed(value) : null
  const text = said === null ? String(value).toLowerCase() : said.atLeast.length > 0 ? said.name : null
  const name = JSON.stringify([key?.toLowerCase() ?? null, text ?? said?.name])
  if (text === null) return { name, atMost: [whole(['*'])], atLeast: [], secret: said?.secret ?? false }
  const tokens = whole(globTokens(text, { escapes: true }))
  return { name, atMost: [tokens], atLeast: [tokens], secret: false }
}
