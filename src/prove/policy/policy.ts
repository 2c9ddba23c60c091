/** A resource policy as this version understands it: statements, and for each what it does not understand. */

export interface Policy {
  /** Policy variables are text, not variables, in documents before 2012-10-17. */
  readonly variables: boolean
  readonly statements: readonly Statement[]
}

export interface Statement {
  /** `Sid`, or `statement 3` where there is none: how reasons and witnesses name it. */
  readonly name: string
  readonly effect: 'Allow' | 'Deny'
  readonly principal: Element<PrincipalTerm>
  /** Globs; letters of either case are alike. */
  readonly action: Element<string>
  /** Globs; case counts. */
  readonly resource: Element<string>
  /** All must hold. */
  readonly tests: readonly Test[]
  /** What is not understood; a statement with any may or may not apply. */
  readonly problems: readonly string[]
}

/** `Action` or `NotAction`, and so on. */
export interface Element<T> {
  readonly negated: boolean
  readonly terms: readonly T[]
}

export type PrincipalTerm =
  /** `*`, or `{"AWS": "*"}`: with a resource policy both are everyone, anonymous callers included. */
  | { readonly kind: 'everyone' }
  /** An account, written as its id or its root ARN. */
  | { readonly kind: 'account'; readonly account: string }
  /** A user, role or session. */
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'canonical'; readonly id: string }
  /** The unique id that AWS shows where the user or role was deleted: nobody is it any more. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'unrecognised'; readonly text: string }

/** One key of one operator block: any operand may match. */
export interface Test {
  readonly operator: Operator
  /** Lower case; `aws:epochtime` is read as `aws:currenttime`. */
  readonly key: string
  /** The key as written, for people. */
  readonly written: string
  readonly operands: readonly string[]
}

export interface Operator {
  readonly base: Comparison
  /** `StringNotEquals` and its like: no operand may match. */
  readonly negated: boolean
  readonly ifExists: boolean
  readonly quantifier: 'none' | 'any' | 'all'
}

export type Comparison =
  | 'equals'
  | 'equals-ignore-case'
  | 'like'
  | 'arn'
  | 'number='
  | 'number<'
  | 'number<='
  | 'number>'
  | 'number>='
  | 'date='
  | 'date<'
  | 'date<='
  | 'date>'
  | 'date>='
  | 'bool'
  | 'binary'
  | 'address'
  | 'null'
