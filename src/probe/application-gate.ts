/** Refusals by an application of which AWS knows no rules: seen from outside only, and no more than seen. */
import type { LoadBalancer } from '#topology/model.ts'
import type { Doubt } from './control.ts'
import type { Entry } from './entry.ts'
import type { Exchange, ProbeResponse } from './exchange.ts'
import { blocked, type Meaning } from './meaning.ts'
import type { Read } from './verdict.ts'

/** Whether it passes connections on to machines: not to another load balancer, which has rules. */
const passesOn = ({ kind, listeners }: LoadBalancer): boolean => {
  if (kind === 'classic') return true
  if (kind !== 'network' || !listeners.known) return false
  return listeners.value.every(
    ({ rules }) =>
      rules.known &&
      rules.value.every(({ actions }) =>
        actions.every(
          a =>
            a.kind === 'forward' &&
            a.groups.every(({ group }) => group.known && group.value.targetType !== 'alb'),
        ),
      ),
  )
}

/** Whether nothing in AWS decides by header or path who is answered behind these doors. */
export const hasOwnRules = ({ kind, loadBalancers }: Entry): boolean =>
  kind === 'external' || kind === 'instance' || (kind === 'load-balancer' && loadBalancers.every(passesOn))

const isSuccess = ({ status }: ProbeResponse): boolean => status >= 200 && status <= 299

/** A name that nobody serves may be turned away for that alone, in any words. */
const refuses = ({ role }: Exchange['request'], { status }: ProbeResponse): boolean =>
  role === 'N2' ? status >= 400 && status <= 499 : status === 401 || status === 403

/**
 * A refusal beside a page that the edge is given for the same path. Null where it is none, and where AWS has rules: those
 * would explain it.
 */
export const applicationRefusal = (
  entry: Entry,
  { request }: Exchange,
  response: ProbeResponse,
  page: ProbeResponse | null,
): Meaning | null =>
  hasOwnRules(entry) && page !== null && isSuccess(page) && refuses(request, response)
    ? blocked('app-gate', `the application itself answers ${response.status}`)
    : null

/**
 * Why refusals by the application say too little: it must refuse with a wrong token as it does without one, or it may be
 * anything else that it refuses for. Null where it did.
 */
export const doubtApplication = (entry: Entry, reads: readonly Read[]): Doubt | null => {
  if (!hasOwnRules(entry)) return null
  const refused = (role: Exchange['request']['role']): boolean =>
    reads.some(
      ({ meaning, exchange }) =>
        exchange.request.role === role && meaning.kind === 'blocked' && meaning.code === 'app-gate',
    )
  if (!reads.some(({ meaning }) => meaning.kind === 'blocked' && meaning.code === 'app-gate')) return null
  return refused('W') && refused('N3')
    ? null
    : {
        code: 'app-refusal',
        reason:
          'The application refuses, but not with a wrong token over TLS: what it refuses for is not known.',
      }
}
