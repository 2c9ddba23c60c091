/** The forms in which a load balancer may compare a request path (U-04, U-06). */
import type { UncertaintyId } from '../uncertainty.ts'

/** A path that every decoding and normalisation leaves as it is. */
const isPlainPath = (path: string): boolean =>
  /^\/[\w\-.~$&+'@:!(),*=/]*$/.test(path) && !/\/\/|\/\.{1,2}(?:\/|$)/.test(path)

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const normalised = (path: string): string => {
  const kept: string[] = []
  const segments = path.replaceAll('\\', '/').split('/').filter(Boolean)
  for (const segment of segments) {
    if (segment === '..') kept.pop()
    else if (segment !== '.') kept.push(segment.replace(/;.*$/, ''))
  }
  return `/${kept.join('/')}${/\/\.{0,2}$/.test(path) && kept.length > 0 ? '/' : ''}`
}

/** Each form that the comparison may use; a plain path has one. `id` is the entry of the register that the choice is about. */
export const pathReadings = (
  path: string,
): { readonly forms: readonly string[]; readonly id: UncertaintyId } => {
  if (isPlainPath(path)) return { forms: [path], id: 'U-04' }
  if (path.startsWith('/')) {
    const forms = [path, decoded(path), normalised(path), normalised(decoded(path))]
    return { forms: [...new Set(forms)], id: 'U-04' }
  }
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(.*)$/i.exec(path)
  return { forms: [...new Set([path, absolute?.[1] ?? '', '/'])], id: 'U-06' }
}
