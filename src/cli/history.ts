/** The history of a run: a file beside the seal key, without which fingerprints mean nothing to the next run. */
import { dirname, join } from 'node:path'
import { isProblem, openHistory } from '#history/store.ts'
import type { Remember, Remembered } from '#snapshot/sightings.ts'
import type { Settings } from './settings.ts'

const fileName = 'originproof-history.sqlite'

/** A history that cannot be used costs knowledge of ages and nothing else: the scan goes on. */
const warn = (problem: string): void => void process.stderr.write(`originproof: ${problem}\n`)

/**
 * Places are remembered under the id of the key: a value that another key sealed has another fingerprint, and would look
 * like one that was there before and is gone.
 */
const underKey = (key: string, place: string): string => `${key} ${place}`

const rememberIn =
  (file: string): Remember =>
  async (values, { observedAt, accounts, sealKey }) => {
    const history = await openHistory(file)
    if (isProblem(history)) {
      warn(history.problem)
      return []
    }
    try {
      const sightings = values.map(({ place, ...value }) => ({ ...value, origin: underKey(sealKey, place) }))
      const failed = history.record(sightings, observedAt)
      if (failed) warn(failed.problem)
      return accounts.flatMap((account): readonly Remembered[] => {
        const seen = history.seen(account)
        if (isProblem(seen)) {
          warn(seen.problem)
          return []
        }
        const prefix = underKey(sealKey, '')
        return seen
          .filter(s => s.origin.startsWith(prefix))
          .map(({ origin, ...rest }) => ({ ...rest, place: origin.slice(prefix.length) }))
      })
    } finally {
      history.close()
    }
  }

/** Null where none is wanted, or where the key is made anew for each run. */
export const historyOf = ({ history, sealKeyFile }: Settings): Remember | null => {
  if (history === false) return null
  if (sealKeyFile !== undefined) return rememberIn(history ?? join(dirname(sealKeyFile), fileName))
  if (history !== undefined)
    warn('No history is kept: fingerprints differ from run to run until the config names a sealKeyFile.')
  return null
}
