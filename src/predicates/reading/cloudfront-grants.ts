/** The statements of a resource policy that let CloudFront itself in, and the distributions they bind it to. */
import type { ResourcePolicy } from '#topology/model.ts'
import { type Answer, cite, every, no, yes } from '../asking/answer.ts'

interface CloudFrontGrant {
  /** `Sid`, or `statement 2` where there is none. */
  readonly statement: string
  /** What `AWS:SourceArn` is compared with. */
  readonly distributions: readonly string[]
  /** Whether these are distributions by their full ARN, and nothing else. */
  readonly exact: boolean
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

const cloudFrontGrants = (document: unknown): readonly CloudFrontGrant[] =>
  listOf(isFields(document) ? document.Statement : undefined).flatMap((statement, i) => {
    if (!isFields(statement) || statement.Effect !== 'Allow' || !isFields(statement.Principal)) return []
    if (!listOf(statement.Principal.Service).includes('cloudfront.amazonaws.com')) return []
    const distributions = sources(statement.Condition)
    const exact = distributions.length > 0 && distributions.every(arn => fullArn.test(arn))
    return [{ statement: String(statement.Sid ?? `statement ${i + 1}`), distributions, exact }]
  })

const fullArn = /^arn:[\w-]+:cloudfront::\d{12}:distribution\/[A-Z0-9]+$/
/** `IfExists` and negated operators bind nothing. */
const binding = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike', 'StringEqualsIgnoreCase']

const sources = (condition: unknown): readonly string[] =>
  isFields(condition)
    ? Object.entries(condition).flatMap(([operator, tests]) =>
        binding.includes(operator) && isFields(tests)
          ? Object.entries(tests).flatMap(([key, values]) =>
              key.toLowerCase() === 'aws:sourcearn' ? listOf(values).map(String) : [],
            )
          : [],
      )
    : []

/** Whether each statement that lets CloudFront in names the distributions by their full ARN. */
export const namesDistributions = ({ ref, document }: ResourcePolicy): Answer =>
  every(
    cloudFrontGrants(document).map(({ statement, distributions, exact }) => {
      const named = distributions.length > 0 ? distributions.join(', ') : 'no distribution'
      const said = cite(ref, `${statement} of the ${ref.name} lets CloudFront in for ${named}`)
      return exact ? yes(said) : no(said)
    }),
  )
