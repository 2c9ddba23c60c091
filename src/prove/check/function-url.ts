/** The certificate of a Lambda function URL, checked against its authentication type and policy; for checking only. */
import type { FunctionUrl, Link } from '#topology/model.ts'
import type { Certificate, Vantage } from '../exposure.ts'
import { letsNobodyIn } from './policy.ts'

type Target = Extract<Link['target'], { kind: 'function-url' }>

/** What is wrong, a sentence each. */
export const functionUrlFaults = (
  { url, siblings }: Target,
  vantage: Vantage,
  { obligations }: Certificate,
): readonly string[] => {
  if (!siblings.known) return [`The URLs of ${url.functionArn} were not all read.`]
  return [url, ...siblings.value].flatMap(one => [
    ...([4, 6] as const).flatMap(family =>
      obligations.some(o => o.kind === 'AUTH' && o.entryPoint === one.ref.arn && o.family === family)
        ? []
        : [`Nothing closes ${one.ref.arn} (IPv${family}).`],
    ),
    ...(isClosed(one, vantage) ? [] : [`AUTH does not hold for ${one.ref.arn}.`]),
    ...carried(one),
  ])
}

const isClosed = ({ authType, policy }: FunctionUrl, vantage: Vantage): boolean => {
  if (authType === 'unrecognised') return false
  if (authType === 'AWS_IAM' && vantage !== 'tenant') return true
  if (!policy.known) return false
  // Without IAM authentication everybody comes as nobody.
  const caller = authType === 'NONE' ? 'anonymous' : 'stranger'
  return policy.value === null || letsNobodyIn(policy.value.document, caller)
}

/** API Gateway, load balancers and Lattice bring requests of the internet. */
const carried = ({ ref, policy }: FunctionUrl): readonly string[] => {
  if (!policy.known) return [`The policy of ${ref.arn} was not read.`]
  const text = JSON.stringify(policy.value?.document ?? '').toLowerCase()
  return ['apigateway', 'elasticloadbalancing', 'vpc-lattice']
    .filter(name => text.includes(`"${name}.amazonaws.com"`))
    .map(name => `${name} may invoke ${ref.arn} too.`)
}
