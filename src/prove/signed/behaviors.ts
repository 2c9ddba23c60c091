/** Cache behaviours as languages of request paths: which paths each of them takes. */
import { globsMachine } from '../language/glob-machine.ts'
import type { Machine } from '../language/machine.ts'

/** A cache behaviour, as far as paths go. */
export interface PathBehavior {
  /** Ignored for the default behaviour, which takes all paths. */
  readonly pathPattern: string
  readonly isDefault: boolean
}

/** A behaviour of a distribution, and where it leads. */
export interface PathWay {
  /** All of the distribution in the order CloudFront tries them, the default behaviour last. */
  readonly behaviors: readonly PathBehavior[]
  readonly behavior: PathBehavior
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
export const takenBy = ({ behaviors, behavior }: PathWay, slashFirst: boolean): Taken => {
  const before = behaviors.slice(0, behaviors.indexOf(behavior)).map(b => globOf(b, slashFirst))
  return {
    all: [globsMachine([globOf(behavior, slashFirst)]), globsMachine(['/*'])],
    none: before.length > 0 ? [globsMachine(before)] : [],
  }
}
