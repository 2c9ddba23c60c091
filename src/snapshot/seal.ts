/**
 * Seals secrets at the door: raw values become fingerprints, and what can only be told with the value in hand (strength,
 * which patterns it meets) is told now.
 *
 * Two passes. The first collects every secret of all records, because a value meets patterns of other records. The second
 * rebuilds the records with sealed values in their places, and takes the same values out of every other text: a token
 * repeated in a tag, a comment or a redirect would otherwise leave with the snapshot.
 */
import { keyedFingerprint } from '#base/fingerprint.ts'
import { foldCase } from '#base/glob.ts'
import type { ResourceRecord } from './record.ts'
import { withoutPasswords } from './seal/basic-auth.ts'
import { derivation } from './seal/derived.ts'
import { withoutCode } from './seal/function-code.ts'
import { type Meeting, meetings } from './seal/meets.ts'
import { isIdentityField } from './seal/names.ts'
import type { Secret, Visit } from './seal/places.ts'
import { type RepeatScrubbers, repeatScrubbers } from './seal/repeats.ts'
import { type Rewrite, walk } from './seal/walk.ts'
import { patternId, type Sealed } from './sealed.ts'
import { estimateText } from './strength/estimate.ts'
import { type Strength, strengthOf } from './strength.ts'

/** A value that is, or follows from, the name of a resource: a guesser reads it in DNS or a certificate. */
const resourceNameBits = 16

const identityOf = (secret: Secret): string =>
  JSON.stringify([secret.header, secret.dialect, secret.escapes ?? false, secret.raw])

/** The parts of a record that AWS does not choose from a fixed list. */
const rebuilt = (record: ResourceRecord, visit: Visit, rewrite: Rewrite): ResourceRecord => {
  const { record: kind, type, account, region, ...rest } = record
  return { record: kind, type, account, region, ...(walk(rest, visit, rewrite) as typeof rest) }
}

interface Collected {
  /** By identity, each once. */
  readonly secrets: ReadonlyMap<string, Secret>
  /** Folded texts of the fields that identify things. */
  readonly names: ReadonlySet<string>
}

const collected = (resources: readonly ResourceRecord[]): Collected => {
  const secrets = new Map<string, Secret>()
  const names = new Set<string>()
  const visit: Visit = secret => {
    secrets.set(identityOf(secret), secret)
    return null
  }
  const rewrite: Rewrite = (text, key) => {
    if (isIdentityField(key)) names.add(foldCase(text))
    return text
  }
  for (const record of resources) rebuilt(record, visit, rewrite)
  return { secrets, names }
}

/** Every secret of the records in clear, each once: for comparing in memory, never to be kept. */
export const secretsIn = (records: readonly ResourceRecord[]): readonly Secret[] => [
  ...collected(records).secrets.values(),
]

const remembered = <A>(f: (text: string) => A): ((text: string) => A) => {
  const known = new Map<string, A>()
  return text => {
    const old = known.get(text)
    if (old !== undefined) return old
    const value = f(text)
    known.set(text, value)
    return value
  }
}

/** Sent values, and patterns that are a text someone can send as it stands: those meet patterns. */
const isText = ({ dialect, raw }: Secret): boolean =>
  dialect === 'value' ||
  dialect === 'nginx:=' ||
  (dialect === 'alb-glob' && !/[*?]/.test(raw)) ||
  (dialect.startsWith('waf:') && !dialect.startsWith('waf:REGEX'))

const nothing: Meeting = { meets: [], mayMeet: [] }

/** The resources with every secret sealed, and what takes the same secrets out of any other text or name. */
export const seal = (
  records: readonly ResourceRecord[],
  key: Uint8Array,
): { readonly resources: readonly ResourceRecord[]; readonly scrub: RepeatScrubbers } => {
  const resources = withoutPasswords(withoutCode(records, key), key)
  const { secrets, names } = collected(resources)
  const all = [...secrets.values()]
  const fingerprint = remembered(text => keyedFingerprint(key, text))
  const estimate = remembered(estimateText)
  const derived = derivation(names)

  const strength = (secret: Secret): Strength => {
    const own = strengthOf(secret.raw, secret.dialect, { estimate, escapes: secret.escapes ?? false })
    const weakness = own.bits <= resourceNameBits ? undefined : derived(secret.raw)
    if (weakness === undefined) return own
    return { ...own, bits: resourceNameBits, exactBits: resourceNameBits, weakness }
  }
  const idOf = ({ dialect, raw }: Secret): string => patternId({ dialect, sealed: fingerprint(raw) })
  const patterns = all.filter(s => s.dialect !== 'value' && s.header !== '')
  const meet = meetings(
    patterns.map(s => ({ raw: s.raw, dialect: s.dialect, header: s.header, id: idOf(s) })),
  )

  const sealed = new Map<string, Sealed>()
  for (const [identity, secret] of secrets) {
    sealed.set(identity, {
      sealed: fingerprint(secret.raw),
      folded: fingerprint(foldCase(secret.raw)),
      dialect: secret.dialect,
      ...strength(secret),
      ...(isText(secret) ? meet(secret.header, secret.raw) : nothing),
    })
  }
  const scrub = repeatScrubbers(all, names, fingerprint, text => estimate(text).exact.bits)
  const rewrite: Rewrite = (text, field) => (isIdentityField(field) ? scrub.identity(text) : scrub.text(text))
  const visit: Visit = secret => sealed.get(identityOf(secret))
  return { resources: resources.map(r => rebuilt(r, visit, rewrite)), scrub }
}

/**
 * The resources with every secret sealed under `key`, in the order given. The same key and values give the same result
 * whatever the order; sealing again changes nothing.
 */
export const sealResources = (
  resources: readonly ResourceRecord[],
  key: Uint8Array,
): readonly ResourceRecord[] => seal(resources, key).resources
