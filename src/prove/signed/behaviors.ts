/** Cache behaviours as languages of request paths: which paths each of them takes. */
import { globOf, type PathBehavior } from '#topology/path-reading.ts'
import { globsMachine } from '../language/glob-machine.ts'
import type { Machine } from '../language/machine.ts'

/** A behaviour of a distribution, and where it leads. */
export interface PathWay {
  /** All of the distribution in the order CloudFront tries them, the default behaviour last. */
  readonly behaviors: readonly PathBehavior[]
  readonly behavior: PathBehavior
  /** Put before the path of the request: empty, or with a slash first and none last. */
  readonly originPath: string
}

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
