/** Top-level findings as SARIF results: one alert for a problem, its causes inside. */
import type { CodeFlow, Location, Result } from 'sarif'
import { securitySeverity } from '#base/severity.ts'
import type { Finding, Subject } from '#findings/result.ts'
import { commandLine, curlOf } from '../curl.ts'
import { distributionName, type Estate, linkOf, sightOf, solvedFixOf } from '../estate.ts'
import { opening } from '../markdown.ts'
import type { RouteStep, Witness } from '../terms.ts'
import { label } from '../visible-text.ts'
import { physicalLocation, relatedLocation, subjectLocation } from './location.ts'
import { levels, ruleId } from './rules.ts'
import { message, messageText } from './text.ts'

/** GitHub shows 100 locations of a result. */
const mostRelated = 90

const sentences = (parts: readonly string[]): string => parts.filter(part => part !== '').join('\n\n')

const place = (estate: Estate, finding: Finding): string => {
  const link = linkOf(estate, finding)
  if (finding.distribution === null || link === null) return ''
  return messageText(
    `Distribution ${distributionName(link)}${finding.origin === null ? '' : `, origin ${link.originDomainName}`}.`,
  )
}

const requestText = (witness: Witness | null): string => {
  const command = witness && curlOf(witness)
  if (!command) return ''
  const secrets = command.secrets.map(s => ` ${s.variable} is the value shown as ${s.sealed}.`).join('')
  return messageText(`Request: ${commandLine(command)}${secrets === '' ? '' : ` (${secrets.trim()})`}`)
}

/** The edits of a solved fix with their commands. */
const fixText = (estate: Estate, finding: Finding): string =>
  (solvedFixOf(estate, finding)?.edits ?? [])
    .flatMap(({ text, commands }, i) => [`${i + 1}. ${text}`, ...commands])
    .map(messageText)
    .join('\n')

/** `Because: [alb-default-action-denies](1) ...`; the number is the id of the related location. */
const causeText = (causes: readonly Finding[]): string =>
  causes
    .slice(0, mostRelated)
    .map(
      (cause, i) =>
        `Because: ${messageText(label(cause.message))} [${messageText(label(cause.rule, 100))}](${i + 1})`,
    )
    .join('\n')

const related = (estate: Estate, finding: Finding, causes: readonly Finding[]): Location[] => {
  const { snapshot } = estate.result
  const others = finding.related.map((subject): [Subject, string] => [
    subject,
    `${subject.type} ${subject.name}`,
  ])
  return [...causes.map((cause): [Subject, string] => [cause.subject, cause.message]), ...others]
    .slice(0, mostRelated)
    .map(([subject, text], i) => relatedLocation(snapshot, i + 1, subject, label(text)))
}

const step = (snapshot: string, s: RouteStep) => ({
  location: {
    physicalLocation: physicalLocation(snapshot, s.line),
    message: message(messageText(label(s.text))),
  },
})

/** The way of the witness, step by step. */
const routeFlow = (snapshot: string, witness: Witness | null): readonly CodeFlow[] =>
  witness === null || witness.route.length === 0
    ? []
    : [{ threadFlows: [{ locations: witness.route.slice(0, 100).map(s => step(snapshot, s)) }] }]

/** The line that says what is wrong, where it is one of the file that the subject was read from; else of its first cause. */
const sourceOf = ({ subject, evidence }: Finding, causes: readonly Finding[] = []): Subject['source'] => {
  const cited = evidence.flatMap(e => e.source ?? [])
  if (subject.source === undefined) return cited[0] ?? causes.flatMap(c => sourceOf(c) ?? [])[0]
  return (
    cited.find(s => s.file === subject.source?.file && s.line >= subject.source.line) ??
    cited[0] ??
    subject.source
  )
}

/** `ruleIndex` is the place of the rule among the descriptors. */
export const resultOf = (estate: Estate, finding: Finding, ruleIndex: number): Result => {
  const { snapshot } = estate.result
  const causes = [...estate.causesOf(finding), ...estate.symptomsOf(finding)]
  const witness = sightOf(estate, finding)?.exposure.witness ?? null
  const flows = routeFlow(snapshot, witness)
  const relatedLocations = related(estate, finding, causes)
  return {
    ruleId: ruleId(finding.rule),
    ruleIndex,
    level: levels[finding.severity],
    message: message(
      sentences([
        messageText(finding.message || finding.title),
        place(estate, finding),
        requestText(witness),
        causeText(causes),
        messageText(label(opening(finding.remediation).text, 500)),
        fixText(estate, finding),
      ]),
    ),
    locations: [subjectLocation(snapshot, finding.subject, sourceOf(finding, causes))],
    ...(relatedLocations.length > 0 ? { relatedLocations } : {}),
    ...(flows.length > 0 ? { codeFlows: [...flows] } : {}),
    // Code scanning matches alerts between runs by `primaryLocationLineHash` alone. Given here, it is not
    // computed from the snapshot's line, which moves whenever another resource comes or goes.
    partialFingerprints: {
      'originproofFingerprint/v1': finding.fingerprint,
      primaryLocationLineHash: `${finding.fingerprint.slice(0, 16)}:1`,
    },
    properties: {
      'security-severity': securitySeverity[finding.severity],
      account: label(finding.subject.account, 20),
    },
  }
}
