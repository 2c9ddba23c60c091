/** Whom the policy of a bucket or access point lets in beside CloudFront and its own account, statement by statement. */
import type { Known } from '#base/known.ts'
import type { AccessPoint, Bucket, Ref, ResourcePolicy, Topology } from '#topology/model.ts'
import { type Answer, cite, every, failingWith, no, ofKnown, unseen, yes } from '../asking/answer.ts'

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** Ids of the origin access identities with which some origin of the accounts is asked. */
export const identitiesIn = ({ distributions }: Topology): ReadonlySet<string> =>
  new Set(distributions.flatMap(d => d.origins.flatMap(o => o.originAccessIdentity ?? [])))

const identity = /^arn:[\w-]+:iam::cloudfront:user\/CloudFront Origin Access Identity ([A-Z0-9]+)$/

/** CloudFront itself, or an origin access identity that is in use: a user of CloudFront's own account. */
const isCloudFront = (kind: string, value: unknown, identities: ReadonlySet<string>): boolean =>
  (kind === 'Service' && value === 'cloudfront.amazonaws.com') ||
  (kind === 'AWS' && typeof value === 'string' && identities.has(identity.exec(value)?.[1] ?? ''))

const isOwn = (kind: string, value: unknown, account: string): boolean =>
  kind === 'AWS' &&
  typeof value === 'string' &&
  (value === account || new RegExp(`^arn:[\\w-]+:(?:iam|sts)::${account}:[^*?]+$`).test(value))

const inWords = (kind: string, value: unknown): string => {
  const id = identity.exec(String(value))?.[1]
  if (id !== undefined) return `the origin access identity ${id}, which no distribution uses`
  return kind === 'AWS' && value === '*' ? 'everyone' : `${kind} ${String(value)}`
}

/** Who is let in by an Allow statement beside CloudFront and the account, in words. */
const others = (statement: Fields, account: string, identities: ReadonlySet<string>): readonly string[] => {
  if ('NotPrincipal' in statement) return ['everyone but some']
  const { Principal: principal } = statement
  if (!isFields(principal)) return [principal === '*' ? 'everyone' : 'principals that cannot be read']
  return Object.entries(principal).flatMap(([kind, values]) =>
    listOf(values)
      .filter(value => !isCloudFront(kind, value, identities) && !isOwn(kind, value, account))
      .map(value => inWords(kind, value)),
  )
}

const pointKey = /^s3:dataaccesspoint(?:account|arn)$/i
const binding = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike']

/** Whether the statement is about requests through access points of the account, and nothing else. */
const isLeft = ({ Effect, Condition }: Fields, account: string): boolean =>
  Effect === 'Allow' &&
  isFields(Condition) &&
  Object.entries(Condition).some(
    ([operator, tests]) =>
      binding.includes(operator) &&
      isFields(tests) &&
      Object.entries(tests).some(
        ([key, values]) =>
          pointKey.test(key) &&
          listOf(values).every(v => v === account || String(v).split(':')[4] === account),
      ),
  )

const leavesToAccessPoints = (document: unknown, account: string): boolean =>
  isFields(document) && listOf(document.Statement).some(s => isFields(s) && isLeft(s, account))

/** What the policies of its access points say counts only where the bucket leaves it to them, which is cited as well. */
export const askedOfPoints = (
  { policy, accessPoints, ref }: Bucket,
  ask: (points: readonly AccessPoint[]) => Answer,
): Answer =>
  ofKnown(policy, own =>
    own !== null && leavesToAccessPoints(own.document, ref.account)
      ? failingWith(
          ofKnown(accessPoints, ask),
          cite(own.ref, `the ${own.ref.name} leaves it to access points of the account`),
        )
      : yes(cite(ref, `the bucket ${ref.name} leaves nothing to access points`)),
  )

/** `of`: the bucket or access point. What a bucket leaves to access points of its own account is theirs to say. */
export const policyAdmitsOnlyCloudFront = (
  found: Known<ResourcePolicy | null>,
  of: Ref,
  identities: ReadonlySet<string>,
): Answer =>
  ofKnown(found, policy => {
    if (policy === null) return yes(cite(of, `${of.name} has no policy`))
    const { document, ref } = policy
    if (!isFields(document)) return unseen([], cite(ref, `the ${ref.name} cannot be read`))
    return every(
      listOf(document.Statement).map((statement, i) => {
        const name = `${String((isFields(statement) && statement.Sid) || `statement ${i + 1}`)} of the ${ref.name}`
        if (!isFields(statement)) return unseen([], cite(ref, `${name} cannot be read`))
        if (statement.Effect === 'Deny') return yes(cite(ref, `${name} denies`))
        if (isLeft(statement, of.account))
          return yes(cite(ref, `${name} leaves it to access points of the account`))
        const strangers = others(statement, of.account, identities)
        return strangers.length > 0
          ? no(cite(ref, `${name} lets ${strangers.join(', ')} in`))
          : yes(cite(ref, `${name} lets in CloudFront and the account of the bucket alone`))
      }),
    )
  })
