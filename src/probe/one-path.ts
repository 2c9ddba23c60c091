/** The one path, or object of a bucket, that a link is judged by: one that the edge serves. */
import type { Link } from '#topology/model.ts'
import { alike } from './alike.ts'
import { type Doubt, doubtPage, doubtSigned, responseIn } from './control.ts'
import { pathAt } from './draft.ts'
import { mayBeRewritten, originPath } from './edge-path.ts'
import type { Entry } from './entry.ts'
import type { Exchange, ProbeResponse } from './exchange.ts'
import { isDirect } from './verdict.ts'

const isPage = ({ status }: ProbeResponse): boolean => status >= 200 && status <= 299

const isMissing = (exchanges: readonly Exchange[], page: ProbeResponse): boolean => {
  const missing = responseIn(exchanges, 'N1-edge')
  return missing !== null && alike(missing, page)
}

/** The exchanges about one path: one that the edge serves as a page of its own if there is any, and the controls. */
export const ofOnePath = (
  link: Link,
  { doors }: Entry,
  exchanges: readonly Exchange[],
): readonly Exchange[] => {
  const positives = exchanges.filter(e => e.request.role === 'P')
  const paths = [...new Set(positives.map(e => e.request.path))]
  const pages = paths.flatMap(path => {
    const page = responseIn(
      positives.filter(e => e.request.path === path),
      'P',
    )
    return page !== null && isPage(page) ? [{ path, page }] : []
  })
  const { path } = pages.find(({ page }) => !isMissing(exchanges, page)) ??
    pages[0] ?? { path: paths[0] ?? '' }
  const direct = new Set(doors.map(door => pathAt(door, originPath(link, path))))
  return exchanges.filter(e => {
    const { role } = e.request
    if (role === 'N1-edge' || role === 'N1-direct') return true
    return isDirect(e) ? direct.has(e.request.path) : e.request.path === path
  })
}

/** Why it is not known what the edge asked the origin for; null where it passes paths on as they are. */
export const doubtPath = (link: Link, exchanges: readonly Exchange[]): Doubt | null => {
  const path = exchanges.find(e => e.request.role === 'P')?.request.path
  return path !== undefined && mayBeRewritten(link, path)
    ? {
        code: 'rewritten',
        reason:
          'A function at the edge may change paths, so that it is not known what the edge asks the origin for.',
      }
    : null
}

/**
 * Why a refusal says nothing: S3 refuses what is not there as it refuses what may not be read, so that only an object that
 * the edge serves can be refused.
 */
export const doubtObject = (link: Link, exchanges: readonly Exchange[]): Doubt | null => {
  const page = responseIn(exchanges, 'P')
  if (page === null) return null
  const rewritten = doubtPath(link, exchanges)
  if (rewritten !== null) return rewritten
  const signed = doubtSigned(page)
  if (signed !== null) return signed
  if (!isPage(page))
    return {
      code: 'no-object',
      reason: `The edge serves none of the objects that were asked for (${page.status}), so that a refusal says nothing.`,
    }
  return isMissing(exchanges, page)
    ? {
        code: 'shell',
        reason: 'The edge shows the same page for a path that does not exist, so that no object is known.',
      }
    : null
}

/** As for other origins, but an edge that shows one page for everything is no doubt where S3 itself tells paths apart. */
export const doubtObjectPage = (exchanges: readonly Exchange[]): Doubt | null => {
  const doubt = doubtPage(exchanges)
  const missing = responseIn(exchanges, 'N1-direct')
  return doubt?.code === 'shell' && missing !== null && missing.status >= 400 ? null : doubt
}
