/** Other spellings of signed paths: which are asked for, and what their answers say of how CloudFront reads paths. */
import type { LinkExposure, Twin } from '#prove/exposure.ts'
import { type PathReading, takerOf } from '#topology/path-reading.ts'
import { headerOf } from './alike.ts'
import { originPath } from './edge-path.ts'
import type { Exchange, ProbeResponse, Spelling } from './exchange.ts'
import { isSafePath } from './safe-path.ts'
import { missesSignature } from './service-error.ts'
import { seededWord } from './words.ts'

/** Of this link, within its distribution, and decided by nothing but how CloudFront reads paths. */
const byReadingAlone = ({ link, twins }: LinkExposure): readonly Twin[] =>
  twins.found.filter(
    ({ readings, signed, unsigned }) =>
      readings.length > 0 && signed.link === link.id && unsigned.arn === link.distribution.ref.arn,
  )

/** Whether two paths are taken as the twin says, under every reading that it is one under. */
const isLike = (
  { link: { distribution } }: LinkExposure,
  { readings, signed, unsigned }: Twin,
  signedPath: string,
  unsignedPath: string,
): boolean => {
  const takes = (path: string, pattern: string) => (reading: PathReading) =>
    takerOf(distribution.behaviors, path, reading)?.pathPattern === pattern
  return (
    readings.every(takes(signedPath, signed.pathPattern)) &&
    readings.every(takes(unsignedPath, unsigned.pathPattern))
  )
}

/** The twin's request that needs no signature; for a made-up object, where the pattern leaves room for one. */
const askedFor = (exposure: LinkExposure, twin: Twin, seed: string): string => {
  const word = seededWord(seed, `${exposure.link.id} spelled ${twin.unsignedPath}`, 24, 'lower')
  const [signed, unsigned] = [twin.signedPath + word, twin.unsignedPath + word]
  return isLike(exposure, twin, signed, unsigned) ? unsigned : twin.unsignedPath
}

/** Paths that some reading of CloudFront's takes to a behaviour that asks for no signature: the answer tells the readings apart. */
export const spellingsOf = (exposure: LinkExposure, seed: string): readonly string[] => [
  ...new Set(
    byReadingAlone(exposure)
      .map(twin => askedFor(exposure, twin, seed))
      .filter(path => isSafePath(originPath(exposure.link, path))),
  ),
]

/** S3 answers under its own name, and CloudFront passes that on. */
const isOfS3 = (response: ProbeResponse): boolean =>
  /^amazons3$/i.test(headerOf(response, 'server') ?? '') &&
  (response.error === 'AccessDenied' ||
    response.error === 'NoSuchKey' ||
    (response.status >= 200 && response.status <= 299))

/**
 * What the answer to an exchange in the role `S-twin` says: CloudFront misses a signature, or the bucket was asked without
 * one. S3 decodes a path once, so that the bucket is asked for the object that needs a signature. Null where neither shows:
 * what another origin answers may be about anything.
 */
export const spellingAnswer = (
  { link: { target } }: LinkExposure,
  { outcome }: Exchange,
): Spelling['answer'] | null => {
  if (outcome.kind !== 'response') return null
  if (missesSignature(outcome.response)) return 'refused'
  return target.kind === 'bucket' && isOfS3(outcome.response) ? 'passed' : null
}

/** The twin that this request is one of; null where something else is open about it. */
export const twinAsked = (exposure: LinkExposure, path: string): Twin | null =>
  byReadingAlone(exposure).find(
    twin =>
      twin.because.length === 1 &&
      path.startsWith(twin.unsignedPath) &&
      isLike(exposure, twin, twin.signedPath + path.slice(twin.unsignedPath.length), path),
  ) ?? null
