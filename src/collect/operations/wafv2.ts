/** The AWS WAF operations that collecting uses. */
import type * as Waf from '@aws-sdk/client-wafv2'
import { one, operationsOf } from './operation.ts'

const define = operationsOf('wafv2')

export const getWebAcl = define<Waf.GetWebACLCommandInput, Waf.GetWebACLCommandOutput>()({
  name: 'GetWebACL',
  purpose: 'the rules in front of a distribution, load balancer or API',
  target: 'web ACL ARN',
  items: output => one(output.WebACL),
})

export const getWebAclForResource = define<
  Waf.GetWebACLForResourceCommandInput,
  Waf.GetWebACLForResourceCommandOutput
>()({
  name: 'GetWebACLForResource',
  purpose: 'which web ACL a load balancer has, where there are few of them',
  target: 'load balancer ARN',
  // No web ACL is an answer too.
  items: output => (output.WebACL ? [output.WebACL] : []),
})

export const listWebAcls = define<Waf.ListWebACLsCommandInput, Waf.ListWebACLsCommandOutput>()({
  name: 'ListWebACLs',
  purpose: 'which web ACLs a region has, where there are fewer of them than load balancers',
  target: '*',
  items: output => output.WebACLs,
  next: output => (output.NextMarker ? { NextMarker: output.NextMarker } : undefined),
})

export const listResourcesForWebAcl = define<
  Waf.ListResourcesForWebACLCommandInput,
  Waf.ListResourcesForWebACLCommandOutput
>()({
  name: 'ListResourcesForWebACL',
  purpose: 'the load balancers behind a web ACL',
  target: 'web ACL ARN',
  items: output => output.ResourceArns,
})

export const getRuleGroup = define<Waf.GetRuleGroupCommandInput, Waf.GetRuleGroupCommandOutput>()({
  name: 'GetRuleGroup',
  purpose: 'rule groups that a web ACL names',
  target: 'rule group ARN',
  items: output => one(output.RuleGroup),
})

export const getIpSet = define<Waf.GetIPSetCommandInput, Waf.GetIPSetCommandOutput>()({
  name: 'GetIPSet',
  purpose: 'address sets that a web ACL names',
  target: 'IP set ARN',
  items: output => one(output.IPSet),
})

export const getRegexPatternSet = define<
  Waf.GetRegexPatternSetCommandInput,
  Waf.GetRegexPatternSetCommandOutput
>()({
  name: 'GetRegexPatternSet',
  purpose: 'pattern sets that a web ACL names',
  target: 'regex pattern set ARN',
  items: output => one(output.RegexPatternSet),
})
