/** What is not a result: gaps, undecided rules, faults and cuts, as notifications of the invocation. */
import type { Notification, ReportingDescriptor } from 'sarif'
import type { Finding, ScanResult } from '#findings/result.ts'
import type { Estate } from '../estate.ts'
import { label } from '../visible-text.ts'
import { gapSubject } from '../words.ts'
import { subjectLocation } from './location.ts'
import { ruleId } from './rules.ts'
import { message, messageText, pascalName } from './text.ts'

type Gap = ScanResult['coverage']['gaps'][number]

/** Beyond this only the number is told, so that a broken role does not fill the file. */
export const mostNotifications = 1000

const kinds = {
  gap: 'Something the scan needed could not be read.',
  undecided: 'A rule could not be decided because something was not observed.',
  fault: 'A rule failed; this is a fault of originproof, not of the account.',
  limit: 'Something was left out to respect the limits of code scanning.',
} as const
type Kind = keyof typeof kinds

export const notificationDescriptors: readonly ReportingDescriptor[] = Object.entries(kinds).map(
  ([id, text]) => ({
    id: `originproof/${id}`,
    name: pascalName(id),
    shortDescription: { text },
    fullDescription: { text },
    help: { text },
  }),
)

const notification = (kind: Kind, level: 'warning' | 'error' | 'note', text: string): Notification => ({
  descriptor: { id: `originproof/${kind}`, index: Object.keys(kinds).indexOf(kind) },
  level,
  message: message(messageText(text)),
})

const gapNotification = (gap: Gap): Notification => {
  const place = [gap.account, gap.region].filter(Boolean).join(' ')
  const grant = gap.action === '' ? '' : ` Needs ${gap.action}.`
  return notification(
    'gap',
    'warning',
    label(`${gap.code}: ${gapSubject(gap)} (${place}). ${gap.message}${grant}`, 1000),
  )
}

const undecidedNotification = (snapshot: string, finding: Finding, ruleIndex: number): Notification => ({
  ...notification(
    'undecided',
    'warning',
    label(`${finding.rule} is undecided for ${finding.subject.name}: ${finding.message}`, 1000),
  ),
  associatedRule: { id: ruleId(finding.rule), index: ruleIndex },
  locations: [subjectLocation(snapshot, finding.subject)],
})

const limited = (all: readonly Notification[], what: string): Notification[] =>
  all.length <= mostNotifications
    ? [...all]
    : [
        ...all.slice(0, mostNotifications),
        notification(
          'limit',
          'warning',
          `${all.length - mostNotifications} more ${what} are in result.json.`,
        ),
      ]

/** Gaps: a matter of what the scanner may read. */
export const configurationNotifications = (result: ScanResult): Notification[] =>
  limited(result.coverage.gaps.map(gapNotification), 'gaps')

/** Undecided rules, faults, and what `dropped` results were left out. */
export const executionNotifications = (
  estate: Estate,
  ruleIndex: (rule: string) => number,
  dropped: number,
): Notification[] => [
  ...(dropped === 0
    ? []
    : [
        notification(
          'limit',
          'warning',
          `${dropped} results of the least severity were left out; all of them are in result.json.`,
        ),
      ]),
  ...estate.result.coverage.faults.map(f =>
    notification('fault', 'error', label(`${f.rule} on ${f.subject}: ${f.message}`, 1000)),
  ),
  ...limited(
    estate.unknown.map(f => undecidedNotification(estate.result.snapshot, f, ruleIndex(f.rule))),
    'undecided rules',
  ),
]
