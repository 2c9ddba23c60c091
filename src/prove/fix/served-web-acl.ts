/** Whether a web ACL lets CloudFront's own requests pass after a change as it did before it. */
import { canonicalJson } from '#base/canonical.ts'
import { foldCase } from '#base/glob.ts'
import type { LoadBalancer } from '#topology/model.ts'
import { evaluateWebAcl } from '../waf/evaluate.ts'
import { anyWafRequest, type WafRequest } from '../waf/request.ts'
import type { SentRequests } from './edit.ts'

export const webAclAlike = (requests: SentRequests, old: LoadBalancer, now: LoadBalancer): boolean => {
  if (old.webAcl === now.webAcl) return true
  const request = wafRequest(requests)
  return canonicalJson(firing(old, request)) === canonicalJson(firing(now, request))
}

/** Rules that may do something to one of the requests, and all else that decides. */
const firing = ({ webAcl }: LoadBalancer, request: WafRequest): unknown => {
  if (!webAcl.known || webAcl.value === null) return webAcl
  const acl = webAcl.value
  const passes = acl.rules.map(rule => {
    // Alone in blocking: where nothing is blocked then, it never matches. The others still set their labels.
    const rules = acl.rules.map(r => (r === rule ? acting(r) : { ...r, action: 'count' as const }))
    return evaluateWebAcl({ ...acl, defaultAction: 'allow', rules }, request).decision === 'allow'
  })
  return { ...acl, rules: acl.rules.filter((_, i) => passes[i] !== true) }
}

const acting = (rule: WebAclRuleOf): WebAclRuleOf =>
  'RuleGroupReferenceStatement' in rule.statement || 'ManagedRuleGroupStatement' in rule.statement
    ? { ...rule, action: 'group' }
    : { ...rule, action: 'block' }

type WebAclRuleOf = NonNullable<Extract<LoadBalancer['webAcl'], { known: true }>['value']>['rules'][number]

/** What is known of all requests together: the headers that the origin adds. */
const wafRequest = ({ headers, headersKept }: SentRequests): WafRequest => ({
  ...anyWafRequest,
  header: name => {
    const values = headers.filter(h => foldCase(h.name) === foldCase(name)).map(h => h.value)
    return !headersKept || values.length === 0 ? 'unknown' : values
  },
})
