/** Strings that try to leave their place, and a result in which every free text is one of them. */
import type { ScanResult } from '#findings/result.ts'
import { richResult } from './scan-result.ts'

export const hostileStrings: Readonly<Record<string, string>> = {
  image: '<img src=x onerror=alert(1)>',
  attribute: '" autofocus onfocus="alert(1)" x="',
  'single quote': "' onclick='alert(1)' x='",
  script: '</script><script>alert(1)</script>',
  style: '</style><script>alert(1)</script>',
  title: '</title><svg onload=alert(1)>',
  comment: '<!-- --!> --> ]]> &lt;b&gt;',
  'markdown link': '[click](javascript:alert(1)) ![x](https://example.net/pixel.png) <b>bold</b>',
  'script address': 'javascript:alert(1)',
  colour:
    '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;https://example.net\u001b\\link\u001b]8;;\u001b\\ \u009b31m',
  'carriage return': 'harmless\rCRITICAL everything is fine',
  newline: 'one\ntwo\r\n::error file=app.js::injected\n\u2028three\u2029four',
  tab: 'a\tb\vc\fd\u0085e',
  null: 'a\u0000b\u0008c\u007fd',
  bidi: '\u202egnp.exe\u202c \u2066isolated\u2069 \u200fright \u061cletter',
  'zero width': 'zero\u200bwidth\u200djoin\ufeff\u2060\u00ad\u{e0041}tag',
  'lone surrogate': 'half \ud83d pair \udc00',
  'wide and combining': `${'界'.repeat(60)} e${'\u0301'.repeat(40)}`,
  shell: '\'; touch /tmp/owned; $(id) `id` \\ " ! #',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text under test.
  placeholders: '{0} ${{ github.token }} %0A %s $ORIGIN_TOKEN',
  '64 KB word': 'x'.repeat(65_536),
  '64 KB of escapes': '\u001b]'.repeat(32_768),
  '64 KB of markup': '<b>'.repeat(21_846),
  '64 KB of brackets': '['.repeat(65_536),
  empty: '',
}

/** Keys whose values are words of the format, not texts of the account. */
const words = new Set([
  'alphabet',
  'code',
  'fingerprint',
  'fit',
  'kind',
  'method',
  'outcome',
  'partOf',
  'recipe',
  'rule',
  'scheme',
  'severity',
  'standard',
  'surface',
  'vantage',
  'verdict',
  'version',
  'role',
  'bodyHash',
  'causes',
])

const poisoned = (value: unknown, key: string, poison: (text: string) => string): unknown => {
  if (typeof value === 'string') return words.has(key) || isWord(key, value) ? value : poison(value)
  if (Array.isArray(value)) return value.map(item => poisoned(item, key, poison))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poisoned(v, k, poison)]))
}

/** `reason` and `name` are words in one place and texts in another. */
const isWord = (key: string, value: string): boolean =>
  (key === 'reason' && value === 'connect-timeout') || (key === 'name' && value === 'originproof')

/** Every free text starts with the hostile string; what pointed at each other still does. */
export const hostileResult = (hostile: string): ScanResult =>
  poisoned(
    hostile.length > 1000 ? smaller(richResult()) : richResult(),
    '',
    text => hostile + text,
  ) as ScanResult

/** Long strings in every text of fewer things: the same places, less to wait for. */
const smaller = (result: ScanResult): ScanResult => ({
  ...result,
  links: result.links.slice(0, 3),
  findings: result.findings.filter(f => f.links.some(id => /E1|E2|E5/.test(id))),
  rules: result.rules.slice(0, 2),
})
