/** The one object of a bucket that a link is judged by: one that the edge serves. */
import type { Link } from '#topology/model.ts'
import { alike } from './alike.ts'
import { type Doubt, doubtPage, responseIn } from './control.ts'
import { mayBeRewritten, originPath } from './edge-path.ts'
import type { Exchange, ProbeResponse } from './exchange.ts'
import { isDirect } from './verdict.ts'

const isPage = ({ status }: ProbeResponse): boolean => status >= 200 && status <= 299

const isMissing = (exchanges: readonly Exchange[], page: ProbeResponse): boolean => {
  const missing = responseIn(exchanges, 'N1-edge')
  return missing !== null && alike(missing, page)
}

/** The exchanges about one object: one that the edge serves as its own page if there is any, and the controls. */
export const ofOneObject = (link: Link, exchanges: readonly Exchange[]): readonly Exchange[] => {
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
  return exchanges.filter(e => {
    const { role } = e.request
    if (role === 'N1-edge' || role === 'N1-direct') return true
    return e.request.path === (isDirect(e) ? originPath(link, path) : path)
  })
}

/**
 * Why a refusal says nothing: S3 refuses what is not there as it refuses what may not be read, so that only an object that
 * the edge serves can be refused.
 */
export const doubtObject = (link: Link, exchanges: readonly Exchange[]): Doubt | null => {
  const page = responseIn(exchanges, 'P')
  if (page === null) return null
  const path = exchanges.find(e => e.request.role === 'P')?.request.path ?? ''
  if (mayBeRewritten(link, path))
    return {
      code: 'rewritten',
      reason:
        'A function at the edge may change paths, so that it is not known which object the edge serves.',
    }
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
