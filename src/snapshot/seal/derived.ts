/** Values that follow from the names of the estate: a guesser reads those in DNS, certificates and ARNs. */
import { createHash } from 'node:crypto'
import { foldCase } from '#base/glob.ts'

/** By the length of their hex digits. */
const algorithms: Readonly<Record<number, string>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' }

/** Why the text is easily guessed, given all names, folded; undefined where it does not follow from one of them. */
export const derivation = (names: ReadonlySet<string>): ((text: string) => string | undefined) => {
  const digests = new Map<string, ReadonlySet<string>>()
  const digestsBy = (algorithm: string): ReadonlySet<string> => {
    const known =
      digests.get(algorithm) ??
      new Set([...names].map(name => createHash(algorithm).update(name).digest('hex')))
    digests.set(algorithm, known)
    return known
  }
  return text => {
    const folded = foldCase(text)
    if (names.has(folded)) return 'name of a resource'
    const algorithm = /^[0-9a-f]+$/.test(folded) ? algorithms[folded.length] : undefined
    return algorithm !== undefined && digestsBy(algorithm).has(folded)
      ? 'digest of the name of a resource'
      : undefined
  }
}
