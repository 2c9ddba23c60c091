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
  readonly TextTransformations?: readonly { readonly Type: string }[]
}

const unknown = (what: string): never => {
  throw new Error(`The laboratory does not know ${what} of a web ACL: teach it, or change the world.`)
}

const positional: Readonly<Record<string, (text: string, search: string) => boolean>> = {
  EXACTLY: (text, search) => text === search,
  CONTAINS: (text, search) => text.includes(search),
  STARTS_WITH: (text, search) => text.startsWith(search),
  ENDS_WITH: (text, search) => text.endsWith(search),
}

const fieldOf = ({ FieldToMatch }: ByteMatch, request: PlainRequest): string | undefined => {
  const { SingleHeader, UriPath } = FieldToMatch
  if (SingleHeader) return request.headers[SingleHeader.Name.toLowerCase()]
  return UriPath ? request.path : unknown(`the field ${Object.keys(FieldToMatch)}`)
}

const byteMatch = (statement: ByteMatch, request: PlainRequest): boolean => {
  const transformed = statement.TextTransformations?.find(({ Type }) => Type !== 'NONE')
  if (transformed) return unknown(`the transformation ${transformed.Type}`)
  const compare =
    positional[statement.PositionalConstraint] ?? unknown(`the constraint ${statement.PositionalConstraint}`)
  const text = fieldOf(statement, request)
  return text !== undefined && compare(text, statement.SearchString)
}

const nested = (value: unknown): readonly Statement[] =>
  (value as { Statements: readonly Statement[] }).Statements

const holds = (statement: Statement, request: PlainRequest): boolean => {
  const [kind, value] = Object.entries(statement)[0] ?? []
  if (kind === 'ByteMatchStatement') return byteMatch(value as ByteMatch, request)
  if (kind === 'NotStatement') return !holds((value as { Statement: Statement }).Statement, request)
  // Every part is looked at, so that one the laboratory does not know never hides behind another.
  if (kind === 'AndStatement')
    return nested(value)
      .map(s => holds(s, request))
      .every(Boolean)
  if (kind === 'OrStatement')
    return nested(value)
      .map(s => holds(s, request))
      .some(Boolean)
  // The laboratory's requests are harmless: AWS's managed groups would not match them.
  if (kind === 'ManagedRuleGroupStatement') return false
  return unknown(`the statement ${kind}`)
}

const harmless: PlainRequest = { method: 'GET', host: '', path: '/', query: '', headers: {} }

/** A rule group that decides is one of AWS's, which never matches here. */
const played: ReadonlySet<string> = new Set(['allow', 'block', 'count', 'group'])

/** Throws where the web ACL holds anything that `blocks` cannot decide: better at the start than in front of a probe. */
export const understand = ({ rules }: WebAcl): void => {
  for (const { action, statement } of rules) {
    holds(statement, harmless)
    if (!played.has(action)) unknown(`the action ${action}`)
  }
}

/** Whether the web ACL stops the request. */
export const blocks = (acl: WebAcl, request: PlainRequest): boolean => {
  const decisive = acl.rules.find(
    rule => (rule.action === 'block' || rule.action === 'allow') && holds(rule.statement, request),
  )
  return (decisive?.action ?? acl.defaultAction) === 'block'
}
