/** The positive and negative controls of a link: what the page looks like, and what "not the page" looks like. */
import { alike, headerOf } from './alike.ts'
import { isDefaultPage } from './default-page.ts'
import type { Exchange, ProbeResponse, ProbeRole } from './exchange.ts'
import { missesSignature } from './service-error.ts'

export interface Doubt {
  readonly code: string
  /** One sentence. */
  readonly reason: string
}

const doubt = (code: string, reason: string): Doubt => ({ code, reason })

/** The response of the first exchange in that role; null where there is none. */
export const responseIn = (exchanges: readonly Exchange[], role: ProbeRole): ProbeResponse | null => {
  for (const { request, outcome } of exchanges)
    if (request.role === role && outcome.kind === 'response') return outcome.response
  return null
}

/** Why the edge shows nothing to compare with: it wants a signature. Null where it does not. */
export const doubtSigned = (response: ProbeResponse): Doubt | null =>
  missesSignature(response)
    ? doubt(
        'control-signed',
        `The edge asks for a signature (${response.error}), so it shows no page to compare with.`,
      )
    : null

/** Why the edge's answers are no yardstick for a refusal; null where they are: it answered both times, and alike. */
export const doubtControl = (exchanges: readonly Exchange[]): Doubt | null => {
  const positives = exchanges.filter(e => e.request.role === 'P')
  const responses = positives.flatMap(e => (e.outcome.kind === 'response' ? [e.outcome.response] : []))
  const [first, second] = responses
  const silent = positives.find(e => e.outcome.kind !== 'response')?.outcome
  if (silent?.kind === 'no-response')
    return doubt('control-failed', `The edge gave no answer to compare with. ${silent.message}`)
  if (first === undefined || second === undefined)
    return doubt('control-failed', 'The edge was not asked twice, so there is nothing to compare with.')
  if (first.status !== second.status)
    return doubt('control-unstable', `The edge answered ${first.status} and then ${second.status}.`)
  const signed = doubtSigned(first)
  if (signed !== null) return signed
  if (first.status >= 400 && first.status !== 401 && first.status !== 404)
    return doubt(
      'control-refused',
      `The edge itself answers ${first.status}, so it shows no page to compare with.`,
    )
  return null
}

/** Why the edge's page cannot confirm anything; null where it is a page of its own that shows itself twice. */
export const doubtPage = (exchanges: readonly Exchange[]): Doubt | null => {
  const positives = exchanges.filter(e => e.request.role === 'P')
  const [first, second] = positives.flatMap(e => (e.outcome.kind === 'response' ? [e.outcome.response] : []))
  const missing = responseIn(exchanges, 'N1-edge')
  if (first === undefined || second === undefined)
    return doubt('control-failed', 'The edge was not asked twice, so there is nothing to compare with.')
  const signed = doubtSigned(first) ?? (missing && doubtSigned(missing))
  if (signed !== null) return signed
  if (first.status < 200 || first.status > 299)
    return doubt(
      'control-no-page',
      `The edge answers ${first.status}, which is no page that could be recognised.`,
    )
  const stable =
    alike(first, second) ||
    (headerOf(first, 'etag') !== null && headerOf(first, 'etag') === headerOf(second, 'etag'))
  if (!stable) return doubt('control-unstable', 'The edge shows another page each time.')
  if (isDefaultPage(first))
    return doubt(
      'default-page',
      'The edge shows the default page of a web server, which any server may show.',
    )
  if (missing === null)
    return doubt('control-failed', 'The edge gave no answer for a path that does not exist.')
  if (alike(first, missing))
    return doubt(
      'shell',
      'The edge shows the same page for a path that does not exist, so no page can be recognised.',
    )
  return null
}
