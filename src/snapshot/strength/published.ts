/** Values that everybody knows: what CloudFront sends for every customer, and the examples of documentation. */
import { createHash } from 'node:crypto'
import { foldCase, type GlobToken } from '#base/glob.ts'
import { likeliestWords } from './words.ts'

/**
 * Whole values, folded. CloudFront's own User-Agent is documented under "Request and response behavior for custom
 * origins"; the random-value one stands in "Restrict access to Application Load Balancers".
 */
const values: ReadonlySet<string> = new Set([
  'amazon cloudfront',
  'amazon-cloudfront',
  'cloudfront',
  'random-value-1234567890',
  'your-secret-value',
  'mysecretvalue',
])

export const isPublished = (tokens: readonly GlobToken[]): boolean => {
  // `*cloudfront*` is met by what CloudFront sends for everyone.
  const literal = tokens.map(t => (t === '*' || t === '?' ? '' : t.literal)).join('')
  return values.has(foldCase(literal).trim())
}

let digests: ReadonlySet<string> | undefined

const load = (): ReadonlySet<string> =>
  new Set(
    ['', ...likeliestWords(2000)].flatMap(word =>
      ['md5', 'sha1', 'sha256'].map(algorithm => createHash(algorithm).update(word).digest('hex')),
    ),
  )

/** Whether the text is the hex digest of a word that everybody tries. Other digests look like random digits. */
export const isKnownDigest = (text: string): boolean => {
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)) return false
  digests ??= load()
  return digests.has(text.toLowerCase())
}
