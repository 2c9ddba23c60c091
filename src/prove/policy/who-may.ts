/** Who a resource policy lets in: nobody in particular, any account, any distribution, or only some. */
import { is, type Knowledge } from './context.ts'
import { type Answer, mayPass } from './decide.ts'
import type { Policy } from './policy.ts'
import type { Question } from './request-keys.ts'
import {
  anonymous,
  anyDistribution,
  anyDistributionOf,
  distribution,
  type Named,
  originAccessIdentity,
  principalOf,
  stranger,
  strangerTo,
} from './requesters.ts'

export type Admission = Answer & {
  /** Who asked, in words. */
  readonly who: string
}

/** The most that any of the requesters gets: allow before unknown before deny. */
const best = (policy: Policy, requests: readonly Named[]): Admission => {
  const answers = requests.map(r => ({ who: r.who, ...mayPass(policy, r) }))
  const explicit = answers.every(a => a.outcome === 'deny' && a.explicit)
  return (
    answers.find(a => a.outcome === 'allow') ??
    answers.find(a => a.outcome === 'unknown') ?? {
      who: requests[0]?.who ?? 'nobody',
      outcome: 'deny',
      explicit,
    }
  )
}

/** Anyone without credentials. */
export const anyoneMay = (policy: Policy, question: Question): Admission =>
  best(policy, anonymous(question, strangerTo(policy)))

/** Anyone with an AWS account of their own. */
export const anyAccountMay = (policy: Policy, question: Question): Admission =>
  best(policy, stranger(question, strangerTo(policy)))

/** Some principal of the account, whose own policies must allow the action as well. */
export const principalMay = (policy: Policy, account: string, question: Question): Admission =>
  best(policy, [principalOf(account, question)])

/** A CloudFront distribution of anybody's. */
export const anyDistributionMay = (policy: Policy, question: Question): Admission =>
  best(policy, [anyDistribution(question, strangerTo(policy))])

/** A CloudFront distribution of the account, other than those the policy names one by one. */
export const otherDistributionMay = (policy: Policy, account: string, question: Question): Admission =>
  best(policy, [without(anyDistributionOf(account, question), namedDistributions(policy))])

/** The distribution with this ARN. */
export const distributionMay = (policy: Policy, arn: string, question: Question): Admission =>
  best(policy, [distribution(arn, arn.split(':')[4] ?? '', is(arn), question)])

/** The origin access identity. */
export const identityMay = (
  policy: Policy,
  identity: { readonly id: string; readonly canonicalId: string | null },
  question: Question,
): Admission => best(policy, [originAccessIdentity(identity, question)])

const distributionArn = /^arn:[\w-]+:cloudfront::\d{12}:distribution\/\w+$/

/** The distribution ARNs that the policy writes out, sorted. */
export const namedDistributions = (policy: Policy): readonly string[] =>
  [
    ...new Set(
      policy.statements.flatMap(s => s.tests.flatMap(t => t.operands)).filter(o => distributionArn.test(o)),
    ),
  ].sort()

/** The same request, which comes from none of these. */
const without = (request: Named, named: readonly string[]): Named => {
  const arn = request.context['aws:sourcearn']
  return arn?.kind === 'text'
    ? { ...request, context: { ...request.context, 'aws:sourcearn': { ...arn, except: named } } }
    : request
}

/** The objects of a bucket, or those whose keys begin so: a resource for questions about reading. */
export const objectsIn = (bucket: string, prefix = ''): Knowledge => ({
  kind: 'text',
  shape: `arn:aws:s3:::${bucket}/${prefix}*`,
  example: `arn:aws:s3:::${bucket}/${prefix}x`,
  optional: false,
})
