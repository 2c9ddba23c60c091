/**
 * Finds the secrets of an account in values that are not kept. Lives in memory only: it holds the secrets in clear, and
 * answers with fingerprints alone.
 */
import { compareText } from '#base/canonical.ts'
import { keyedFingerprint } from '#base/fingerprint.ts'
import { foldCase } from '#base/glob.ts'
import type { ResourceRecord } from './record.ts'
import { formsOf } from './seal/forms.ts'
import { looksLikeName } from './seal/names.ts'
import type { Secret } from './seal/places.ts'
import { needlesIn, shortestNeedle } from './seal/scrub.ts'
import { piecesOf } from './seal/text-pieces.ts'
import { secretsIn } from './seal.ts'
import { estimateText } from './strength/estimate.ts'
import { literalRuns, strengthOf } from './strength.ts'

/** A secret that stands in a text. */
export interface FoundToken {
  /** Keyed fingerprint of the secret after case folding, as `Sealed.folded`. */
  readonly fingerprint: string
  /** The text is the secret and nothing else. */
  readonly whole: boolean
}

export interface TokenFinder {
  /** How many different texts are looked for. */
  readonly count: number
  /** The secrets that stand in the text, in order of their fingerprints. */
  readonly find: (text: string) => readonly FoundToken[]
}

type Estimator = typeof estimateText

/** Estimates each text once: most tokens are sent and compared. */
const estimator = (): Estimator => {
  const known = new Map<string, ReturnType<Estimator>>()
  return text => {
    const estimate = known.get(text) ?? estimateText(text)
    known.set(text, estimate)
    return estimate
  }
}

/** From this many bits on a text is no word that stands elsewhere by chance. */
const tellingBits = 40

/** Below this many bits a value that no gate looks at is a setting (`x-cdn: 1`), which many places share by right. */
const settingBits = 32

/**
 * A published value is everybody's; of a pattern, the texts that every value it accepts must hold. `compared` has the
 * headers that gates look at.
 */
const textsOf = (
  { raw, dialect, header, escapes }: Secret,
  compared: ReadonlySet<string>,
  estimate: Estimator,
): readonly string[] => {
  const strength = strengthOf(raw, dialect, { escapes: escapes ?? false, estimate })
  if (raw === '' || strength.public) return []
  if (dialect === 'value')
    return strength.bits >= settingBits || compared.has(header) || compared.has('*') ? [raw] : []
  return literalRuns(raw, dialect, escapes).filter(run => run.length >= shortestNeedle || run === raw)
}

/** A word such as `test` stands in many texts by chance: it is compared with whole values only. */
const isTelling = (text: string, estimate: Estimator): boolean =>
  text.length >= shortestNeedle && !looksLikeName(text) && estimate(text).exact.bits >= tellingBits

/** By text: the fingerprints of the secrets that are, or demand, that text. */
const wantedIn = (
  secrets: readonly Secret[],
  key: Uint8Array,
  estimate: Estimator,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const compared = new Set(secrets.filter(s => s.dialect !== 'value').map(s => s.header))
  const wanted = new Map<string, Set<string>>()
  for (const secret of secrets)
    for (const text of textsOf(secret, compared, estimate)) {
      const own = wanted.get(text) ?? new Set<string>()
      wanted.set(text, own.add(keyedFingerprint(key, foldCase(secret.raw))))
    }
  return wanted
}

/** Letter case is ignored throughout: a load balancer takes the token in any. */
const byFoldedText = (
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const folded = new Map<string, Set<string>>()
  for (const [text, own] of wanted) {
    const all = folded.get(foldCase(text)) ?? new Set<string>()
    folded.set(foldCase(text), new Set([...all, ...own]))
  }
  return folded
}

const none: ReadonlySet<string> = new Set()

/** A finder of the secrets that stand in `records`, which are in clear. */
export const tokenFinder = (records: readonly ResourceRecord[], key: Uint8Array): TokenFinder => {
  const estimate = estimator()
  const wanted = wantedIn(secretsIn(records), key, estimate)
  const wholes = byFoldedText(wanted)
  const within = needlesIn(
    [...wanted.keys()]
      .filter(text => isTelling(text, estimate))
      .flatMap(text => formsOf(text).map(form => ({ text: form, name: text }))),
  )
  const find = (text: string): readonly FoundToken[] => {
    const whole = wholes.get(foldCase(text.trim())) ?? none
    const names = new Set(piecesOf(text).flatMap(piece => [...within(piece)]))
    const inside = [...names].flatMap(name => [...(wanted.get(name) ?? none)])
    return [...new Set([...whole, ...inside])]
      .sort(compareText)
      .map(fingerprint => ({ fingerprint, whole: whole.has(fingerprint) }))
  }
  return { count: wanted.size, find }
}
