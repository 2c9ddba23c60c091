/** Web ACLs in front of distributions and load balancers, and which one a resource has. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout } from './calls.ts'
import { type Config, isMissing, objectAt, textAt, valueAt } from './config.ts'
import { type Facts, lookUp, misread, refOf } from './facts.ts'
import type { WebAcl, WebAclRule } from './model.ts'
import { referencesOf } from './web-acl-reference.ts'
import { choiceOf, webAclRulesAt } from './web-acl-rule.ts'

/** Rule groups that Firewall Manager puts before and after the rules are tried in that order, whatever their priority. */
const allRules = (config: Config): readonly WebAclRule[] | undefined => {
  // Firewall Manager's groups are left out where there are none; the rules never are.
  if (isMissing(config, 'Rules')) return undefined
  const parts = [
    webAclRulesAt(config, 'PreProcessFirewallManagerRuleGroups', 'FirewallManagerStatement'),
    webAclRulesAt(config, 'Rules'),
    webAclRulesAt(config, 'PostProcessFirewallManagerRuleGroups', 'FirewallManagerStatement'),
  ]
  const readable = parts.filter(part => part !== undefined)
  return readable.length === parts.length ? readable.flat() : undefined
}

const scopeOf = (resource: LocatedResource): WebAcl['scope'] =>
  textAt(resource.config, 'Scope') === 'CLOUDFRONT' || resource.arn.includes(':global/webacl/')
    ? 'CLOUDFRONT'
    : 'REGIONAL'

const buildWebAcl = (facts: Facts, resource: LocatedResource): Known<WebAcl> => {
  const { config } = resource
  const defaultKey = choiceOf(objectAt(config, 'DefaultAction'))
  const rules = allRules(config)
  if (rules === undefined || (defaultKey !== 'Allow' && defaultKey !== 'Block'))
    return unobserved(misread(resource, 'the rules or the default action cannot be read'))
  const name = textAt(config, 'Name') ?? resource.arn
  return known({
    ref: refOf(resource, name),
    name,
    scope: scopeOf(resource),
    defaultAction: defaultKey === 'Allow' ? 'allow' : 'block',
    rules,
    ...referencesOf(facts, rules),
  })
}

const webAclNamed = (facts: Facts, arn: string): Known<WebAcl> => {
  const [, , , region, account] = arn.split(':')
  const asked = call('GetWebACL', arn, { ...(account && { account }), ...(region && { region }) })
  const found = lookUp(facts, types.webAcl, arn, asked)
  return found.known ? buildWebAcl(facts, found.value) : found
}

/** The web ACL of a load balancer; null where it has none. */
export const webAclOf = (facts: Facts, resource: LocatedResource): Known<WebAcl | null> => {
  const asked = call('GetWebACLForResource', resource.arn, resource)
  const found = lookUp(
    facts,
    types.webAclAssociation,
    resource.arn,
    asked,
    call('ListWebACLs', '*', { account: resource.account, region: resource.region }),
  )
  if (!found.known) return found
  const arn = valueAt(found.value.config, 'WebACLArn')
  if (arn === null) return known(null)
  return typeof arn === 'string' && arn !== ''
    ? webAclNamed(facts, arn)
    : unobserved(misread(found.value, 'the associated web ACL cannot be read'))
}

/** The web ACL of a stage of a REST API; null where it has none. */
export const webAclOfStage = (facts: Facts, stage: LocatedResource): Known<WebAcl | null> => {
  const arn = textAt(stage.config, 'webAclArn')
  return arn === undefined ? known(null) : webAclNamed(facts, arn)
}

/** The web ACL that a distribution names; null for an empty name. Those of AWS WAF Classic are ids, not ARNs. */
export const webAclOfDistribution = (facts: Facts, distribution: LocatedResource): Known<WebAcl | null> => {
  const id = valueAt(distribution.config, 'WebACLId')
  if (id === '') return known(null)
  if (typeof id !== 'string') return unobserved(misread(distribution, 'the web ACL cannot be read'))
  if (id.startsWith('arn:')) return webAclNamed(facts, id)
  const message = `${id} is a web ACL of AWS WAF Classic, which is not read.`
  return unobserved(
    gapAbout(call('GetWebACL', id, { account: distribution.account }), 'unrecognised', message),
  )
}
