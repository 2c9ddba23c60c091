/** Seals the snippets of a test as the door does. */
import { keyedFingerprint } from '#base/fingerprint.ts'
import { foldCase } from '#base/glob.ts'
import { sealSnippet, snippetSecrets } from '#snapshot/nginx/snippet.ts'
import { patternMatch } from '#snapshot/seal/pattern.ts'
import { type Dialect, patternId, type Sealed, sealedName } from '#snapshot/sealed.ts'
import { strengthOf } from '#snapshot/strength.ts'
import type { Snippet } from '#topology/model/kubernetes.ts'

const key = new Uint8Array(32).fill(7)

const sealedAs = (raw: string, dialect: Dialect): Sealed => ({
  sealed: keyedFingerprint(key, raw),
  folded: keyedFingerprint(key, foldCase(raw)),
  dialect,
  ...strengthOf(raw, dialect),
  meets: [],
  mayMeet: [],
})

export const sealedSnippet = (text: string): Snippet =>
  sealSnippet(text, ({ raw, dialect }) => sealedAs(raw, dialect))

/** The token as CloudFront sends it, with the patterns of these texts that it meets. */
export const sealedToken = (token: string, texts: readonly string[]): Sealed => {
  const patterns = texts.flatMap(snippetSecrets).filter(s => s.dialect !== 'value')
  const met = (truth: boolean | 'unknown'): readonly string[] =>
    patterns
      .filter(p => patternMatch(p.dialect, p.raw)(token) === truth)
      .map(p => patternId({ dialect: p.dialect, sealed: keyedFingerprint(key, p.raw) }))
  return { ...sealedAs(token, 'value'), meets: met(true), mayMeet: met('unknown') }
}

/** What stands behind the names of sealed values in witnesses. */
export const rawByName = (texts: readonly string[]): ReadonlyMap<string, string> =>
  new Map(texts.flatMap(snippetSecrets).map(s => [`\${${sealedName(sealedAs(s.raw, s.dialect))}}`, s.raw]))
