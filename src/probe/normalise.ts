/** The part of a page that stays the same between two visits: nonces, tokens, times and ids taken out. */

/** Names of form fields and meta elements that hold a value per visit. */
const fieldPerVisit = /csrf|xsrf|token|nonce|viewstate|eventvalidation/i

/** Drops the form fields and meta elements whose attributes say that they hold a token. */
const withoutTokenFields = (text: string): string =>
  text
    .split('<')
    .map(part => {
      const end = part.indexOf('>')
      const isField = end >= 0 && /^(?:input|meta)\b/i.test(part)
      return isField && fieldPerVisit.test(part.slice(0, end)) ? `field${part.slice(end)}` : part
    })
    .join('<')

/** Whatever else changes per response; each is replaced by a mark of its kind. Every pattern runs in linear time. */
const volatile: readonly (readonly [pattern: RegExp, mark: string])[] = [
  // A content security policy in the page.
  [/'nonce-[A-Za-z0-9+/=_-]{1,256}'/g, 'nonce'],
  // Attribute, JSON or script: a name that says token or nonce, or id of a request.
  [
    /(csrf|xsrf|nonce|request[_-]?id|trace[_-]?id|correlation[_-]?id)[\w-]{0,32}["']?\s{0,4}[:=]\s{0,4}["']?[A-Za-z0-9+/=_.:;-]{1,512}/gi,
    '$1',
  ],
  // Errors of S3.
  [/<(RequestId|HostId)>[^<]{0,512}</g, '<$1<'],
  [/\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}/gi, 'trace'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, 'uuid'],
  // Times: ISO 8601, RFC 1123, clock, epoch seconds and milliseconds of this century.
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/g, 'time'],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(?: GMT)?/g, 'time'],
  [/\b\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?\b/g, 'time'],
  [/\b1\d{9}(?:\d{3})?\b/g, 'time'],
]

/** The text without what changes per response, white space collapsed. Linear in the length of the text. */
export const normaliseText = (text: string): string =>
  volatile
    .reduce((left, [pattern, mark]) => left.replace(pattern, mark), withoutTokenFields(text))
    .replace(/\s+/g, ' ')
    .trim()
