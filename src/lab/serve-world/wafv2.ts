/** AWS WAF of a world; scope CLOUDFRONT answers in us-east-1 only. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, only, orRefuse, type Request, refuse, texts, without } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config, View } from './view.ts'

const nonexistent = 'WAFNonexistentItemException'

export const wafv2: Operations = {
  GetWebACL: request => ({ WebACL: described(named(request, types.webAcl)), LockToken: 'lab' }),
  GetRuleGroup: request => ({ RuleGroup: described(named(request, types.ruleGroup)), LockToken: 'lab' }),
  GetIPSet: request => ({ IPSet: described(named(request, types.ipSet)), LockToken: 'lab' }),
  GetRegexPatternSet: request => ({
    RegexPatternSet: described(named(request, types.regexPatternSet)),
    LockToken: 'lab',
  }),
  GetWebACLForResource: ({ input, view }) => {
    const arn = input.ResourceArn
    const association = view.by(types.webAclAssociation, 'ResourceArn', arn)[0]
    if (!association) orRefuse(view.by(types.loadBalancer, 'LoadBalancerArn', arn), nonexistent, arn)
    const acl = association?.WebACLArn
    return acl ? { WebACL: described(orRefuse(view.by(types.webAcl, 'ARN', acl), nonexistent, acl)) } : {}
  },
  ListWebACLs: ({ input, view, pageSize }) => {
    const found = scoped(view, input.Scope, types.webAcl)
    const { items, next } = pageOf(found, {
      token: input.NextMarker,
      asked: input.Limit,
      most: 100,
      pageSize,
      badToken: 'WAFInvalidParameterException',
    })
    const summaries = items.map(acl => ({
      ...only(acl, 'Name', 'Id', 'Description', 'ARN'),
      LockToken: 'lab',
    }))
    return { WebACLs: summaries, NextMarker: next }
  },
  ListResourcesForWebACL: ({ input, view }) => {
    const arn = input.WebACLArn
    orRefuse(view.by(types.webAcl, 'ARN', arn), nonexistent, arn)
    const kind = String(input.ResourceType ?? 'APPLICATION_LOAD_BALANCER')
    const associated = view.by(types.webAclAssociation, 'WebACLArn', arn)
    const arns = texts(associated.map(a => a.ResourceArn)) ?? []
    return {
      ResourceArns: arns.filter(
        a => kind === 'APPLICATION_LOAD_BALANCER' && a.includes(':loadbalancer/app/'),
      ),
    }
  },
}

/** The one that ARN, or name, scope and id, tell. */
const named = ({ input, view }: Request, type: string): Config => {
  if (input.ARN !== undefined) return orRefuse(view.by(type, 'ARN', input.ARN), nonexistent, input.ARN)
  const found = scoped(view, input.Scope, type).filter(
    item => item.Id === input.Id && item.Name === input.Name,
  )
  return orRefuse(found, nonexistent, input.Name)
}

const scoped = (view: View, scope: unknown, type: string): readonly Config[] => {
  if (scope === 'CLOUDFRONT' && view.region !== 'us-east-1')
    refuse('WAFInvalidParameterException', 'The scope CLOUDFRONT is of us-east-1 only.')
  return view.list(type).filter(item => scopeOf(item) === scope)
}

const scopeOf = (item: Config): unknown =>
  item.Scope ?? (String(item.ARN).includes(':global/') ? 'CLOUDFRONT' : 'REGIONAL')

/** As AWS returns it: no scope, search strings as bytes. */
const described = (item: Config): Config => without(inBytes(item) as Config, 'Scope')

const inBytes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inBytes)
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key === 'SearchString' && typeof item === 'string' ? [key, Buffer.from(item)] : [key, inBytes(item)],
    ),
  )
}
