/** The requests that ask for paths that need a signature, without one: through the edge, spelled otherwise, and directly. */
import type { LinkExposure } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import { type Draft, direct, edge, pathAt, type Setting } from './draft.ts'
import { behaviorFor, originPath, pathWith, servedByOrigin } from './edge-path.ts'
import type { Entry } from './entry.ts'
import { distinct } from './link-plan.ts'
import { isSafePath } from './safe-path.ts'
import { spellingsOf } from './spellings.ts'
import { seededWord } from './words.ts'

/** Most of these requests for one link. */
const mostSigned = 6

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
  ]
}

/** None where no behaviour of the link asks for a signature. At most `most`. */
export const planSigned = (
  exposure: LinkExposure,
  entry: Entry,
  seed: string,
  most: number,
): readonly Draft[] => {
  const { link } = exposure
  const [first = [], ...others] = signedPaths(link, seed).map(path => asksFor({ link, entry, seed, path }))
  const spelled = spellingsOf(exposure, seed).map(path => edge({ link, entry, seed, path }, 'S-twin'))
  return distinct([...first, ...spelled, ...others.flat()]).slice(0, Math.max(0, Math.min(most, mostSigned)))
}
