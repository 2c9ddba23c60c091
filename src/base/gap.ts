/** A gap: something that could not be read or understood, and what would be needed to close it. */

export type GapCode =
  /** The principal lacks the IAM action. */
  | 'denied'
  /** Still throttled after every retry. */
  | 'throttled'
  | 'timeout'
  /** No connection to the service. */
  | 'unreachable'
  /** The service answered with something that is not an answer to the call. */
  | 'malformed'
  /** The thing asked for does not exist, or not for this principal. */
  | 'not-found'
  /** A value, condition, action or statement that this version does not know. */
  | 'unrecognised'
  /** Nothing in the snapshot says that this was ever read. */
  | 'not-read'
  /** A name that could not be followed to an address or resource. */
  | 'unresolved'
  /** Any other error of the service; the message says which. */
  | 'failed'

export interface Gap {
  readonly code: GapCode
  /** SDK client name without the scope, e.g. `elastic-load-balancing-v2`; `dns` for name resolution. */
  readonly service: string
  /** API operation, e.g. `DescribeRules`. */
  readonly operation: string
  /** What the call was about: an ARN, id or name; `*` for an account- or region-wide list. */
  readonly target: string
  readonly account: string
  readonly region: string
  /** The IAM action that the call needs, e.g. `elasticloadbalancing:DescribeRules`; empty where none. */
  readonly action: string
  /** One sentence for people. Never holds a secret value. */
  readonly message: string
}
