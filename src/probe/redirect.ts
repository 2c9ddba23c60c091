/** Redirects: sent back to the edge, or to HTTPS, is a way of turning away; anything else is the application's talk. */
import { sameName } from '#base/domain-name.ts'
import { matchesGlob } from '#base/glob.ts'
import type { Link } from '#topology/model.ts'
import { headerOf } from './alike.ts'
import type { ProbeRequest, ProbeResponse } from './exchange.ts'
import { maskLongWords } from './mask.ts'
import { blocked, type Meaning, question } from './meaning.ts'

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304

const isViewerName = (link: Link, host: string): boolean =>
  sameName(host, link.distribution.domainName) ||
  link.distribution.aliases.some(alias => matchesGlob(alias, host, { ignoreCase: true }))

const isSameUrl = (request: ProbeRequest, location: URL): boolean =>
  request.present.sni === null &&
  location.protocol === 'https:' &&
  sameName(location.hostname, request.present.host.replace(/:\d+$/, '')) &&
  // The location was masked when it was kept.
  location.pathname === maskLongWords(request.path.split('?', 1)[0] ?? '')

/** What a redirect means; null where the response is none, or leads elsewhere. */
export const redirectMeaning = (
  link: Link,
  request: ProbeRequest,
  response: ProbeResponse,
  page: ProbeResponse | null,
): Meaning | null => {
  const location = URL.parse(headerOf(response, 'location') ?? '')
  if (!isRedirect(response.status) || location === null) return null
  if (isSameUrl(request, location)) return blocked('redirect', 'the visitor is sent to HTTPS')
  if (!isViewerName(link, location.hostname)) return null
  // The edge's visitors are sent there too: then it is the application that answered.
  if (page?.status === response.status && headerOf(page, 'location') === headerOf(response, 'location'))
    return question('same-redirect', 'The answer is the redirect that visitors of the edge get.')
  return blocked('redirect', 'the visitor is sent to the distribution')
}
