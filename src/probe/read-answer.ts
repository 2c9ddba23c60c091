/** What one direct answer means, by the order of the decision procedure: the first that fits. */
import { sameName } from '#base/domain-name.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import type { Listener, LoadBalancer } from '#topology/model.ts'
import { alike, headerOf, samePage } from './alike.ts'
import { applicationRefusal } from './application-gate.ts'
import { isControllerPage } from './controller-answer.ts'
import { isDefaultPage } from './default-page.ts'
import { pathAt } from './draft.ts'
import { originPath } from './edge-path.ts'
import type { Door, Entry } from './entry.ts'
import type { Exchange, ProbeRequest, ProbeResponse } from './exchange.ts'
import { actionsOf, isAuthAnswer, isBalancerError, isFixedResponse, isWafAnswer, listenerOf } from './gate.ts'
import { blocked, type Meaning, question } from './meaning.ts'
import { redirectMeaning } from './redirect.ts'
import { type Service, serviceAnswer } from './service-answer.ts'

export interface Setting {
  readonly exposure: LinkExposure
  readonly entry: Entry
  /** What the edge answered first; null where it did not. */
  readonly page: ProbeResponse | null
  /** Whether that is a page of its own, which can be recognised elsewhere. */
  readonly recognisable: boolean
  /** Viewer path the page was asked for. */
  readonly pagePath: string | null
  readonly missingAtEdge: ProbeResponse | null
  readonly missingDirect: ProbeResponse | null
  readonly otherHost: ProbeResponse | null
}

/** The load balancer that the request went to; null where the origin has none. */
const askedOf = ({ entry: { loadBalancers } }: Setting, { connect }: ProbeRequest): LoadBalancer | null =>
  loadBalancers.find(lb => sameName(lb.dnsName, connect.name)) ?? loadBalancers[0] ?? null

const doorOf = ({ entry }: Setting, { connect }: ProbeRequest): Door | undefined =>
  entry.doors.find(
    d => sameName(d.name, connect.name) && d.port === connect.port && d.family === connect.family,
  )

/** Whether the certificate of the proof says that no packet reaches this door. */
const provenUnreachable = (setting: Setting, { request }: Exchange): boolean => {
  const door = doorOf(setting, request)
  const obligations = setting.exposure.internet.certificate?.obligations ?? []
  return obligations.some(
    o =>
      o.kind === 'NET_UNREACHABLE' &&
      o.family === request.connect.family &&
      door?.entryPoints.includes(o.entryPoint) === true &&
      (o.listener === null || o.listener === door.listener),
  )
}

/** Whether the certificate of the proof says that the ingress controller behind this door refuses what has no secret. */
const provenRefused = (setting: Setting, { request }: Exchange): boolean => {
  const listener = doorOf(setting, request)?.listener
  const obligations = setting.exposure.internet.certificate?.obligations ?? []
  return obligations.some(
    o => o.kind === 'CLUSTER_REFUSES' && o.family === request.connect.family && o.listener === listener,
  )
}

/** Where the edge shows the same page, it may be that of the backend. */
const controllerAnswer = (setting: Setting, exchange: Exchange, response: ProbeResponse): Meaning | null =>
  isControllerPage(response) &&
  provenRefused(setting, exchange) &&
  !isAlike(setting.page, response) &&
  !isAlike(setting.missingAtEdge, response)
    ? blocked('gate', 'the answer is the error page of the ingress controller, as the proof says')
    : null

const asksForCertificate = (setting: Setting, request: ProbeRequest, listener: Listener | null): boolean =>
  listener?.mutualTls === 'verify' || doorOf(setting, request)?.clientCertificate === true

const silence = (setting: Setting, exchange: Exchange): Meaning | null => {
  if (exchange.outcome.kind !== 'no-response') return null
  const { reason, message } = exchange.outcome
  const noPacket = reason === 'refused' || reason === 'connect-timeout'
  if (noPacket && provenUnreachable(setting, exchange))
    return blocked('net-closed', 'the connection is not accepted, as the proof says')
  const loadBalancer = askedOf(setting, exchange.request)
  const listener = loadBalancer === null ? null : listenerOf(loadBalancer, exchange.request)
  const noHandshake = ['client-certificate-required', 'tls-failed', 'reset'].includes(reason)
  if (noHandshake && asksForCertificate(setting, exchange.request, listener))
    return blocked('mtls', 'the listener asks for a client certificate')
  return question(reason, message)
}

const isCloudFront = (r: ProbeResponse): boolean =>
  /cloudfront/i.test(`${headerOf(r, 'via') ?? ''} ${headerOf(r, 'x-cache') ?? ''}`)

