/** The exposure of a Lambda function URL: every URL of its function, and whatever else the policy lets invoke it. */
import type { FunctionUrl, Link } from '#topology/model.ts'
import type { Exposure, Obligation, Reason, Vantage, Witness } from '../exposure.ts'
import { parsePolicy } from '../policy/parse.ts'
import { distinctReasons, notModelled, unreadReasons } from '../uncertainty.ts'
import { grantOf } from './grants.ts'

type Target = Extract<Link['target'], { kind: 'function-url' }>

/** `now`: milliseconds since 1970. Function URLs have no inside: they are on the internet, over both address families. */
export const functionUrlExposure = (target: Target, vantage: Vantage, now: number): Exposure => {
  const { url, siblings } = target
  const obligations: Obligation[] = []
  const reasons: Reason[] = siblings.known
    ? []
    : [...unreadReasons(siblings.gaps, `The list of URLs of ${url.functionArn}`)]
  for (const one of [url, ...(siblings.known ? siblings.value : [])]) {
    const grant = grantOf(one, vantage === 'tenant', now)
    if (grant.kind === 'granted')
      return { verdict: 'open', witness: witnessOf(one, vantage, grant.to), certificate: null, reasons: [] }
    if (grant.kind === 'unknown') reasons.push(...grant.reasons)
    else for (const family of [4, 6] as const) obligations.push(obligation(one, family, grant))
    reasons.push(...triggersOf(one))
  }
  if (reasons.length > 0)
    return { verdict: 'unknown', witness: null, certificate: null, reasons: distinctReasons(reasons) }
  return { verdict: 'closed', witness: null, certificate: { obligations, reliesOn: [] }, reasons: [] }
}

const obligation = (
  { ref }: FunctionUrl,
  family: 4 | 6,
  { text, lines }: { readonly text: string; readonly lines: readonly number[] },
): Obligation => ({ kind: 'AUTH', entryPoint: ref.arn, family, listener: null, rule: null, lines, text })

const example = { 4: '198.51.100.77', 6: '2001:db8::77' } as const

const witnessOf = (url: FunctionUrl, vantage: Vantage, to: string): Witness => ({
  vantage,
  family: 4,
  source: example[4],
  scheme: 'https',
  connect: url.host,
  port: 443,
  sni: url.host,
  method: 'GET',
  host: url.host,
  path: '/',
  headers: [],
  route: [
    { kind: 'network', arn: url.ref.arn, line: url.ref.line, text: `${url.host} is reached from anywhere` },
    ...(url.policy.known && url.policy.value
      ? [
          {
            kind: 'rule' as const,
            arn: url.policy.value.ref.arn,
            line: url.policy.value.ref.line,
            text: `the ${url.policy.value.ref.name} lets ${to} invoke it`,
          },
        ]
      : []),
    { kind: 'target', arn: url.functionArn, line: url.ref.line, text: `function ${url.ref.name}` },
  ],
})

/** Services that carry requests of the internet to a function; what they ask of a caller is not looked at here. */
const carriers = [
  'apigateway.amazonaws.com',
  'elasticloadbalancing.amazonaws.com',
  'vpc-lattice.amazonaws.com',
]

const triggersOf = (url: FunctionUrl): readonly Reason[] => {
  if (!url.policy.known || url.policy.value === null) return []
  const { policy } = parsePolicy(url.policy.value.document)
  const named = policy?.statements
    .filter(s => s.effect === 'Allow')
    .flatMap(s => s.principal.terms.flatMap(t => (t.kind === 'service' ? [t.name] : [])))
  return [...new Set(named)]
    .filter(service => carriers.includes(service))
    .map(service =>
      notModelled(
        `The policy of ${url.ref.name} lets ${service} invoke it: what that asks of a caller is not followed.`,
      ),
    )
}
