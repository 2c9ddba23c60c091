/** A snippet while it is compiled: what its marks stand for, and the draft that is filled. */
import { type Operand, partsOf } from '#topology/nginx.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import type { AddressRule, Doubt, Expression, Place, Statement, VariableMap } from './program.ts'

/** Where a snippet is rendered. */
export type Context = 'http' | 'server' | 'location'

export interface Compiled {
  readonly statements: readonly Statement[]
  readonly addresses: readonly AddressRule[]
  readonly basic: { readonly place: Place; readonly off: boolean } | null
  /** Names a password file: without one nginx asks for no password. */
  readonly userFile: boolean
  readonly external: { readonly place: Place } | null
  readonly satisfy: 'all' | 'any' | null
  readonly maps: readonly VariableMap[]
  readonly errorPages: readonly { readonly status: number; readonly place: Place }[]
  readonly mayRefuse: readonly Doubt[]
  readonly invalid: readonly Doubt[]
  /** Blocks that open further ways in: `location`, `server`. */
  readonly sideDoors: readonly Doubt[]
}

type Draft = { -readonly [K in keyof Compiled]: Compiled[K] extends readonly (infer T)[] ? T[] : Compiled[K] }

export interface Source {
  readonly origin: string
  readonly values: readonly Value[]
  readonly context: Context
  readonly inIf: boolean
  readonly draft: Draft
}

export const blank = (): Draft => ({
  statements: [],
  addresses: [],
  basic: null,
  userFile: false,
  external: null,
  satisfy: null,
  maps: [],
  errorPages: [],
  mayRefuse: [],
  invalid: [],
  sideDoors: [],
})

/** Notes that nginx refuses the configuration. */
export const refuse = (source: Source, place: Place, reason: string): null => {
  source.draft.invalid.push({ reason, place })
  return null
}

export const beyond = (place: Place, reason: string): Statement => ({ kind: 'beyond', reason, place })

/** A whole word, with its mark undone. */
export const text = (word: Pick<Operand, 'text'>, { values }: Pick<Source, 'values'>): Value => {
  const mark = /^⟦(\d+)⟧$/.exec(word.text)
  return mark === null ? word.text : (values[Number(mark[1])] ?? '')
}

/** Sealed without being understood as a comparison: nothing may rest on it. */
export const isUnread = (value: Value): boolean => isSealed(value) && value.dialect === 'value'

/** Null where nginx refuses it. */
export const expressionOf = (
  word: Pick<Operand, 'text'>,
  source: Pick<Source, 'values'>,
): Expression | null => {
  const whole = text(word, source)
  // A sealed word of dialect `value` held variables: nothing is known of what it becomes.
  if (isSealed(whole)) return isUnread(whole) ? [{ kind: 'opaque' }] : [{ kind: 'text', text: whole }]
  const parts = partsOf(whole)
  if (parts === null) return null
  if (parts.length === 0) return [{ kind: 'text', text: '' }]
  return parts.map(p =>
    p.kind === 'text' ? p : p.kind === 'variable' ? { kind: 'variable', name: p.name } : { kind: 'opaque' },
  )
}
