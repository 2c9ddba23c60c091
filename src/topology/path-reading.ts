/** How CloudFront may read a request's path before it compares it with path patterns, and which behaviour then takes it. */
import { matchesGlob } from '#base/glob.ts'

/**
 * Documented is normalisation by RFC 3986, after which the path goes to the origin as it came; the others are kept in case
 * it does more or less than that.
 * Source: CloudFront Developer Guide, "Path pattern".
 */
export const encodings = ['rfc-3986', 'all-decoded', 'as-sent'] as const
export type Encoding = (typeof encodings)[number]

export interface PathReading {
  readonly encoding: Encoding
  /** Whether a slash is understood before a pattern that begins with a star, which is not said. */
  readonly slashFirst: boolean
}

/** A cache behaviour, as far as paths go. */
export interface PathBehavior {
  /** Ignored for the default behaviour, which takes all paths. */
  readonly pathPattern: string
  readonly isDefault: boolean
}

const unreserved = /^[\w\-.~]$/

/** What CloudFront compares where `written` is one character of a path, or one percent-encoded. */
export const readCharacter = (written: string, encoding: Encoding): string => {
  if (encoding === 'as-sent' || !/^%[0-7][0-9A-F]$/i.test(written)) return written
  const c = String.fromCharCode(Number.parseInt(written.slice(1), 16))
  return encoding === 'all-decoded' || unreserved.test(c) ? c : written
}

/** The globs of a behaviour. A slash at the beginning may be left out. */
export const globOf = ({ isDefault, pathPattern }: PathBehavior, slashFirst: boolean): string => {
  if (isDefault) return '/*'
  if (pathPattern.startsWith('/')) return pathPattern
  return pathPattern.startsWith('*') && !slashFirst ? pathPattern : `/${pathPattern}`
}

/** Whether the two readings of a leading star differ for the pattern. */
const starMatters = ({ isDefault, pathPattern }: PathBehavior): boolean =>
  !isDefault && /^\*+[/?]/.test(pathPattern)

/** Every reading that makes a difference to these behaviours, the documented one first. */
export const readingsFor = (behaviors: readonly PathBehavior[]): readonly PathReading[] => {
  const stars = behaviors.some(starMatters) ? [false, true] : [true]
  return encodings.flatMap(encoding => stars.map(slashFirst => ({ encoding, slashFirst })))
}

/** The behaviour that takes the path, query left out; `behaviors` in CloudFront's order, the default one last. */
export const takerOf = <B extends PathBehavior>(
  behaviors: readonly B[],
  path: string,
  { encoding, slashFirst }: PathReading,
): B | undefined => {
  const bare = path.split('?', 1)[0] ?? ''
  const seen = bare.replaceAll(/%[0-9A-F]{2}/gi, code => readCharacter(code, encoding))
  return behaviors.find(b => b.isDefault || matchesGlob(globOf(b, slashFirst), seen))
}

/** Whether this path goes to a behaviour that asks for no signature, if CloudFront reads paths so. */
export const passesUnsigned = (
  behaviors: readonly (PathBehavior & { readonly signed: boolean })[],
  path: string,
  reading: PathReading,
): boolean => takerOf(behaviors, path, reading)?.signed === false
