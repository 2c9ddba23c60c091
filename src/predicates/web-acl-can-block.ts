/** Can the distribution's web ACL turn any request away? */
import type { WebAcl, WebAclRule } from '#topology/model.ts'
import { type Answer, cite, no, ofKnown, some, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { actingRules } from './reading/web-acl-rules.ts'

const stopping = new Set<WebAclRule['action']>(['block', 'captcha', 'challenge'])

/** The rules of managed groups cannot be seen; they block, unless the group as a whole is only counted. */
const ruleCanBlock = (acl: WebAcl, rule: WebAclRule): Answer => {
  const said = cite(acl.ref, `rule ${rule.name} of web ACL ${acl.name} has action ${rule.action}`, {
    webAcl: acl.ref.arn,
  })
  if (stopping.has(rule.action)) return yes(said)
  if (rule.action === 'allow' || rule.action === 'count') return no(said)
  if (rule.action === 'group' && 'ManagedRuleGroupStatement' in rule.statement) return yes(said)
  return unseen([], said)
}

export const webAclCanBlock = predicate<'distribution'>({
  question: "Can some rule of the distribution's web ACL turn a request away?",
  subjects: ['distribution'],
  ask: ({ distribution: { webAcl, ref, id } }) =>
    ofKnown(webAcl, acl => {
      if (acl === null) return no(cite(ref, `distribution ${id} names no web ACL`))
      if (acl.defaultAction === 'block') return yes(cite(acl.ref, `web ACL ${acl.name} blocks by default`))
      const empty = no(
        cite(acl.ref, `web ACL ${acl.name} allows by default (${acl.rules.length} in its list of rules)`),
      )
      const { rules, unread, gaps } = actingRules(acl)
      const hidden = unread.map(name =>
        unseen(gaps, cite(acl.ref, `the rule group of rule ${name} was not read`)),
      )
      return some([empty, ...rules.map(rule => ruleCanBlock(acl, rule)), ...hidden])
    }),
})
