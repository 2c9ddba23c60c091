/** The requests of those who might come: what each of them chooses, and what AWS writes into the request for them. */
import { absent, type Context, is, type Knowledge, type PolicyRequest, type Requester } from './context.ts'
import type { Policy } from './policy.ts'
import {
  anonymousContext,
  everyRequest,
  fromInternet,
  fromOwnEndpoint,
  noPrincipal,
  noService,
  ownerOf,
  type Question,
  signed,
} from './request-keys.ts'

export interface Named extends PolicyRequest {
  /** Who asks, in words. */
  readonly who: string
}

/** An account that the policy does not name: stands for that of any stranger. */
export const strangerTo = (policy: Policy): string => {
  const text = JSON.stringify(policy)
  let account = 999_999_999_999
  while (text.includes(String(account))) account -= 1
  return String(account)
}

const request = (
  who: string,
  requester: Requester,
  question: Question,
  ...contexts: readonly Context[]
): Named => ({
  who,
  requester,
  action: question.action,
  resource: question.resource,
  context: Object.assign({}, everyRequest(question), ...contexts, question.context ?? {}),
})

/** Nobody in particular, without signature: over the internet, and through a VPC endpoint of the requester's own. */
export const anonymous = (question: Question, strangerAccount: string): readonly Named[] => {
  const who = 'anyone without credentials'
  const requester = { kind: 'anonymous' } as const
  const own = `${who}, through a VPC endpoint of their own`
  return [
    request(who, requester, question, anonymousContext, fromInternet(question)),
    ...(question.addresses
      ? []
      : [request(own, requester, question, anonymousContext, fromOwnEndpoint(strangerAccount))]),
  ]
}

/** Any principal of an account that no policy names: everybody can open one. */
export const stranger = (question: Question, strangerAccount: string): readonly Named[] => {
  const requester = { kind: 'aws', account: strangerAccount, canonicalId: 'of a stranger' } as const
  const organization: Knowledge = { kind: 'one-of', choices: [[], ['o-0stranger0']] }
  const who = 'any AWS account'
  const context = ownerOf(strangerAccount, organization)
  return [
    request(who, requester, question, context, fromInternet(question)),
    ...(question.addresses
      ? []
      : [
          request(
            `${who}, through a VPC endpoint of its own`,
            requester,
            question,
            context,
            fromOwnEndpoint(strangerAccount),
          ),
        ]),
  ]
}

/** Any principal of the given account whose own policies allow the action, over the internet. */
export const principalOf = (account: string, question: Question): Named =>
  request(
    `a principal of account ${account}`,
    { kind: 'aws', account, canonicalId: null },
    question,
    ownerOf(account, { kind: 'undecided', why: 'the organization of the account was not read' }),
    fromInternet(question),
  )

/** A CloudFront origin access identity, the older kind: a user of CloudFront's own account. */
export const originAccessIdentity = (
  { id, canonicalId }: { readonly id: string; readonly canonicalId: string | null },
  question: Question,
): Named => {
  const arn = `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`
  return request(
    `the origin access identity ${id}`,
    { kind: 'aws', account: 'cloudfront', canonicalId },
    question,
    viaCloudFront,
    noService,
    noPrincipal,
    signed,
    { 'aws:principalarn': is(arn), 'aws:username': is(arn.slice(arn.indexOf('/') + 1)) },
  )
}

const edge = 'it is that of a CloudFront server'
const viaCloudFront: Context = {
  'aws:sourceip': { kind: 'undecided', why: edge },
  'aws:vpcsourceip': { kind: 'undecided', why: edge },
  'aws:sourcevpc': absent,
  'aws:sourcevpce': absent,
}

/** CloudFront itself, signing for a distribution with origin access control. */
export const distribution = (who: string, account: string, arn: Knowledge, question: Question): Named =>
  request(
    who,
    { kind: 'service', name: 'cloudfront.amazonaws.com' },
    question,
    viaCloudFront,
    noPrincipal,
    signed,
    {
      'aws:principalisawsservice': is('true'),
      'aws:principalservicename': is('cloudfront.amazonaws.com'),
      'aws:principalservicenameslist': { kind: 'undecided', why: 'AWS lists further names there' },
      'aws:principaltype': { kind: 'undecided', why: 'it is not documented for services' },
      'aws:userid': { kind: 'undecided', why: 'it is not documented for services' },
      'aws:sourcearn': arn,
      'aws:sourceaccount': is(account),
      'aws:sourceorgid': { kind: 'undecided', why: 'the organization of the distribution was not read' },
      'aws:sourceorgpaths': { kind: 'undecided', why: 'the organization of the distribution was not read' },
    },
  )

const distributionShape = (account: string): Knowledge => ({
  kind: 'text',
  shape: `arn:aws:cloudfront::${account}:distribution/E*`,
  example: `arn:aws:cloudfront::${account}:distribution/E0STRANGER0000`,
  optional: false,
})

/** A distribution of an account that no policy names: everybody can make one. */
export const anyDistribution = (question: Question, strangerAccount: string): Named => {
  const own = distribution(
    "anybody's CloudFront distribution",
    strangerAccount,
    distributionShape(strangerAccount),
    question,
  )
  const context: Context = {
    ...own.context,
    'aws:sourceorgid': { kind: 'one-of', choices: [[], ['o-0stranger0']] },
  }
  return { ...own, context: { ...context, ...question.context } }
}

/** A distribution of the given account that the policy does not name one by one. */
export const anyDistributionOf = (account: string, question: Question): Named =>
  distribution(
    `a CloudFront distribution of account ${account}`,
    account,
    {
      ...distributionShape(account),
      ...{ example: `arn:aws:cloudfront::${account}:distribution/E0OTHER0000000` },
    },
    question,
  )
