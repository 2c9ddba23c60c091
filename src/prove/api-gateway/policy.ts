/** What the resource policy of a REST API says to strangers who call one of its routes. */
import type { Api, ApiRoute, ApiStage } from '#topology/model.ts'
import type { Reason, Vantage } from '../exposure.ts'
import type { Spaces } from '../network/space.ts'
import { absent, is, type Knowledge } from '../policy/context.ts'
import { parsePolicy } from '../policy/parse.ts'
import type { Policy } from '../policy/policy.ts'
import { fromOwnEndpoint, type Question } from '../policy/request-keys.ts'
import { strangerTo } from '../policy/requesters.ts'
import { asStrangersMeet } from '../policy/strangers-view.ts'
import { anyAccountMay, anyoneMay } from '../policy/who-may.ts'
import { notModelled, unreadReasons } from '../uncertainty.ts'

export type Answer =
  /** No policy, and none is needed. */
  | { readonly kind: 'none' }
  /** `choice`: what the request must carry, by lower-case condition key; `resource` among them. */
  | {
      readonly kind: 'allow'
      readonly choice: Readonly<Record<string, readonly string[]>>
      readonly line: number
    }
  | { readonly kind: 'deny'; readonly text: string; readonly lines: readonly number[] }
  | { readonly kind: 'unknown'; readonly reasons: readonly Reason[] }

export interface Asker {
  readonly vantage: Vantage
  readonly spaces: Spaces
  /** Milliseconds since 1970. */
  readonly now: number
  /** With AWS credentials of an account of their own. */
  readonly signed: boolean
}

export const policyAnswer = (api: Api, stage: ApiStage, route: ApiRoute, asker: Asker): Answer => {
  const { policy, ref } = api
  if (!policy.known)
    return { kind: 'unknown', reasons: unreadReasons(policy.gaps, `The resource policy of ${ref.name}`) }
  if (policy.value === null)
    return api.endpointType === 'PRIVATE'
      ? {
          kind: 'deny',
          text: `${ref.name} is private and has no resource policy, so that it answers nobody.`,
          lines: [ref.line],
        }
      : { kind: 'none' }
  const parsed = parsePolicy(asStrangersMeet(policy.value.document))
  if (parsed.policy === null) return { kind: 'unknown', reasons: [notModelled(parsed.problem)] }
  const { line } = policy.value.ref
  const question = questionFor(api, resourceOf(api, stage, route), asker.now)
  const answer = answered(parsed.policy, question, asker)
  if (answer.kind === 'deny')
    return {
      kind: 'deny',
      text: `The resource policy of ${ref.name} lets no stranger call ${route.ref.name} of stage ${stage.name}.`,
      lines: [ref.line, line],
    }
  return answer.kind === 'allow' ? { ...answer, line } : answer
}

const questionFor = ({ ref }: Api, resource: Knowledge, now: number): Question => ({
  ...{ action: 'execute-api:Invoke', resource, account: ref.account, region: ref.region, now },
  context: { 'aws:securetransport': is('true') },
})

const resourceOf = ({ ref, id }: Api, stage: ApiStage, { method, path }: ApiRoute): Knowledge => {
  const start = `arn:aws:execute-api:${ref.region}:${ref.account}:${id}/${stage.name}`
  const anyMethod = method === null || method === 'ANY'
  const pattern = path === null ? '/*' : path.replaceAll(/\{[^}]*\}/g, '*')
  if (!anyMethod && !pattern.includes('*')) return is(`${start}/${method}${pattern}`)
  const example = `${start}/${anyMethod ? 'GET' : method}${pattern.replaceAll('*', 'x')}`
  return { kind: 'text', shape: `${start}/${anyMethod ? '*' : method}${pattern}`, example, optional: false }
}

type Told =
  | { readonly kind: 'allow'; readonly choice: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'deny' }
  | { readonly kind: 'unknown'; readonly reasons: readonly Reason[] }

/** From addresses that are the stranger's for sure; a refusal must hold for all that may be. */
const answered = (policy: Policy, question: Question, asker: Asker): Told => {
  const { vantage, spaces, signed } = asker
  if (vantage === 'inside') return told(policy, throughEndpoint(policy, question), signed)
  const regions = ([4, 6] as const).map(f =>
    vantage === 'tenant' ? spaces[f].cloudFront : spaces[f].internet,
  )
  const sure = told(policy, { ...question, addresses: regions.flatMap(r => r.sure) }, signed)
  if (sure.kind !== 'deny') return sure
  const most = told(policy, { ...question, addresses: regions.flatMap(r => r.possible) }, signed)
  if (most.kind !== 'allow') return most
  const gaps = regions.flatMap(r => r.gaps)
  return { kind: 'unknown', reasons: unreadReasons(gaps, "The list of CloudFront's addresses") }
}

/** A private API is called through VPC endpoints, and anybody makes one. */
const throughEndpoint = (policy: Policy, question: Question): Question => ({
  ...question,
  addresses: [],
  context: { ...fromOwnEndpoint(strangerTo(policy)), ...question.context },
})

const told = (policy: Policy, question: Question, signed: boolean): Told => {
  const answer = (signed ? anyAccountMay : anyoneMay)(policy, question)
  if (answer.outcome === 'deny') return { kind: 'deny' }
  if (answer.outcome === 'unknown') return { kind: 'unknown', reasons: answer.reasons.map(notModelled) }
  const choice = Object.entries(answer.witness).map(([key, values]) => [key.toLowerCase(), values] as const)
  return { kind: 'allow', choice: Object.fromEntries(choice) }
}

export interface Call {
  readonly method: string
  /** As the route sees it. */
  readonly own: string
  readonly source: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Whether the policy, where there is one, surely lets one concrete request in. */
export const admits = (api: Api, stage: ApiStage, call: Call, { vantage, signed, now }: Asker): boolean => {
  if (!api.policy.known) return false
  if (api.policy.value === null) return api.endpointType !== 'PRIVATE'
  const { policy } = parsePolicy(asStrangersMeet(api.policy.value.document))
  if (policy === null) return false
  const { ref, id } = api
  const arn = `arn:aws:execute-api:${ref.region}:${ref.account}:${id}/${stage.name}/${call.method}${call.own}`
  const header = (wanted: string): Knowledge => {
    const value = call.headers.find(([n]) => n === wanted)?.[1]
    return value === undefined ? absent : is(value)
  }
  const asked = questionFor(api, is(arn), now)
  const question = {
    ...asked,
    addresses: [`${call.source}/${call.source.includes(':') ? 128 : 32}`],
    context: { ...asked.context, 'aws:referer': header('referer'), 'aws:useragent': header('user-agent') },
  }
  const whole = vantage === 'inside' ? throughEndpoint(policy, question) : question
  return told(policy, whole, signed).kind === 'allow'
}
