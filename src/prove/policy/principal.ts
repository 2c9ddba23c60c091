/** Whether Principal or NotPrincipal of a statement speaks of the requester. */
import { isValues, seen, type View } from './context.ts'
import { anyOf, doubt, type Judgement, notSo, sure } from './judgement.ts'
import { elementHolds } from './match.ts'
import type { Element, PrincipalTerm } from './policy.ts'

const arnKey = 'aws:principalarn'

export const principalHolds = (element: Element<PrincipalTerm>, view: View): Judgement => {
  const { requester } = view.request
  if (!element.negated || requester.kind !== 'aws') return elementHolds(element, term => matches(term, view))
  return exempt(element, requester.account, view)
}

/**
 * NotPrincipal exempts a user or role only when its account is listed as well; what one of the two alone does is
 * not said. Source: IAM User Guide, "IAM JSON policy elements: NotPrincipal".
 */
const exempt = ({ terms }: Element<PrincipalTerm>, account: string, view: View): Judgement => {
  const others = anyOf(
    terms.filter(t => t.kind !== 'account' && t.kind !== 'arn').map(term => matches(term, view)),
  )
  const listed = terms.some(t => t.kind === 'account' && t.account === account)
  const named = anyOf(terms.filter(t => t.kind === 'arn').map(term => matches(term, view)))
  return notSo(anyOf([others, exemptAlone(listed, named)]))
}

const exemptAlone = (accountListed: boolean, named: Judgement): Judgement => {
  if (named.truth === 'unknown' || named.truth === accountListed) return named
  return doubt(
    accountListed
      ? 'NotPrincipal lists the account and not the principal itself'
      : 'NotPrincipal lists a principal without its account',
  )
}

const matches = (term: PrincipalTerm, view: View): Judgement => {
  const { requester } = view.request
  switch (term.kind) {
    case 'everyone':
      return sure(true)
    case 'deleted':
      return sure(false)
    case 'account':
      return sure(requester.kind === 'aws' && requester.account === term.account)
    case 'arn':
      return requester.kind === 'aws' ? arnMatches(term.arn, view) : sure(false)
    case 'service':
      return sure(requester.kind === 'service' && requester.name === term.name)
    case 'federated':
      return sure(requester.kind === 'federated' && requester.provider === term.provider)
    case 'canonical':
      if (requester.kind !== 'aws') return sure(false)
      return requester.canonicalId === null
        ? doubt('the canonical id of the requester is not known')
        : sure(requester.canonicalId === term.id)
    case 'unrecognised':
      return doubt(`a principal "${term.text}" is not known`)
  }
}

/** Partition, account and role of a session. */
export const sessionArn = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\//

const arnMatches = (arn: string, view: View): Judgement => {
  const own = seen(view, arnKey)
  if (!isValues(own)) return 'open' in own ? doubt() : doubt(`the requester is not known because ${own.why}`)
  const [caller = ''] = own
  if (caller === arn) return sure(true)
  const [, partition, account, role] = sessionArn.exec(arn) ?? []
  const isSessionOf =
    role !== undefined &&
    caller.startsWith(`arn:${partition}:iam::${account}:role/`) &&
    caller.endsWith(`/${role}`)
  return isSessionOf ? doubt('the statement names one session of the role') : sure(false)
}
