/** Records with secrets in them, and ways to look at what sealing made of them. */
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { sealResources } from '#snapshot/seal.ts'
import { isSealed, patternId, type Sealed } from '#snapshot/sealed.ts'
import { resource } from './records.ts'

export const key = new Uint8Array(32).fill(7)

export const distribution = (
  headers: readonly (readonly [name: string, value: string])[],
  more: Readonly<Record<string, unknown>> = {},
  arn = 'arn:aws:cloudfront::111122223333:distribution/E1',
): ResourceRecord =>
  resource(types.distribution, arn, {
    Id: 'E1',
    Origins: {
      Quantity: 1,
      Items: [
        {
          Id: 'app',
          DomainName: 'origin.example.com',
          CustomHeaders: {
            Quantity: headers.length,
            Items: headers.map(([HeaderName, HeaderValue]) => ({ HeaderName, HeaderValue })),
          },
        },
      ],
    },
    ...more,
  })

export const rule = (conditions: readonly unknown[], more = {}, arn = 'arn:rule/1'): ResourceRecord =>
  resource(types.rule, arn, { Priority: '1', Conditions: conditions, ...more })

export const header = (name: string, values: readonly string[], regexes: readonly string[] = []) => ({
  Field: 'http-header',
  HttpHeaderConfig: {
    HttpHeaderName: name,
    Values: values,
    ...(regexes.length > 0 ? { RegexValues: regexes } : {}),
  },
})

export const query = (pairs: readonly { readonly Key?: string; readonly Value: string }[]) => ({
  Field: 'query-string',
  QueryStringConfig: { Values: pairs },
})

export const byteMatch = (
  field: unknown,
  search: unknown,
  constraint = 'EXACTLY',
  transforms: readonly string[] = ['NONE'],
): Readonly<Record<string, unknown>> => ({
  ByteMatchStatement: {
    SearchString: search,
    FieldToMatch: field,
    TextTransformations: transforms.map((Type, Priority) => ({ Priority, Type })),
    PositionalConstraint: constraint,
  },
})

export const singleHeader = (name: string) => ({ SingleHeader: { Name: name } })

export const webAcl = (statements: readonly unknown[], more = {}): ResourceRecord =>
  resource(types.webAcl, 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/a/1', {
    Scope: 'REGIONAL',
    Rules: statements.map((Statement, Priority) => ({ Name: `r${Priority}`, Priority, Statement })),
    ...more,
  })

export const sealedIn = (value: unknown): Sealed[] => {
  if (isSealed(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sealedIn) : []
}

export const sealOne = (record: ResourceRecord): ResourceRecord => {
  const [sealed] = sealResources([record], key)
  if (sealed === undefined) throw new Error('sealing lost a record')
  return sealed
}

/** What the value sent in header `X-T` meets among the patterns of the same snapshot. */
export const meeting = (
  value: string,
  gates: readonly ResourceRecord[],
): { meets: number; mayMeet: number } => {
  const [sent, ...rest] = sealResources([distribution([['X-T', value]]), ...gates], key)
  const [own] = sealedIn(sent)
  const known = new Set(rest.flatMap(sealedIn).map(patternId))
  if (own === undefined || ![...own.meets, ...own.mayMeet].every(id => known.has(id)))
    throw new Error('unknown pattern')
  return { meets: own.meets.length, mayMeet: own.mayMeet.length }
}
