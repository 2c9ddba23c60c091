/** The requests that settle a link where one path is not enough: each of several through the edge and directly. */
import type { LinkExposure } from '#prove/exposure.ts'
import { type Draft, direct, edge, requestsPerLink, type Setting } from './draft.ts'
import { missingPath, objectPaths, originPath, pagePaths } from './edge-path.ts'
import type { Entry } from './entry.ts'
import { distinct } from './link-plan.ts'
import { sendableWitness, witnessRequest } from './witness-request.ts'
import { seededWord } from './words.ts'

/** Whether the link is judged by one of several paths, which the answers choose (`one-path.ts`). */
export const takesSeveralPaths = ({ kind }: Entry): boolean => kind === 'bucket' || kind === 'api'

/**
 * Which objects a bucket holds, and what an API answers where, is not read, so that several paths are asked for; of those
 * that the edge serves one is judged. HEAD of a bucket, as the object itself is not wanted; what S3 says of one that is not
 * there is read in full.
 */
export const planPaths = (
  { link, internet }: LinkExposure,
  entry: Entry,
  seed: string,
  most: number,
): readonly Draft[] => {
  const { doors } = entry
  const witness = sendableWitness(internet.witness)
  const missing = missingPath(link, seededWord(seed, `${link.id} path`, 24, 'lower'))
  const total = Math.min(most, requestsPerLink)
  const room = total - (missing === null ? 0 : 2) - (witness === null ? 0 : 1)
  const paths = (entry.kind === 'bucket' ? objectPaths : pagePaths)(link, witness?.path ?? null).slice(
    0,
    Math.max(1, Math.floor(room / (2 + doors.length))),
  )
  const settings = paths.map((path): Setting => ({ link, entry, seed, path }))
  const [first] = settings
  if (first === undefined) return []
  const asks = distinct([
    ...(witness === null ? [] : [{ link: link.id, ...witnessRequest(witness, doors) }]),
    ...settings.flatMap(setting =>
      doors.map(door =>
        direct(setting, door, { recipe: 'R1', role: 'W', method: entry.kind === 'bucket' ? 'HEAD' : 'GET' }),
      ),
    ),
    ...(missing === null
      ? []
      : [
          edge(first, 'N1-edge', missing),
          direct(first, doors[0], { recipe: 'control', role: 'N1-direct', path: originPath(link, missing) }),
        ]),
  ])
  const positives = settings.map(setting => edge(setting, 'P'))
  return [...positives, ...asks.slice(0, Math.max(0, total - 2 * positives.length)), ...positives]
}
