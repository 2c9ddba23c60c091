/** Names of the places in the page that other places point to. */
import { identityFingerprint } from '#base/fingerprint.ts'
import type { Finding } from '#findings/result.ts'
import { anchor } from './markup.ts'

export const findingAnchor = (finding: Finding): string => anchor('f', finding.fingerprint)
export const ruleAnchor = (rule: string): string => anchor('r', rule)
/** Link ids hold slashes and customers' names; a fingerprint of them is as good and cannot clash after cleaning. */
export const linkAnchor = (id: string): string => `l-${identityFingerprint(id).slice(0, 12)}`
