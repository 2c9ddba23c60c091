/** Which links may be probed, where, and why a link is not asked at all. */
import type { Link } from '#topology/model.ts'
import { apiEntry } from './api-entry.ts'
import { balancerEntry } from './balancer-entry.ts'
import { bucketEntry } from './bucket-entry.ts'
import { no, type Probeable, type Scope, safeScope } from './entry.ts'
import { externalEntry } from './external-entry.ts'
import { functionUrlEntry } from './function-url-entry.ts'
import { instanceEntry } from './instance-entry.ts'

const byTarget = (link: Link, scope: Scope): Probeable => {
  const { target } = link
  switch (target.kind) {
    case 'load-balancer':
      return balancerEntry(link, target)
    case 'bucket':
      return bucketEntry(link, target)
    case 'function-url':
      return functionUrlEntry(target, scope)
    case 'api':
      return apiEntry(link, target)
    case 'instance':
      return instanceEntry(link, target)
    case 'external':
    case 'unknown':
      return externalEntry(link, target, scope)
    case 'service':
      return no('service', 'The origin is a service of AWS that is not probed by this version.')
    case 'dangling':
      return no('dangling', 'The origin name leads nowhere: there is nothing of the account to ask.')
  }
}

/** Whether the link may be probed: an enabled production distribution before something proven to be the account's own. */
export const probeableLink = (link: Link, scope: Scope = safeScope): Probeable => {
  if (!link.distribution.enabled)
    return no(
      'distribution-disabled',
      'The distribution is disabled: the edge gives no page to compare with.',
    )
  if (link.distribution.staging)
    return no(
      'staging',
      'A staging distribution has no name of its own: the edge gives no page to compare with.',
    )
  return byTarget(link, scope)
}