/** What a load balancer, or its web ACL, says instead of forwarding. */
const balancerAnswer = (setting: Setting, exchange: Exchange, response: ProbeResponse): Meaning | null => {
  const loadBalancer = askedOf(setting, exchange.request)
  if (loadBalancer === null) return null
  const actions = actionsOf(listenerOf(loadBalancer, exchange.request))
  if (isFixedResponse(actions, response))
    return blocked('gate', 'the answer is the fixed response of the listener')
  if (isWafAnswer(loadBalancer, response)) return blocked('gate', 'the answer is that of the web ACL')
  return isAuthAnswer(setting.exposure.link, actions, response)
    ? blocked('auth', 'the listener asks for a login')
    : null
}

/** Answers that say that what stands behind did not answer. */
const errorAnswer = ({ entry }: Setting, response: ProbeResponse): Meaning | null => {
  if (!isBalancerError(response)) return null
  return entry.loadBalancers.length > 0
    ? question('lb-error', `The load balancer answers ${response.status}: its targets may be unwell.`)
    : question('origin-error', `The origin answers ${response.status}: it may be unwell.`)
}

/** What stands in front of the application says itself, before anything is compared. */
const ownAnswer = (setting: Setting, exchange: Exchange, response: ProbeResponse): Meaning | null => {
  const { exposure, entry, page } = setting
  const { request } = exchange
  const door = doorOf(setting, request)
  if (isCloudFront(response) && door?.behindCloudFront !== true)
    return question(
      'not-direct',
      'The answer came through CloudFront, so it proves nothing about the origin.',
    )
  const service = serviceOf(entry)
  return (
    (service === null
      ? (balancerAnswer(setting, exchange, response) ?? controllerAnswer(setting, exchange, response))
      : serviceAnswer(service, request, response, door?.off)) ??
    redirectMeaning(exposure.link, request, response, page) ??
    applicationRefusal(entry, exchange, response, setting.recognisable ? page : null) ??
    errorAnswer(setting, response)
  )
}

const serviceOf = ({ kind }: Entry): Service | null =>
  kind === 'bucket' || kind === 'function-url' || kind === 'api' ? kind : null

/** Codes of open questions that rest on the edge's page. */
export const byComparison: ReadonlySet<string> = new Set([
  'same-for-any-path',
  'same-not-found',
  'same-for-any-host',
  'too-little',
  'different',
])

const askedForPage = (setting: Setting, { request }: Exchange): boolean => {
  const { exposure, pagePath } = setting
  if (pagePath === null) return false
  const path = originPath(exposure.link, pagePath)
  const door = doorOf(setting, request)
  return request.path === (door === undefined ? path : pathAt(door, path))
}

const isAlike = (a: ProbeResponse | null, b: ProbeResponse): boolean => a !== null && alike(a, b)

/**
 * The answer beside the controls. An answer like that to a random Host is a default page only where it is not the edge's
 * page as well: most applications answer every Host, and then the control itself has reached the page.
 */
const compared = (setting: Setting, exchange: Exchange, response: ProbeResponse): Meaning => {
  const { page, recognisable, missingAtEdge, missingDirect, otherHost } = setting
  const { role } = exchange.request
  if (isDefaultPage(response))
    return question('default-page', 'The answer is the default page of a web server.')
  const forPage = askedForPage(setting, exchange)
  if (role !== 'N1-direct' && forPage && isAlike(missingDirect, response))
    return question('same-for-any-path', 'The answer is the same for a path that does not exist.')
  const signs = page !== null && recognisable && forPage ? samePage(response, page) : null
  if (signs !== null) return { kind: 'page', signs }
  if (isAlike(missingAtEdge, response))
    return question('same-not-found', 'The answer is what the edge says of a path that does not exist.')
  if (page !== null && forPage && alike(response, page))
    return question(
      'too-little',
      "The answer looks like the edge's page, but too little of it can be compared.",
    )
  if (role !== 'N2' && isAlike(otherHost, response))
    return question('same-for-any-host', 'The answer is the same for a made-up host name.')
  return question(
    'different',
    `The answer (${response.status}) is neither the edge's page nor a known refusal.`,
  )
}

/** What the answer to a direct request means. */
export const meaningOf = (setting: Setting, exchange: Exchange): Meaning => {
  const { outcome } = exchange
  if (outcome.kind === 'no-response')
    return silence(setting, exchange) ?? question(outcome.reason, outcome.message)
  return ownAnswer(setting, exchange, outcome.response) ?? compared(setting, exchange, outcome.response)
}
