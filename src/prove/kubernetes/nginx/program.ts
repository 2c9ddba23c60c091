/** A piece of nginx configuration as the decisions it takes: what decides, in order, and what is beyond this version. */
import type { Value } from '#topology/sealed.ts'

/** Where a statement or a reason stands. */
export interface Place {
  /** `configuration-snippet`, `ConfigMap location-snippet`, `annotation auth-secret`, ... */
  readonly origin: string
  /** 1-based within the snippet; 0 for a single setting. */
  readonly line: number
}

/** Something that this version does not decide, or nginx refuses. */
export interface Doubt {
  readonly reason: string
  readonly place: Place
}

export type Piece =
  | { readonly kind: 'text'; readonly text: Value }
  | { readonly kind: 'variable'; readonly name: string }
  /** `$1`, or a sealed word that held variables. */
  | { readonly kind: 'opaque' }

export type Expression = readonly Piece[]

export type Condition =
  | { readonly kind: 'bare'; readonly variable: string }
  | {
      readonly kind: 'compare'
      readonly variable: string
      readonly negated: boolean
      readonly value: Expression
    }
  | {
      readonly kind: 'match'
      readonly variable: string
      readonly negated: boolean
      readonly ignoreCase: boolean
      readonly pattern: Value
    }
  | { readonly kind: 'beyond'; readonly reason: string }

/** One directive of the rewrite phase, where `if`, `set` and `return` run one after the other. */
export type Statement = { readonly place: Place } & (
  | { readonly kind: 'set'; readonly variable: string; readonly value: Expression }
  | { readonly kind: 'if'; readonly condition: Condition; readonly body: readonly Statement[] }
  | { readonly kind: 'return'; readonly status: number }
  | { readonly kind: 'break' }
  | {
      readonly kind: 'rewrite'
      readonly pattern: Value
      /** `redirect`: answers; `break`: ends the phase; `last`: another location goes on. */
      readonly effect: 'redirect' | 'break' | 'last'
    }
  /** Sets a variable to what this version does not know. */
  | { readonly kind: 'obscure'; readonly variable: string; readonly reason: string }
  /** Anything may happen from here on. */
  | { readonly kind: 'beyond'; readonly reason: string }
)

/** `map $source $variable { ... }`. */
export interface VariableMap {
  readonly variable: string
  readonly source: string
  readonly entries: readonly MapEntry[]
  /** Empty text where the map has none. */
  readonly otherwise: Expression
  readonly place: Place
}

export interface MapEntry {
  /** `=` folds ASCII case, as nginx's maps do. */
  readonly test: '=' | '~' | '~*'
  readonly key: Value
  readonly value: Expression
}

/** `allow` and `deny`, first match first. `all` stands for every address. */
export interface AddressRule {
  readonly allow: boolean
  readonly addresses: string
  readonly place: Place
}

/** What nginx asks for in the access phase, after all rewriting. */
export interface Access {
  /** Of the innermost level that has any. */
  readonly addresses: readonly AddressRule[]
  readonly basic: BasicGate | null
  /** A subrequest to a login decides. */
  readonly external: { readonly place: Place } | null
  readonly satisfy: 'all' | 'any'
}

export interface BasicGate {
  readonly place: Place
  /** Bits of the weakest password; null where they are not known. */
  readonly bits: number | null
}

export interface Program {
  /** Rewrite phase of the server, then that of the location. */
  readonly server: readonly Statement[]
  readonly location: readonly Statement[]
  readonly access: Access
  readonly maps: readonly VariableMap[]
  /** Statuses that `error_page` turns into something else. */
  readonly errorPages: readonly { readonly status: number; readonly place: Place }[]
  /** Things that may refuse a request after rewriting, for reasons this version does not read. */
  readonly mayRefuse: readonly Doubt[]
  /** What makes nginx refuse the whole configuration: then the controller keeps an earlier one. */
  readonly invalid: readonly Doubt[]
}

export const noAccess: Access = { addresses: [], basic: null, external: null, satisfy: 'all' }

export const emptyProgram: Program = {
  server: [],
  location: [],
  access: noAccess,
  maps: [],
  errorPages: [],
  mayRefuse: [],
  invalid: [],
}
