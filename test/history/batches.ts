/** Batches of sightings that can be recognised: all of one number, or none, must be in the store. */
import type { Sighting } from '#history/store.ts'

export const account = '111122223333'
export const batchSize = 20
const start = Date.parse('2026-01-01T00:00:00Z')

export const batchTime = (n: number): string => new Date(start + n * 1000).toISOString()

export const batch = (n: number): readonly Sighting[] =>
  Array.from({ length: batchSize }, (_, i) => ({
    fingerprint: `batch-${n}`,
    account,
    origin: `origin-${i}`,
    header: 'X-Auth-Token',
  }))
