/** The words in braces that a rule may use in its message and its commands. */
import { evidenceNames } from '#predicates/asking/answer.ts'

/** What every subject can be asked for; a name that does not apply to it stands for the subject itself. */
export const subjectPlaceholders = [
  /** Name of the subject, for people. */
  'subject',
  'arn',
  'account',
  'region',
  /** Id of the distribution. */
  'distribution',
  /** Domain name of the origin. */
  'origin',
  /** Id of the origin inside its distribution. */
  'originId',
  /** Name, ARN and region of what the origin leads to. */
  'target',
  'targetArn',
  'targetRegion',
  /** ARN of the distribution. */
  'distributionArn',
  /** Name of the bucket that the origin leads to. */
  'bucket',
] as const
export type SubjectPlaceholder = (typeof subjectPlaceholders)[number]

const placeholder = /\{([A-Za-z]+)\}/g

export const placeholdersIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].flatMap(([, name]) => (name === undefined ? [] : [name]))

/** Replaces each placeholder once; what is put in is not looked at again. */
export const fill = (text: string, lookUp: (name: string) => string): string =>
  text.replace(placeholder, (_, name: string) => lookUp(name))

const evidence: ReadonlySet<string> = new Set(evidenceNames)
const subject: ReadonlySet<string> = new Set(subjectPlaceholders)

/** Whether the name is filled in from evidence, so that the line is repeated for each piece of it. */
export const isEvidencePlaceholder = (name: string): boolean => evidence.has(name)
export const isSubjectPlaceholder = (name: string): name is SubjectPlaceholder => subject.has(name)
