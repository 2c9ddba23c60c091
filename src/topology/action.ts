/** The actions of a listener rule, in the order in which they are performed. */
import { type Known, known } from '#base/known.ts'
import { integerAt, isMissing, listAt, objectAt, textAt, valueAt } from './config.ts'
import type { Action, TargetGroup } from './model.ts'

/** Finds a target group by its ARN. */
export type TargetGroups = (arn: string) => Known<TargetGroup>

type Reader = (action: unknown, groups: TargetGroups) => Action | undefined

type Share = { readonly arn: string; readonly weight: number }

/** Weight is 1 where a single group carries none. */
const share = (tuple: unknown): Share | undefined => {
  const arn = textAt(tuple, 'TargetGroupArn')
  const weight = isMissing(tuple, 'Weight') ? 1 : integerAt(tuple, 'Weight')
  return arn === undefined || weight === undefined ? undefined : { arn, weight }
}

/** The groups of both forms: `ForwardConfig`, and the older lone `TargetGroupArn` where the former lacks it. */
const forward: Reader = (action, groups) => {
  const single = textAt(action, 'TargetGroupArn')
  const several = isMissing(action, 'ForwardConfig', 'TargetGroups')
    ? []
    : listAt(action, 'ForwardConfig', 'TargetGroups')?.map(share)
  const shares = several?.filter(s => s !== undefined)
  if (shares === undefined || shares.length !== several?.length) return undefined
  const all =
    single === undefined || shares.some(s => s.arn === single)
      ? shares
      : [...shares, { arn: single, weight: 1 }]
  if (all.length === 0) return undefined
  return { kind: 'forward', groups: all.map(s => ({ group: groups(s.arn), weight: s.weight })) }
}

const fixedResponse: Reader = action => {
  const config = objectAt(action, 'FixedResponseConfig')
  const status = integerAt(config, 'StatusCode')
  const body = valueAt(config, 'MessageBody')
  return status === undefined
    ? undefined
    : {
        kind: 'fixed-response',
        status,
        contentType: textAt(config, 'ContentType') ?? '',
        body: typeof body === 'string' ? body : '',
      }
}

/** Absent parts keep those of the request, as the placeholders say. */
const redirect: Reader = action => {
  const config = objectAt(action, 'RedirectConfig')
  const status = /^HTTP_(301|302)$/.exec(textAt(config, 'StatusCode') ?? '')?.[1]
  const query = valueAt(config, 'Query')
  return status === undefined
    ? undefined
    : {
        kind: 'redirect',
        protocol: textAt(config, 'Protocol') ?? '#{protocol}',
        host: textAt(config, 'Host') ?? '#{host}',
        port: textAt(config, 'Port') ?? '#{port}',
        path: textAt(config, 'Path') ?? '/#{path}',
        query: typeof query === 'string' ? query : '#{query}',
        status: Number(status),
      }
}

const logins = ['authenticate', 'deny', 'allow'] as const

const login =
  (provider: 'oidc' | 'cognito', key: string): Reader =>
  action => {
    const said = textAt(action, key, 'OnUnauthenticatedRequest') ?? 'authenticate'
    const onUnauthenticated = logins.find(l => l === said)
    return objectAt(action, key) && onUnauthenticated
      ? { kind: 'authenticate', with: provider, onUnauthenticated }
      : undefined
  }

/** Invalid tokens are always rejected. */
const jwt: Reader = action =>
  objectAt(action, 'JwtValidationConfig') && { kind: 'authenticate', with: 'jwt', onUnauthenticated: 'deny' }

const readers: ReadonlyMap<string, Reader> = new Map([
  ['forward', forward],
  ['fixed-response', fixedResponse],
  ['redirect', redirect],
  ['authenticate-oidc', login('oidc', 'AuthenticateOidcConfig')],
  ['authenticate-cognito', login('cognito', 'AuthenticateCognitoConfig')],
  ['jwt-validation', jwt],
])

const buildAction = (raw: unknown, groups: TargetGroups): Action => {
  const type = textAt(raw, 'Type') ?? ''
  const name = type === '' ? '(no type)' : type
  return readers.get(type)?.(raw, groups) ?? { kind: 'unrecognised', name }
}

/** By `Order`; never empty, because a rule without a readable action may do anything. */
export const buildActions = (
  list: readonly unknown[] | undefined,
  groups: TargetGroups,
): readonly Action[] => {
  if (list === undefined || list.length === 0) return [{ kind: 'unrecognised', name: '(no action)' }]
  const order = (action: unknown) => integerAt(action, 'Order') ?? Number.MAX_SAFE_INTEGER
  return list.toSorted((a, b) => order(a) - order(b)).map(action => buildAction(action, groups))
}

/** What a classic load balancer does with every request. */
export const forwardTo = (group: TargetGroup): Action => ({
  kind: 'forward',
  groups: [{ group: known(group), weight: 1 }],
})
