/** The register of what AWS does not document and how a reason names it. */

import { canonicalJson } from '#base/canonical.ts'
import type { Gap } from '#base/gap.ts'
import type { Reason } from './exposure.ts'

/** Open questions about AWS semantics that a verdict here may turn on, as sentences for people. */
const questions = {
  'U-01':
    'Elastic Load Balancing does not say whether a regular expression is searched for or must match the whole value.',
  'U-02': 'Elastic Load Balancing does not say whether regular expressions are case-sensitive.',
  'U-03': 'The regular expression is outside the dialect that is known to be supported.',
  'U-04':
    'Elastic Load Balancing does not say whether paths are decoded or normalised before they are compared.',
  'U-05':
    'Elastic Load Balancing does not say whether the port of a Host header takes part in the comparison.',
  'U-06':
    'Elastic Load Balancing does not say how rules see a request without Host, or with a target such as `*`.',
  'U-07': 'AWS does not say whether the web ACL sees a request before or after the rule rewrites it.',
  'U-09': 'AWS WAF does not say how it inspects a header that is sent more than once.',
  'U-10':
    'AWS WAF does not say what a rule with a forwarded-address IP set does inside Not when the header is missing.',
  'U-11': 'Elastic Load Balancing does not say whether a backslash escapes `*` and `?` in header values.',
  'U-12': 'Elastic Load Balancing does not say how it compares repeated or percent-encoded query parameters.',
  'U-13': 'Elastic Load Balancing does not say how it compares bytes outside visible ASCII.',
  'U-19': 'AWS does not say exactly which distributions may use the VPC origins of an account.',
  'U-22': 'AWS WAF does not say whether a regular expression is searched for or must match the whole value.',
  'U-24':
    'Elastic Load Balancing does not say whether rules see X-Forwarded and X-Amzn headers as sent or as rewritten.',
} as const

export type UncertaintyId = keyof typeof questions

export const uncertain = (id: UncertaintyId): Reason => ({ kind: 'uncertain', id, message: questions[id] })
export const notModelled = (message: string): Reason => ({ kind: 'not-modelled', message })
export const gapReasons = (gaps: readonly Gap[]): readonly Reason[] => gaps.map(gap => ({ kind: 'gap', gap }))

/** Each reason once, in the order of first mention. */
export const distinctReasons = (reasons: Iterable<Reason>): readonly Reason[] => {
  const seen = new Map<string, Reason>()
  for (const reason of reasons) {
    const key = canonicalJson(reason)
    if (!seen.has(key)) seen.set(key, reason)
  }
  return [...seen.values()]
}
