/** What a path that needs a signature answers through the edge without one. */
import type { Link } from '#topology/model.ts'
import { headerOf } from './alike.ts'
import type { Doubt } from './control.ts'
import { behaviorFor } from './edge-path.ts'
import type { Exchange, ProbeResponse } from './exchange.ts'
import { missesSignature } from './service-error.ts'

export type EdgeAnswer =
  /** CloudFront misses the signature. */
  | { readonly kind: 'refused'; readonly exchange: Exchange }
  /** The origin's answer was passed on. */
  | { readonly kind: 'served'; readonly exchange: Exchange }
  | { readonly kind: 'open-question'; readonly exchange: Exchange; readonly doubt: Doubt }

/**
 * Whether the answer is one of the origin's. CloudFront's own error pages, those of its web ACL and of functions may have
 * any status, and are told apart by what it says of the cache.
 */
const isOrigins = (response: ProbeResponse): boolean =>
  /^(?:miss|hit|refreshhit) from cloudfront/i.test(headerOf(response, 'x-cache') ?? '')

/** Whether a success can be the page that stands for a refusal, or that of a function. */
const mayStandForRefusal = (link: Link, path: string): boolean =>
  link.distribution.errorPages?.includes(403) !== false ||
  behaviorFor(link.distribution, path)?.functions.length !== 0

const doubtOf = ({ request: { path, role } }: Exchange, status: number): Doubt => {
  if (role === 'S-twin')
    return {
      code: 'twin-unsigned',
      reason: `CloudFront asks for no signature for the spelling ${path} (${status}), which the origin may take for a path that needs one.`,
    }
  return {
    code: 'not-refused-for-key',
    reason: `Without a signature the edge answers ${status} for ${path}, and does not say that a key is missing.`,
  }
}

/** Of an exchange in one of the roles `S-edge` and `S-twin`. */
export const edgeAnswer = (link: Link, exchange: Exchange): EdgeAnswer => {
  const { request, outcome } = exchange
  if (outcome.kind === 'no-response')
    return {
      kind: 'open-question',
      exchange,
      doubt: {
        code: outcome.reason,
        reason: `The edge gave no answer for ${request.path}. ${outcome.message}`,
      },
    }
  const { response } = outcome
  if (missesSignature(response)) return { kind: 'refused', exchange }
  const success = response.status >= 200 && response.status <= 299
  // What an unsigned behaviour serves under another spelling may be anything.
  if (request.role === 'S-edge' && success && isOrigins(response) && !mayStandForRefusal(link, request.path))
    return { kind: 'served', exchange }
  return { kind: 'open-question', exchange, doubt: doubtOf(exchange, response.status) }
}
