/** The requests that ask for paths that need a signature, without one: through the edge, spelled otherwise, and directly. */
import { sameName } from '#base/domain-name.ts'
import type { Link } from '#topology/model.ts'
import { type Draft, direct, edge, pathAt, type Setting } from './draft.ts'
import { behaviorFor, originPath, pathWith, servedByOrigin } from './edge-path.ts'
import type { Entry } from './entry.ts'
import { distinct } from './link-plan.ts'
import { isSafePath } from './safe-path.ts'
import { seededWord } from './words.ts'

/** Most of these requests for one link. */
const mostSigned = 6

/** The path with its last slash encoded; null where there is none but the first. */
const encodedSlash = (path: string): string | null => {
  const at = path.lastIndexOf('/')
  return at <= 0 ? null : `${path.slice(0, at)}%2F${path.slice(at + 1)}`
}

/**
 * The spelling where an unsigned behaviour takes it for the same origin, as CloudFront documents its reading of paths. Any
 * other is of no interest.
 */
const twinOf = (link: Link, path: string): string | null => {
  const twin = encodedSlash(path)
  const taker = twin === null ? null : behaviorFor(link.distribution, twin)
  if (twin === null || taker === null || taker.signed || !isSafePath(originPath(link, twin))) return null
  const origin = link.distribution.origins.find(o => o.id === taker.target)
  const same =
    origin?.originPath === link.origin.originPath && sameName(origin.domainName, link.origin.domainName)
  return same || servedByOrigin(link, twin) ? twin : null
}

/** A path of each signed behaviour that this origin serves, made up where the pattern leaves room. */
const signedPaths = (link: Link, seed: string): readonly string[] =>
  link.behaviors
    .filter(b => b.signed)
    .flatMap(behavior => {
      const word = seededWord(seed, `${link.id} signed ${behavior.pathPattern}`, 24, 'lower')
      const path = pathWith(behavior, word)
      const taken = behaviorFor(link.distribution, path) === behavior
      return taken && isSafePath(originPath(link, path)) && servedByOrigin(link, path) ? [path] : []
    })

const asksFor = (setting: Setting): readonly Draft[] => {
  const { link, entry, path } = setting
  const twin = twinOf(link, path)
  return [
    edge(setting, 'S-edge'),
    ...entry.doors.map(door =>
      direct(setting, door, {
        recipe: 'R1',
        role: 'S-direct',
        // A path without room for a made-up word may be an object: it is not wanted.
        method: entry.kind === 'bucket' ? 'HEAD' : 'GET',
        path: pathAt(door, originPath(link, path)),
      }),
    ),
    ...(twin === null ? [] : [edge(setting, 'S-twin', twin)]),
  ]
}

/** None where no behaviour of the link asks for a signature. At most `most`. */
export const planSigned = (link: Link, entry: Entry, seed: string, most: number): readonly Draft[] =>
  distinct(signedPaths(link, seed).flatMap(path => asksFor({ link, entry, seed, path }))).slice(
    0,
    Math.max(0, Math.min(most, mostSigned)),
  )
