/** The sealed form of a secret: all that judging needs, nothing that recovers the value. */

export type Alphabet =
  | 'empty'
  | 'digits'
  | 'hex'
  | 'lower'
  | 'upper'
  | 'letters'
  | 'alphanumeric'
  | 'base64url'
  | 'base64'
  | 'printable'
  | 'other'

/** How a gate compares: each dialect and value pair is one pattern. */
export type Dialect =
  /** ALB header, host or query value: `*` and `?`, ASCII case folded. */
  | 'alb-glob'
  /** ALB regular expression. */
  | 'alb-regex'
  /** WAF byte match, `waf:EXACTLY`, `waf:CONTAINS`, ..., transforms appended in order as `+LOWERCASE`. */
  | `waf:${string}`
  /** A comparison in nginx configuration: `=` the very text, `~` a regular expression searched for, `~*` without case. */
  | 'nginx:='
  | 'nginx:~'
  | 'nginx:~*'
  /** A value that is sent, not compared. */
  | 'value'

/** One run of a glob: how many literal characters, or one wildcard. */
export type Segment = number | '*' | '?'

export interface Sealed {
  /** Keyed fingerprint of the exact text: equality and nothing else. 32 hex digits. */
  readonly sealed: string
  /** Keyed fingerprint after ASCII case folding: what the ALB compares. */
  readonly folded: string
  readonly dialect: Dialect
  /** Characters. */
  readonly length: number
  readonly alphabet: Alphabet
  /** Effective bits against a guesser after ALB case folding; wildcards count 0. Lower bound over all estimators. */
  readonly bits: number
  /** Effective bits where case counts (WAF). */
  readonly exactBits: number
  /** For globs with a wildcard: literal run lengths and wildcards in order. */
  readonly structure?: readonly Segment[]
  /** Why the bits are low: `placeholder word`, `repeated characters`, `date`, `version 1 UUID`, ... */
  readonly weakness?: string
  /** A value published for everyone, such as CloudFront's own User-Agent: no secret at all. */
  readonly public?: true
  /** `dialect|sealed` of each pattern in the same snapshot, on the same header, that this value meets under every reading. */
  readonly meets: readonly string[]
  /** Patterns it meets under some reading only (U-01, U-02 of the semantics register). */
  readonly mayMeet: readonly string[]
}

/** A value that may be a secret: plain text where it is known not to be one. */
export type Value = string | Sealed

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'sealed' in value && 'meets' in value

/** The weakness of a pattern that this version cannot read: its bits are 0, which says nothing about its strength. */
export const notUnderstood = 'not understood'

/** The name of a pattern in `meets` and `mayMeet`. */
export const patternId = (pattern: Pick<Sealed, 'dialect' | 'sealed'>): string =>
  `${pattern.dialect}|${pattern.sealed}`

/** How reports name a sealed value: `sealed:` and the first eight digits of its fingerprint. */
export const sealedName = (value: Pick<Sealed, 'sealed'>): string => `sealed:${value.sealed.slice(0, 8)}`
