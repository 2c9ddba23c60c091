/** The worlds of the benchmark by name, so that a child process can be told which to build. */
import type { World } from '#lab/world.ts'
import { demoWorld } from '../../fixtures/worlds/demo.ts'
import { estateWorld } from './estate.ts'

/** `demo`, or a number of distributions. */
export type WorldName = 'demo' | number

export const worldNamed = (name: WorldName): World => (name === 'demo' ? demoWorld : estateWorld(name))
