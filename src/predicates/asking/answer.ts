/** The answer of a predicate: observed to hold or not, with evidence; or not observed, with the gaps that explain why. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { ManifestPlace, Ref } from '#topology/model.ts'

/** What a piece of evidence is about, for filling in the commands of a remediation. */
export const evidenceNames = [
  'listener',
  'rule',
  'group',
  'groupRule',
  'port',
  'header',
  'behavior',
  /** Ids of APIs, by generation, and the stage and region of one. */
  'restApi',
  'httpApi',
  'stage',
  'apiRegion',
  'webAcl',
  'certificate',
  /** ARN of a function that has a URL of its own. */
  'function',
  /** ARN of a function without its alias, and the alias that has the URL. */
  'aliasFunction',
  'alias',
  'tenant',
  'publicKey',
  'keyGroup',
  'sender',
  'senderOrigin',
  'secret',
  'parameter',
  'schedule',
  /** A schedule of EventBridge Scheduler and its group; `schedule` is a rule of EventBridge. */
  'timer',
  'timerGroup',
  'storeRegion',
  /** The secret or parameter that the authorizer of an API compares with. */
  'gateSecret',
  'gateParameter',
] as const
type EvidenceName = (typeof evidenceNames)[number]
export type EvidenceNames = Readonly<Partial<Record<EvidenceName, string>>>

export interface Evidence {
  /** What was observed, for people. Never a secret value. */
  readonly text: string
  /** Snapshot line it was read from; null for an exchange or a derived fact. */
  readonly line: number | null
  readonly arn: string | null
  /** Id of the exchange it rests on. */
  readonly exchange: string | null
  /** File and line of the manifest that it was read from. */
  readonly source?: ManifestPlace
  readonly names?: EvidenceNames
}

export type Answer =
  | { readonly observed: true; readonly holds: boolean; readonly evidence: readonly Evidence[] }
  /** `evidence` says what makes it undecidable where that is not something unread. */
  | { readonly observed: false; readonly gaps: readonly Gap[]; readonly evidence: readonly Evidence[] }

export const yes = (...evidence: readonly Evidence[]): Answer => ({ observed: true, holds: true, evidence })
export const no = (...evidence: readonly Evidence[]): Answer => ({ observed: true, holds: false, evidence })
export const unseen = (gaps: readonly Gap[], ...evidence: readonly Evidence[]): Answer => ({
  observed: false,
  gaps,
  evidence,
})

export const holds = (answer: Answer): boolean => answer.observed && answer.holds
export const fails = (answer: Answer): boolean => answer.observed && !answer.holds

export const negated = (answer: Answer): Answer =>
  answer.observed ? { ...answer, holds: !answer.holds } : answer

/** The question put to a known value; an unobserved one answers with its gaps. */
export const ofKnown = <T>(value: Known<T>, ask: (value: T) => Answer): Answer =>
  value.known ? ask(value.value) : unseen(value.gaps)

/** The answer, with what else it rests on where it does not hold. */
export const failingWith = (answer: Answer, ...more: readonly Evidence[]): Answer =>
  fails(answer) ? no(...answer.evidence, ...more) : answer

const joined = (answers: readonly Answer[], pick: (answer: Answer) => boolean): readonly Evidence[] =>
  answers.filter(pick).flatMap(a => a.evidence)

/** Whether every answer holds (an empty list does): all the failing ones are cited, not only the first. */
export const every = (answers: readonly Answer[]): Answer => {
  if (answers.some(fails)) return no(...joined(answers, fails))
  const open = answers.filter(a => !a.observed)
  if (open.length > 0)
    return unseen(
      open.flatMap(a => (a.observed ? [] : a.gaps)),
      ...open.flatMap(a => a.evidence),
    )
  return yes(...joined(answers, holds))
}

/** Whether some answer holds (of an empty list none does); a positive answer cites the first that holds. */
export const some = (answers: readonly Answer[]): Answer => {
  const first = answers.find(holds)
  return first ?? negated(every(answers.map(negated)))
}

/** Evidence that a resource gives. */
export const cite = (ref: Pick<Ref, 'arn' | 'line'>, text: string, names?: EvidenceNames): Evidence => ({
  text,
  line: ref.line,
  arn: ref.arn,
  exchange: null,
  ...(names ? { names } : {}),
})

/** Evidence that an object of a cluster gives; `line` where a line of its manifest says it better than its first. */
export const citeObject = (
  { ref, place }: { readonly ref: Ref; readonly place: ManifestPlace | null },
  text: string,
  line?: number,
): Evidence => ({
  ...cite(ref, text),
  ...(place === null ? {} : { source: { file: place.file, line: line ?? place.line } }),
})
