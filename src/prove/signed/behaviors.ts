/** Cache behaviours as languages of request paths: which paths each of them takes. */
import { globsMachine } from '../language/glob-machine.ts'
import type { Machine } from '../language/machine.ts'

/** A distribution, as far as paths go. */
export interface Edge {
  /** Its id, or another name that tells it from the others. */
  readonly distribution: string
  /** In the order CloudFront tries them, the default behaviour last. */
  readonly behaviors: readonly PathBehavior[]
}

export interface PathBehavior {
  /** Ignored for the default behaviour, which takes all paths. */
  readonly pathPattern: string
  readonly isDefault: boolean
  /** Whether a signed cookie or URL is needed. */
  readonly signed: boolean
  /** Where it leads: one origin, or those of an origin group. Equal `backend` means the same objects. */
  readonly leads: readonly Lead[]
}

export interface Lead {
  readonly backend: string
  /** Put before the path of the request: empty, or with a slash first and none last. */
  readonly originPath: string
}

/**
 * The globs of a behaviour. A slash at the beginning may be left out. Where the pattern begins with a star, it is not
 * said whether a slash is understood before it: `slashFirst` chooses.
 * Source: CloudFront Developer Guide, "Path pattern".
 */
export const globOf = ({ isDefault, pathPattern }: PathBehavior, slashFirst: boolean): string => {
  if (isDefault) return '/*'
  if (pathPattern.startsWith('/')) return pathPattern
  return pathPattern.startsWith('*') && !slashFirst ? pathPattern : `/${pathPattern}`
}

/** Whether the two readings of a leading star differ for the pattern. */
export const starMatters = ({ isDefault, pathPattern }: PathBehavior): boolean =>
  !isDefault && /^\*+[/?]/.test(pathPattern)

export interface Taken {
  readonly all: readonly Machine[]
  readonly none: readonly Machine[]
}

/** The paths that the behaviour takes: those that match it and none before it. */
export const takenBy = (edge: Edge, behavior: PathBehavior, slashFirst: boolean): Taken => {
  const before = edge.behaviors.slice(0, edge.behaviors.indexOf(behavior)).map(b => globOf(b, slashFirst))
  return {
    all: [globsMachine([globOf(behavior, slashFirst)]), globsMachine(['/*'])],
    none: before.length > 0 ? [globsMachine(before)] : [],
  }
}
