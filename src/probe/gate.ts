/** What a load balancer says itself when it does not forward: fixed responses, its web ACL, its logins, its errors. */
import type { Action, Link, Listener, LoadBalancer } from '#topology/model.ts'
import { headerOf } from './alike.ts'
import type { ProbeRequest, ProbeResponse } from './exchange.ts'
import { fingerprintBody } from './fingerprint.ts'

/** The listener the request went to; null where the listeners were not read. */
export const listenerOf = (loadBalancer: LoadBalancer, request: ProbeRequest): Listener | null =>
  loadBalancer.listeners.known
    ? (loadBalancer.listeners.value.find(l => l.port === request.connect.port) ?? null)
    : null

/** Every action of every rule of the listener. */
export const actionsOf = (listener: Listener | null): readonly Action[] =>
  listener?.rules.known ? listener.rules.value.flatMap(r => r.actions) : []

const mediaType = (contentType: string | null): string =>
  (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

/** Whether the answer may come from the load balancer itself: it names itself, unless told not to. */
const mayBeBalancer = (r: ProbeResponse): boolean => {
  const server = headerOf(r, 'server')
  return server === null || /^awselb/i.test(server)
}

const namesItself = (r: ProbeResponse): boolean => /^awselb/i.test(headerOf(r, 'server') ?? '')

/**
 * Status, media type and body of one of the listener's fixed responses. An empty one is only told from an application's
 * own by the name of the load balancer.
 */
export const isFixedResponse = (actions: readonly Action[], response: ProbeResponse): boolean =>
  mayBeBalancer(response) &&
  actions.some(action => {
    if (action.kind !== 'fixed-response' || action.status !== response.status) return false
    if (action.body === '' && !namesItself(response)) return false
    const body = Buffer.from(action.body, 'utf8')
    const expected = fingerprintBody(body, action.contentType)
    const type = mediaType(headerOf(response, 'content-type'))
    return (
      expected.bodyHash === response.bodyHash &&
      expected.bodyBytes === response.bodyBytes &&
      // Without a body the type says nothing.
      (body.length === 0 || action.contentType === '' || type === mediaType(action.contentType))
    )
  })

/** The block, CAPTCHA or challenge answer of the web ACL in front of the listeners. */
export const isWafAnswer = (loadBalancer: LoadBalancer, response: ProbeResponse): boolean => {
  if (!loadBalancer.webAcl.known || loadBalancer.webAcl.value === null) return false
  const action = headerOf(response, 'x-amzn-waf-action')
  if ((response.status === 405 || response.status === 202) && action !== null) return true
  // The default page of a block; a custom one is not in the model and stays an open question.
  return (
    response.status === 403 &&
    namesItself(response) &&
    (response.title ?? '403 Forbidden') === '403 Forbidden'
  )
}

const loginPath = /\/(?:oauth2?|authorize|login|openid-connect|saml2?|adfs|auth)(?:[/.]|$)/i

/** An answer of the listener's own authentication: 401, 561, or a redirect to the identity provider. */
export const isAuthAnswer = (link: Link, actions: readonly Action[], response: ProbeResponse): boolean => {
  const logins = actions.filter(a => a.kind === 'authenticate')
  if (logins.length === 0) return false
  const { status } = response
  if (status === 561) return true
  // An application may answer 401 too, but then it does not call itself a load balancer.
  if (status === 401) return namesItself(response)
  const location = URL.parse(headerOf(response, 'location') ?? '')
  const own = [link.origin.domainName, link.distribution.domainName, ...link.distribution.aliases]
  return (
    status === 302 &&
    location !== null &&
    location.protocol === 'https:' &&
    !own.includes(location.hostname) &&
    loginPath.test(location.pathname)
  )
}

/** Errors the load balancer makes up itself, and those that say its targets are unwell. */
export const isBalancerError = (response: ProbeResponse): boolean =>
  [502, 503, 504].includes(response.status) ||
  ([460, 463, 464, 500, 561].includes(response.status) && namesItself(response))
