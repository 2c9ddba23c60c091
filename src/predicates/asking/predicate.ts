/** The shape of a predicate: one question about a subject, with options whose schema it declares itself. */
import type { Answer } from './answer.ts'
import type { Facts } from './facts.ts'
import type { JudgedSubject, SubjectKind, SubjectOf } from './subject.ts'

/** JSON Schema of one option; it has a default unless the predicate requires it. */
interface OptionSchema {
  readonly description: string
  readonly type: 'number' | 'integer' | 'string' | 'boolean' | 'array'
  readonly enum?: readonly string[]
  readonly items?: { readonly type: 'string'; readonly enum?: readonly string[] }
  readonly minItems?: number
  readonly minimum?: number
  readonly default?: unknown
}

/** JSON Schema of all options together; an unknown option is an error. */
interface OptionsSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, OptionSchema>>
  readonly required: readonly string[]
  readonly additionalProperties: false
}

export interface Predicate {
  /** The question, in words. */
  readonly question: string
  /** The subjects it can be asked about. */
  readonly subjects: readonly SubjectKind[]
  readonly options: OptionsSchema
  /** Total: answers for every subject of those kinds, however little of it was observed. */
  ask(subject: JudgedSubject, options: object, facts: Facts): Answer
}

interface Definition<K extends SubjectKind, O extends object> {
  readonly question: string
  readonly subjects: readonly K[]
  readonly options?: Readonly<Record<keyof O & string, OptionSchema>>
  readonly ask: (subject: SubjectOf<K>, options: O, facts: Facts) => Answer
}

/** Options without a default are required. */
export const predicate = <K extends SubjectKind, O extends object = object>(
  definition: Definition<K, O>,
): Predicate => {
  const properties: Readonly<Record<string, OptionSchema>> = definition.options ?? {}
  return {
    question: definition.question,
    subjects: definition.subjects,
    options: {
      type: 'object',
      properties,
      required: Object.keys(properties).filter(name => properties[name]?.default === undefined),
      additionalProperties: false,
    },
    // The rulebook has checked subject kind and options before anyone asks.
    ask: (subject, options, facts) => definition.ask(subject as SubjectOf<K>, options as O, facts),
  }
}
