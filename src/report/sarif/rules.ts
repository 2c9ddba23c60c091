/** Rules as SARIF reporting descriptors. */
import type { ReportingDescriptor, Result } from 'sarif'
import { type Severity, securitySeverity } from '#base/severity.ts'
import type { Finding, Mapping, RuleInfo, ScanResult } from '#findings/result.ts'
import { opening, plainText } from '../markdown.ts'
import { label } from '../visible-text.ts'
import { description, markdownText, pascalName } from './text.ts'

export const levels: Readonly<Record<Severity, NonNullable<Result['level']>>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

export const ruleId = (id: string): string => label(id, 255)

/** GitHub keeps ten tags of a rule. */
const mostTags = 10

const mappingTag = (m: Mapping): string =>
  m.standard === 'cwe' ? `external/cwe/${m.id.toLowerCase()}` : `${m.standard}/${m.id}`

const tagsOf = (rule: RuleInfo): string[] =>
  [
    ...new Set(['security', rule.surface, ...rule.mappings.map(mappingTag)].map(tag => label(tag, 100))),
  ].slice(0, mostTags)

const isWebAddress = (text: string): boolean => /^https?:\/\/[\w.-]+(\/[\w./?=&%#~:+,-]*)?$/.test(text)

export const ruleDescriptor = (rule: RuleInfo): ReportingDescriptor => {
  const helpUri = rule.references.find(isWebAddress)
  return {
    id: ruleId(rule.id),
    name: pascalName(rule.id),
    shortDescription: description(rule.title),
    fullDescription: description(opening(rule.help).text || rule.title),
    help: {
      text: description(plainText(rule.help) || rule.title).text,
      markdown: markdownText(rule.help) || rule.title,
    },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      tags: tagsOf(rule),
      precision: 'very-high',
      'problem.severity': {
        error: 'error',
        warning: 'warning',
        note: 'recommendation',
        none: 'recommendation',
      }[levels[rule.severity]],
      'security-severity': securitySeverity[rule.severity],
    },
  }
}

/** A finding of a rule that the result does not describe still needs a descriptor. */
const bareRule = (finding: Finding): RuleInfo => ({
  id: finding.rule,
  surface: 'other',
  severity: finding.severity,
  title: finding.title,
  help: finding.title,
  references: [],
  mappings: [],
  outcomes: { violated: 0, satisfied: 0, unknown: 0, inapplicable: 0 },
})

/** Every rule that was judged or found, in the order of their descriptors. */
export const allRules = (result: ScanResult): readonly RuleInfo[] => {
  const rules = new Map(result.rules.map(r => [ruleId(r.id), r]))
  for (const finding of result.findings)
    if (!rules.has(ruleId(finding.rule))) rules.set(ruleId(finding.rule), bareRule(finding))
  return [...rules.values()]
}
