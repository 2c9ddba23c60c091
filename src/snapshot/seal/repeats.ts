/** Which secrets are looked for outside their places, and where: a word must not be torn out of names that joins go by. */
import { compareText } from '#base/canonical.ts'
import { foldCase } from '#base/glob.ts'
import { sealedName } from '../sealed.ts'
import { literalRuns } from '../strength.ts'
import { formsOf } from './forms.ts'
import { looksLikeName } from './names.ts'
import type { Secret } from './places.ts'
import { type Needle, scrubber, shortestNeedle } from './scrub.ts'

/** From this many bits on a text is no word that stands elsewhere by chance. */
const tellingBits = 40
/** From this many bits on a text is taken out of ARNs, ids and names as well. */
const tellingInNames = 80

export interface RepeatScrubbers {
  /** For texts of any kind. */
  readonly text: (text: string) => string
  /** For fields that identify things. */
  readonly identity: (text: string) => string
}

/** Text to the name that is written in its place: whole values first, then the literal parts of patterns. */
const wanted = (
  secrets: readonly Secret[],
  fingerprint: (text: string) => string,
): ReadonlyMap<string, string> => {
  const whole = new Map(secrets.map(s => [s.raw, fingerprint(s.raw)]))
  const parts = new Map<string, string>()
  for (const { raw, dialect, escapes } of secrets) {
    for (const run of literalRuns(raw, dialect, escapes)) {
      const [known, own] = [parts.get(run), fingerprint(raw)]
      if (!whole.has(run) && (known === undefined || compareText(own, known) < 0)) parts.set(run, own)
    }
  }
  return new Map([...parts, ...whole])
}

/** `names` are the folded identifying texts of the estate, `bits` the strength of a literal text. */
export const repeatScrubbers = (
  secrets: readonly Secret[],
  names: ReadonlySet<string>,
  fingerprint: (text: string) => string,
  bits: (text: string) => number,
): RepeatScrubbers => {
  const [needles, strong]: [Needle[], Needle[]] = [[], []]
  for (const [text, own] of wanted(secrets, fingerprint)) {
    if (text.length < shortestNeedle || looksLikeName(text)) continue
    const strength = bits(text)
    if (strength < tellingBits || (strength < tellingInNames && names.has(foldCase(text)))) continue
    const forms = formsOf(text).map(form => ({ text: form, name: `[${sealedName({ sealed: own })}]` }))
    needles.push(...forms)
    if (strength >= tellingInNames) strong.push(...forms)
  }
  return { text: scrubber(needles), identity: scrubber(strong) }
}
