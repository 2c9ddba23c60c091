/** The events of CloudTrail that may change which value a distribution sends or a gate compares. */

/** What makes a distribution: nothing was sent from it before. */
export const distributionMade: readonly string[] = ['CreateDistribution', 'CreateDistributionWithTags']

/** Calls that may change what a distribution sends to its origins. */
export const senderEvents: readonly string[] = [
  'CopyDistribution',
  ...distributionMade,
  'UpdateDistribution',
  'UpdateDistributionWithStagingConfig',
]

/** Calls that may change what a listener rule compares. */
export const ruleEvents: readonly string[] = ['CreateRule', 'ModifyRule']

/** Calls that may change what a web ACL compares; those of rule groups and pattern sets do not say who uses them. */
export const webAclEvents: readonly string[] = [
  'CreateWebACL',
  'UpdateRegexPatternSet',
  'UpdateRuleGroup',
  'UpdateWebACL',
]

/** Calls that may change what a listener rule or a web ACL compares. */
export const gateEvents: readonly string[] = [...ruleEvents, ...webAclEvents]
