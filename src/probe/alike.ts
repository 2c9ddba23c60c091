/** Whether two responses show the same content, and by which independent signs. */
import type { ProbeResponse } from './exchange.ts'

/** Independent signs that two responses come from the same application. */
export type Sign = 'entity tag' | 'last modified and length' | 'body' | 'cookie names' | 'application headers'

/** Share of common shingles from which two bodies count as one page with moving parts. */
const similar = 0.9

const valuesOf = (r: ProbeResponse, name: string): readonly string[] =>
  r.headers.filter(([n]) => n === name).map(([, v]) => v)

/** The first value of a kept header; null where it is absent. */
export const headerOf = (r: ProbeResponse, name: string): string | null => valuesOf(r, name)[0] ?? null

/** Overlap of two bottom-k sketches, 0 to 1: the share of the smallest hashes of the union that both have. */
export const overlap = (a: readonly string[], b: readonly string[]): number => {
  const size = Math.min(128, Math.max(a.length, b.length))
  const [left, right] = [new Set(a), new Set(b)]
  const union = [...new Set([...a, ...b])].sort().slice(0, size)
  return union.length === 0 ? 0 : union.filter(h => left.has(h) && right.has(h)).length / union.length
}

/** Equal or nearly equal bodies, whatever their size: how negative controls are compared. */
const sameBody = (a: ProbeResponse, b: ProbeResponse): boolean =>
  a.bodyHash === b.bodyHash || overlap(a.shingles, b.shingles) >= similar

/** Equal status and body: the two answers cannot be told apart. */
export const alike = (a: ProbeResponse, b: ProbeResponse): boolean => a.status === b.status && sameBody(a, b)

const equalHeader = (a: ProbeResponse, b: ProbeResponse, name: string): boolean =>
  headerOf(a, name) !== null && headerOf(a, name) === headerOf(b, name)

const strongTag = (r: ProbeResponse): string | null => {
  const tag = headerOf(r, 'etag')
  return tag === null || /^w\//i.test(tag) ? null : tag
}

/** Bodies too small to mean anything have no shingles. */
const bodyCounts = (r: ProbeResponse): boolean => r.shingles.length > 0

const applicationHeaders = [
  'content-language',
  'content-type',
  'referrer-policy',
  'server',
  'x-content-type-options',
  'x-frame-options',
  'x-powered-by',
]

/** What CloudFront, the load balancer and S3 put where the application says nothing. */
const isInfrastructure = (name: string, value: string): boolean =>
  name === 'server' && /^(?:cloudfront|awselb|amazons3)/i.test(value)

const applicationSet = (r: ProbeResponse): readonly string[] =>
  r.headers
    .filter(([name, value]) => applicationHeaders.includes(name) && !isInfrastructure(name, value))
    .map(([name, value]) => `${name}: ${value.toLowerCase()}`)
    .sort()

/** At least two headers, and not only the content type. */
const sameApplicationSet = (a: ProbeResponse, b: ProbeResponse): boolean => {
  const set = applicationSet(a)
  return set.length >= 2 && JSON.stringify(set) === JSON.stringify(applicationSet(b))
}

const sameCookies = (a: ProbeResponse, b: ProbeResponse): boolean => {
  const names = valuesOf(a, 'set-cookie').toSorted()
  return names.length > 0 && JSON.stringify(names) === JSON.stringify(valuesOf(b, 'set-cookie').toSorted())
}

/** Of the whole body: as the server says, which answers to HEAD do as well, else as it came. */
const lengthOf = (r: ProbeResponse): number => Number(headerOf(r, 'content-length') ?? r.bodyBytes)

/** The signs on which two responses agree. */
const signsOf = (a: ProbeResponse, b: ProbeResponse): readonly Sign[] => {
  const signs: Readonly<Record<Sign, boolean>> = {
    'entity tag': strongTag(a) !== null && strongTag(a) === strongTag(b),
    'last modified and length':
      equalHeader(a, b, 'last-modified') && lengthOf(a) === lengthOf(b) && lengthOf(a) > 0,
    body: bodyCounts(a) && bodyCounts(b) && sameBody(a, b),
    'cookie names': sameCookies(a, b),
    'application headers': sameApplicationSet(a, b),
  }
  return (Object.keys(signs) as Sign[]).filter(sign => signs[sign])
}

const aboutContent: readonly Sign[] = ['entity tag', 'last modified and length', 'body']

/**
 * The signs where they are enough to say that it is the same page: the same status, two signs or more, and one of them
 * about the content. Otherwise null.
 */
export const samePage = (a: ProbeResponse, b: ProbeResponse): readonly Sign[] | null => {
  const signs = signsOf(a, b)
  const enough = a.status === b.status && signs.length >= 2 && signs.some(s => aboutContent.includes(s))
  return enough ? signs : null
}
