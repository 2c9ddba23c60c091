/** Paths that the distribution routes to a given origin, found by CloudFront's own behaviour selection. */
import { matchesGlob } from '#base/glob.ts'
import type { Behavior, Distribution, Link } from '#topology/model.ts'
import { isSafePath } from './safe-path.ts'

const withSlash = (pattern: string): string => (pattern.startsWith('/') ? pattern : `/${pattern}`)

/** The first behaviour whose pattern matches the path, query left out; the default one last. Case counts. */
export const behaviorFor = (distribution: Distribution, path: string): Behavior | null => {
  const bare = path.split('?', 1)[0] ?? ''
  return distribution.behaviors.find(b => b.isDefault || matchesGlob(withSlash(b.pathPattern), bare)) ?? null
}

/** Whether code at the edge may ask the origin for another path than the viewer asked for. */
export const mayBeRewritten = ({ distribution }: Link, path: string): boolean =>
  (behaviorFor(distribution, path)?.functions ?? []).some(f => !f.event.endsWith('-response'))

/** Whether the edge asks this origin first: an origin group asks its first member. */
export const servedByOrigin = (link: Link, path: string): boolean => {
  const target = behaviorFor(link.distribution, path)?.target
  const group = link.distribution.originGroups.find(g => g.id === target)
  return target === link.origin.id || group?.members[0] === link.origin.id
}

/** A path for each behaviour: `*` stands for nothing, `?` for a letter. */
const patternPaths = (link: Link): readonly string[] =>
  link.behaviors
    .filter(b => !b.isDefault)
    .map(b => withSlash(b.pathPattern).replaceAll('*', '').replaceAll('?', 'a'))

/** A path that the behaviour's pattern takes, with `word` for its first `*`. */
export const pathWith = ({ isDefault, pathPattern }: Behavior, word: string): string =>
  isDefault ? `/${word}` : withSlash(pathPattern).replace('*', word).replaceAll('*', '').replaceAll('?', 'a')

/** Those first that the edge gives without a signature: nobody here has one. */
const unsignedFirst = ({ distribution }: Link, paths: readonly string[]): readonly string[] => {
  const isSigned = (path: string) => behaviorFor(distribution, path)?.signed === true
  return paths.toSorted((a, b) => Number(isSigned(a)) - Number(isSigned(b)))
}

/** What a viewer must ask for, so that the origin is asked for `originPath`; null where no viewer path leads there. */
const viewerPath = (link: Link, path: string): string | null => {
  const prefix = link.origin.originPath
  if (!path.startsWith(prefix)) return null
  const rest = path.slice(prefix.length)
  return rest.startsWith('/') ? rest : null
}

/** What the origin is asked for when a viewer asks for `path`. */
export const originPath = (link: Link, path: string): string => link.origin.originPath + path

/** What the origin is asked for when a viewer asks for `/`. */
const rootOf = ({ distribution }: Link): string => `/${distribution.defaultRootObject ?? ''}`

/**
 * Viewer paths that controls may ask for: the witness's own where the edge can express it, the root, and one for each of the
 * behaviours' patterns, as far as they are safe and served by this origin.
 */
export const pagePaths = (link: Link, witnessPath: string | null): readonly string[] => {
  const wanted = witnessPath === null ? null : viewerPath(link, witnessPath)
  const candidates = new Set([...(wanted === null ? [] : [wanted]), rootOf(link), ...patternPaths(link)])
  return unsignedFirst(
    link,
    [...candidates].filter(p => isSafePath(originPath(link, p)) && servedByOrigin(link, p)),
  )
}

/** The first of them; null where no safe path of the distribution is served by this origin. */
export const controlPath = (link: Link, witnessPath: string | null): string | null =>
  pagePaths(link, witnessPath)[0] ?? null

/** A path that surely does not exist, served by this origin too: `word` put in each place the behaviours allow. */
export const missingPath = (link: Link, word: string): string | null => {
  const inPatterns = link.behaviors
    .filter(b => !b.isDefault && b.pathPattern.includes('*'))
    .map(b => pathWith(b, word))
  const candidates = unsignedFirst(link, [`/${word}`, ...inPatterns])
  return candidates.find(p => isSafePath(originPath(link, p)) && servedByOrigin(link, p)) ?? null
}

/** Objects that most sites have. */
const common = ['index.html', 'robots.txt', 'favicon.ico']

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/**
 * Viewer paths of objects that a bucket behind this origin may hold: the witness's own, common ones beside it and at the
 * root, and one for each behaviour that names an object. None that stands for a folder, which a bucket would list.
 */
export const objectPaths = (link: Link, witnessPath: string | null): readonly string[] => {
  const wanted = witnessPath === null || witnessPath.includes('?') ? null : viewerPath(link, witnessPath)
  const own = wanted === null ? [] : [wanted]
  const folders = new Set([...own, '/', ...patternPaths(link)].map(folderOf))
  const candidates = [
    ...own,
    rootOf(link),
    ...patternPaths(link).filter(path => /\.[a-z0-9]+$/i.test(path)),
    ...common.flatMap(name => [...folders].map(folder => folder + name)),
  ]
  return unsignedFirst(
    link,
    [...new Set(candidates)].filter(
      path => !path.endsWith('/') && isSafePath(originPath(link, path)) && servedByOrigin(link, path),
    ),
  )
}
