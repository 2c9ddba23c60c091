/** A token life of which nothing was read and nothing is missing. */
import type { TokenLife } from '#topology/model/life.ts'

export const noLife: TokenLife = {
  secrets: { items: [], gaps: [] },
  parameters: { items: [], gaps: [] },
  functions: { items: [], gaps: [] },
  schedules: { items: [], gaps: [] },
  runs: [],
  changes: { items: [], since: null, asked: [], gaps: [] },
  sightings: [],
  modified: {},
  created: {},
}
