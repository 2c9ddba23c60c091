/** Whether a Lambda function URL answers a request, as its authentication type and the policy of its function say. */
import type { FunctionUrl, ResourcePolicy } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { is } from '../policy/context.ts'
import { parsePolicy } from '../policy/parse.ts'
import type { Policy } from '../policy/policy.ts'
import type { Question } from '../policy/request-keys.ts'
import { type Admission, anyAccountMay, anyDistributionMay, anyoneMay } from '../policy/who-may.ts'
import { notModelled, unreadReasons } from '../uncertainty.ts'

export type Grant =
  | { readonly kind: 'granted'; readonly to: string }
  | { readonly kind: 'refused'; readonly text: string; readonly lines: readonly number[] }
  | { readonly kind: 'unknown'; readonly reasons: readonly Reason[] }

/** `stranger`: somebody with an AWS account, and with it a distribution, of their own; else somebody without credentials. */
export const grantOf = (url: FunctionUrl, stranger: boolean, now: number): Grant => {
  if (url.authType === 'unrecognised')
    return unsure(`The authentication type of ${url.ref.name} is not one that this version knows.`)
  const needsSignature = url.authType === 'AWS_IAM'
  if (needsSignature && !stranger)
    return refused(
      url,
      `The function URL of ${url.ref.name} answers only requests signed with AWS credentials.`,
    )
  if (!url.policy.known)
    return { kind: 'unknown', reasons: unreadReasons(url.policy.gaps, `The policy of ${url.ref.name}`) }
  if (url.policy.value === null)
    return refused(
      url,
      `${url.ref.name} has no resource policy, so that nobody outside its account may invoke it.`,
    )
  const { policy, problem } = parsePolicy(url.policy.value.document)
  if (policy === null) return unsure(problem)
  return decided(url, url.policy.value, policy, needsSignature, now)
}

const refused = (url: FunctionUrl, text: string, policy?: ResourcePolicy): Grant => ({
  kind: 'refused',
  text,
  lines: [url.ref.line, ...(policy ? [policy.ref.line] : [])],
})

const unsure = (message: string): Grant => ({ kind: 'unknown', reasons: [notModelled(message)] })

/** Since October 2025 a new URL needs a grant for each of two actions (AWS Lambda Developer Guide, access control for URLs). */
const decided = (
  url: FunctionUrl,
  { ref }: ResourcePolicy,
  policy: Policy,
  needsSignature: boolean,
  now: number,
): Grant => {
  const actions = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'] as const
  const [byUrl, byFunction] = actions.map(action =>
    most(needsSignature ? strangers : nobodies, policy, questionFor(url, action, now)),
  ) as [Admission, Admission]
  if (byUrl.outcome === 'deny')
    return refused(
      url,
      `No statement of its policy lets ${byUrl.who} invoke the function URL of ${url.ref.name}.`,
      {
        ref,
        document: null,
      },
    )
  const doubts = [byUrl, byFunction].flatMap(a => (a.outcome === 'unknown' ? a.reasons : []))
  if (doubts.length > 0) return { kind: 'unknown', reasons: doubts.map(notModelled) }
  if (byFunction.outcome === 'deny')
    return unsure(
      `The policy of ${url.ref.name} lets ${byUrl.who} use the URL but not invoke the function: URLs made since October 2025 need both, older ones do not.`,
    )
  return { kind: 'granted', to: byUrl.who }
}

const questionFor = (url: FunctionUrl, action: string, now: number): Question => ({
  action,
  resource: is(url.ref.arn),
  account: url.ref.account,
  region: url.ref.region,
  now,
  context: {
    'lambda:functionurlauthtype': is(url.authType),
    'lambda:invokedviafunctionurl': is('true'),
    'lambda:functionarn': is(url.ref.arn),
  },
})

type Ask = (policy: Policy, question: Question) => Admission
const nobodies: readonly Ask[] = [anyoneMay]
const strangers: readonly Ask[] = [anyAccountMay, anyDistributionMay]

/** The most that any of them gets. */
const most = (asks: readonly Ask[], policy: Policy, question: Question): Admission => {
  const answers = asks.map(ask => ask(policy, question))
  const best = (['allow', 'unknown', 'deny'] as const).map(o => answers.find(a => a.outcome === o))
  return best.find(a => a !== undefined) ?? { who: 'nobody', outcome: 'deny', explicit: false }
}
