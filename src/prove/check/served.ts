/** What CloudFront's own requests reach through a listener, worked out apart from the prover; for checking only. */
import { RE2JS } from 're2js'
import type { Condition, Link, Rule } from '#topology/model.ts'
import { overlap } from './glob.ts'
import { isSecret, sentMeets } from './values.ts'

/** `sure`: some request of CloudFront gets there. `maybe`: only if edge code changes it. */
export type Served = 'sure' | 'maybe' | 'no'

/** The rules of one listener, in order, that CloudFront's requests reach. */
export const servedRules = (rules: readonly Rule[], link: Link): ReadonlyMap<Rule, Served> => {
  const served = new Map<Rule, Served>()
  for (const rule of rules) {
    served.set(rule, worst(rule.conditions.map(c => reached(c, link))))
    if (rule.conditions.every(c => always(c, link))) break
  }
  return served
}

/** Rules that ask for a header which the origin sends, taking its value to be right. */
export const meantRules = (rules: readonly Rule[], link: Link): ReadonlyMap<Rule, Served> =>
  new Map(
    rules
      .filter(r => r.conditions.some(c => isSent(c, link)))
      .map(r => [r, worst(r.conditions.filter(c => !isSent(c, link)).map(c => reached(c, link)))]),
  )

const worst = (all: readonly Served[]): Served =>
  all.includes('no') ? 'no' : all.includes('maybe') ? 'maybe' : 'sure'

const codeMayChange = ({ behaviors }: Link): boolean =>
  behaviors.some(b => b.functions.some(f => f.event.endsWith('request')))

const sentValues = (c: Condition, { origin }: Link) =>
  c.field === 'http-header'
    ? origin.headers.filter(h => h.name.toLowerCase() === c.name.toLowerCase()).map(h => h.value)
    : []

const isSent = (c: Condition, link: Link): boolean => sentValues(c, link).length > 0

const reached = (c: Condition, link: Link): Served => {
  switch (c.field) {
    case 'host-header': {
      const { origin, distribution } = link
      return place(c, [origin.domainName, distribution.domainName, ...distribution.aliases], link, true)
    }
    case 'path-pattern':
      return place(c, pathsOf(link), link, false)
    case 'http-header':
      return headerReached(c, link)
    case 'http-request-method': {
      const all = link.behaviors.flatMap(b => b.allowedMethods)
      return all.length === 0 || all.some(m => c.methods.includes(m)) ? 'sure' : 'no'
    }
    case 'query-string':
      return c.pairs.every(p => isSecret(p.value)) ? 'no' : 'sure'
    default:
      return 'sure'
  }
}

const pathsOf = ({ origin, behaviors }: Link): readonly string[] =>
  behaviors.map(b => `${origin.originPath}/${b.isDefault ? '*' : b.pathPattern.replace(/^\//, '')}`)

const place = (
  c: { globs: readonly string[]; regexes: readonly string[] },
  sent: readonly string[],
  link: Link,
  folded: boolean,
): Served => {
  const fold = (text: string): string => (folded ? text.toLowerCase() : text)
  const globs = sent.some(text => c.globs.some(glob => overlap(fold(glob), fold(text))))
  const regexes = sent.some(text => /[*?]/.test(text) || c.regexes.some(r => mayMatch(r, text)))
  if (globs || (c.regexes.length > 0 && regexes)) return 'sure'
  return codeMayChange(link) ? 'maybe' : 'no'
}

/** Under any model of case and anchoring; true where the expression is not understood. */
const mayMatch = (regex: string, text: string): boolean => {
  if (/\\[pP]/.test(regex)) return true
  try {
    return [0, RE2JS.CASE_INSENSITIVE].some(flags => RE2JS.compile(regex, flags).test(text))
  } catch {
    return true
  }
}

const headerReached = (c: Extract<Condition, { field: 'http-header' }>, link: Link): Served => {
  const sent = sentValues(c, link)
  if (sent.length === 0) return [...c.globs, ...c.regexes].every(isSecret) ? 'no' : 'sure'
  const said = sent.flatMap(value => [
    ...c.globs.map(glob => sentMeets(value, glob)),
    ...c.regexes.map(regex =>
      typeof value === 'string' && typeof regex === 'string'
        ? mayMatch(regex, value)
          ? 'maybe'
          : 'no'
        : sentMeets(value, regex),
    ),
  ])
  return said.includes('yes') ? 'sure' : said.includes('maybe') ? 'maybe' : 'no'
}

/** Whether every request of CloudFront meets the condition. */
const always = (c: Condition, link: Link): boolean => {
  if (c.field === 'path-pattern') return c.globs.some(g => /^\/?\*+$/.test(g))
  if (c.field === 'http-header') return !codeMayChange(link) && isSent(c, link) && surelyMet(c, link)
  if (c.field !== 'http-request-method') return false
  const all = link.behaviors.flatMap(b => b.allowedMethods)
  return all.length > 0 && all.every(m => c.methods.includes(m))
}

const surelyMet = (c: Extract<Condition, { field: 'http-header' }>, link: Link): boolean =>
  sentValues(c, link).some(
    value => c.globs.some(glob => sentMeets(value, glob) === 'yes') || sealedRegexMet(c, value),
  )

const sealedRegexMet = (
  c: Extract<Condition, { field: 'http-header' }>,
  value: ReturnType<typeof sentValues>[number],
): boolean =>
  c.regexes.some(
    regex => typeof regex !== 'string' && typeof value !== 'string' && sentMeets(value, regex) === 'yes',
  )
