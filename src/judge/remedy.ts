/** The remediation of a finding: the steps of the rule, with the identifiers of the account filled in. */
import type { Gap } from '#base/gap.ts'
import { shellWord } from '#base/shell.ts'
import type { Evidence } from '#predicates/asking/answer.ts'
import { fill, isEvidencePlaceholder, placeholdersIn } from '#rulebook/placeholders.ts'
import type { FixStep, Rule } from '#rulebook/rule.ts'
import { fillText, type namesOf } from './names.ts'

type Names = ReturnType<typeof namesOf>

/** A line for each of so many pieces of evidence; the reader sees the pattern by then. */
const longestList = 10

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

const inlineCode = (text: string): string => oneLine(text).replaceAll('`', "'")

const shellNames = (names: Names, evidence: Evidence | null) => {
  const own: Readonly<Record<string, string | null | undefined>> = { ...names, ...evidence?.names }
  return (name: string): string | null => own[name] ?? null
}

/** Null where a placeholder of the line does not apply. */
const filledLine = (line: string, lookUp: (name: string) => string | null): string | null =>
  placeholdersIn(line).every(name => lookUp(name) !== null)
    ? fill(line, name => shellWord(lookUp(name) ?? ''))
    : null

/** A line about a piece of evidence is repeated for each of them. */
const filledLines = (line: string, names: Names, evidence: readonly Evidence[]): readonly string[] => {
  const about = placeholdersIn(line).some(isEvidencePlaceholder) ? evidence : [null]
  const lines = about.flatMap(e => filledLine(line, shellNames(names, e)) ?? [])
  return [...new Set(lines)].slice(0, longestList)
}

const step = ({ say, run }: FixStep, i: number, names: Names, evidence: readonly Evidence[]): string => {
  const shown = Object.fromEntries(Object.entries(names).map(([k, v]) => [k, v && inlineCode(v)]))
  const said = `${i + 1}. ${fillText(say, shown as Names)}`
  const lines = run.flatMap(line => filledLines(line, names, evidence))
  return lines.length === 0
    ? said
    : [said, '', '   ```sh', ...lines.map(line => `   ${line}`), '   ```'].join('\n')
}

/** The section of the prose page, for a rule without steps of its own. */
const fixSection = (help: string): string =>
  /^##[ \t]+How to fix[ \t]*$\n([\s\S]*?)(?=^##[ \t]|$(?![\s\S]))/m.exec(help)?.[1]?.trim() ?? ''

export const remedyFor = (rule: Rule, names: Names, evidence: readonly Evidence[]): string =>
  rule.fix.length === 0
    ? fixSection(rule.help)
    : rule.fix.map((s, i) => step(s, i, names, evidence)).join('\n\n')

/** What an undecided rule needs is to be able to see. */
export const remedyForGaps = (gaps: readonly Gap[]): string => {
  const actions = [...new Set(gaps.filter(g => g.action !== '').map(g => g.action))].sort()
  return actions.length === 0
    ? 'Scan again once what is named above can be read.'
    : `Allow the scanning principal ${actions.map(a => `\`${inlineCode(a)}\``).join(', ')}, then scan again.`
}
