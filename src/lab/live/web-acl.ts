/** A web ACL over one concrete request, for the statements that worlds use; anything else stops the laboratory. */
import type { WebAcl } from '#topology/model.ts'

export interface PlainRequest {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly query: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
}

type Statement = Readonly<Record<string, unknown>>

interface ByteMatch {
  readonly SearchString: string
  readonly PositionalConstraint: string
  readonly FieldToMatch: { readonly SingleHeader?: { readonly Name: string }; readonly UriPath?: object }
}

const positional: Readonly<Record<string, (text: string, search: string) => boolean>> = {
  EXACTLY: (text, search) => text === search,
  CONTAINS: (text, search) => text.includes(search),
  STARTS_WITH: (text, search) => text.startsWith(search),
  ENDS_WITH: (text, search) => text.endsWith(search),
}

const byteMatch = (statement: ByteMatch, request: PlainRequest): boolean => {
  const { SingleHeader, UriPath } = statement.FieldToMatch
  const text = SingleHeader
    ? request.headers[SingleHeader.Name.toLowerCase()]
    : UriPath
      ? request.path
      : undefined
  const compare = positional[statement.PositionalConstraint]
  if (compare === undefined)
    throw new Error(`The laboratory does not know ${statement.PositionalConstraint}.`)
  return text !== undefined && compare(text, statement.SearchString)
}

const nested = (value: unknown): readonly Statement[] =>
  (value as { Statements: readonly Statement[] }).Statements

const holds = (statement: Statement, request: PlainRequest): boolean => {
  const [kind, value] = Object.entries(statement)[0] ?? []
  if (kind === 'ByteMatchStatement') return byteMatch(value as ByteMatch, request)
  if (kind === 'NotStatement') return !holds((value as { Statement: Statement }).Statement, request)
  if (kind === 'AndStatement') return nested(value).every(s => holds(s, request))
  if (kind === 'OrStatement') return nested(value).some(s => holds(s, request))
  // The laboratory's requests are harmless: AWS's managed groups would not match them.
  if (kind === 'ManagedRuleGroupStatement') return false
  throw new Error(`The laboratory does not know the WAF statement ${kind}.`)
}

/** Whether the web ACL stops the request. */
export const blocks = (acl: WebAcl, request: PlainRequest): boolean => {
  for (const rule of acl.rules) {
    if (!holds(rule.statement, request)) continue
    if (rule.action === 'block') return true
    if (rule.action === 'allow') return false
  }
  return acl.defaultAction === 'block'
}
