/** The register of what AWS does not document and how a reason names it. */

import { canonicalJson } from '#base/canonical.ts'
import type { Gap } from '#base/gap.ts'
import type { Reason } from './exposure.ts'

interface Question {
  /** What is not documented, as a sentence for people. */
  readonly message: string
  /** What one would send to a load balancer of one's own to settle it. */
  readonly experiment: string
}

/** Open questions about AWS semantics that a verdict here may turn on. */
const questions = {
  'U-01': {
    message:
      'Elastic Load Balancing does not say whether a regular expression is searched for or must match the whole value.',
    experiment: 'Give a rule the expression `abc` and send `xabcx`.',
  },
  'U-02': {
    message: 'Elastic Load Balancing does not say whether regular expressions are case-sensitive.',
    experiment: 'Give a rule the expression `abc` and send `ABC`.',
  },
  'U-03': {
    message: 'The regular expression is outside the dialect that is known to be supported.',
    experiment:
      'Create a rule with this expression; if it is accepted, send values that should and should not meet it.',
  },
  'U-04': {
    message:
      'Elastic Load Balancing does not say whether paths are decoded or normalised before they are compared.',
    experiment: 'Give a rule the path `/a` and send `/%61`, `//a`, `/./a` and `/a;x`.',
  },
  'U-05': {
    message:
      'Elastic Load Balancing does not say whether the port of a Host header takes part in the comparison.',
    experiment:
      'On ports 443 and 8443, send a Host with its port to a rule for the name and to one for an expression.',
  },
  'U-06': {
    message:
      'Elastic Load Balancing does not say how rules see a request without a proper Host name, or with a target such as `*`.',
    experiment:
      'Send HTTP/1.0 without Host, `OPTIONS *`, and a target in absolute form to rules for `*.*` and `/*`.',
  },
  'U-07': {
    message: 'AWS does not say whether the web ACL sees a request before or after the rule rewrites it.',
    experiment:
      'Let a web ACL count on the path before and after a rule that rewrites it, and read its samples.',
  },
  'U-09': {
    message: 'AWS WAF does not say how it inspects a header that is sent more than once.',
    experiment: 'Send a header twice, once with the value, to an EXACTLY and to a CONTAINS statement.',
  },
  'U-10': {
    message:
      'AWS WAF does not say what a rule with a forwarded-address IP set does inside Not when the header is missing.',
    experiment: 'Block Not(IP set on X-Forwarded-For) and send a request without that header.',
  },
  'U-11': {
    message: 'Elastic Load Balancing does not say whether a backslash escapes `*` and `?` in header values.',
    experiment: String.raw`Give a rule the header value \`a\*\` and send \`a*\` and \`a\b\`.`,
  },
  'U-12': {
    message:
      'Elastic Load Balancing does not say how it compares repeated or percent-encoded query parameters.',
    experiment: 'Give a rule the pair `v=1` and send `?v=2&v=1`, `?v=%31` and `?v`.',
  },
  'U-13': {
    message:
      'Elastic Load Balancing does not say how it compares header values that are empty or hold bytes outside visible ASCII.',
    experiment:
      'Give a rule the header value `a*` and send `a` with a byte above 0x7e; give one `*` and send nothing.',
  },
  'U-19': {
    message: 'AWS does not say exactly which distributions may use the VPC origins of an account.',
    experiment:
      'Try to attach the VPC origin to a distribution of another account, with and without a share.',
  },
  'U-22': {
    message:
      'AWS WAF does not say whether a regular expression is searched for or must match the whole value.',
    experiment: 'Give a statement the expression `abc` and send `xabcx`.',
  },
  'U-24': {
    message:
      'Elastic Load Balancing does not say whether rules see X-Forwarded and X-Amzn headers as sent or as rewritten.',
    experiment: 'Give a rule a value of X-Forwarded-For that only a client would write, and send it.',
  },
  'U-25': {
    message:
      'API Gateway does not say whether a name with mutual TLS is served on a connection that was made to another name, unless its endpoint access mode is STRICT.',
    experiment:
      'Connect with the TLS name of a domain without mutual TLS in the same region, and send the Host of the one with it.',
  },
  'U-26': {
    message:
      'Amazon S3 says that access points answer no request without a signature, and yet how public ones are made: whether one that every policy opens to everyone answers is not certain.',
    experiment:
      'Open an access point and its bucket to everyone with Block Public Access off, and ask it for an object without credentials.',
  },
} as const satisfies Readonly<Record<string, Question>>

export type UncertaintyId = keyof typeof questions

/** The entry of the register as a reason. */
export const uncertain = (id: UncertaintyId): Reason => ({ kind: 'uncertain', id, ...questions[id] })
export const notModelled = (message: string): Reason => ({ kind: 'not-modelled', message })
export const gapReasons = (gaps: readonly Gap[]): readonly Reason[] => gaps.map(gap => ({ kind: 'gap', gap }))

/** Why something was not read; never empty, also where no gap says so. */
export const unreadReasons = (gaps: readonly Gap[], what: string): readonly Reason[] =>
  gaps.length > 0 ? gapReasons(gaps) : [notModelled(`${what} was not read.`)]

/** Each reason once, in the order of first mention. */
export const distinctReasons = (reasons: Iterable<Reason>): readonly Reason[] => {
  const seen = new Map<string, Reason>()
  for (const reason of reasons) {
    const key = canonicalJson(reason)
    if (!seen.has(key)) seen.set(key, reason)
  }
  return [...seen.values()]
}
