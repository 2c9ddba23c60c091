/** Values are found in texts by their fingerprints, in whatever form, and nothing else is. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { keyedFingerprint } from '#base/fingerprint.ts'
import { foldCase } from '#base/glob.ts'
import { sealedFinder } from '#snapshot/find-sealed.ts'
import { alphabetOf } from '#snapshot/strength/alphabet.ts'

const key = Buffer.alloc(32, 9)
const wanted = (value: string) => ({
  folded: keyedFingerprint(key, foldCase(value)),
  length: value.length,
  alphabet: alphabetOf(value),
})
const found = (text: string, ...values: readonly string[]) =>
  sealedFinder(
    values.map(wanted),
    key,
  )(text)?.map(f => [values.find(v => wanted(v).folded === f.folded), f.form]) ?? []

const values = fc.oneof(
  fc.stringMatching(/^[0-9a-f]{16,40}$/),
  fc.stringMatching(/^[A-Za-z0-9]{12,40}$/),
  fc.stringMatching(/^[A-Za-z0-9+/]{12,40}={0,2}$/),
  fc.stringMatching(/^[!-~]{12,40}$/),
)
const around = fc.string({ maxLength: 60 })
const html = (text: string) => text.replace(/[^A-Za-z0-9]/g, c => `&#${c.charCodeAt(0)};`)
const percent = (text: string) =>
  text.replace(/[^A-Za-z0-9]/g, c => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
const json = (text: string) => JSON.stringify(text).slice(1, -1)
const unicode = (text: string) =>
  text.replace(/[^A-Za-z0-9]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

const forms: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', text => text],
  ['in capitals', text => text.toUpperCase()],
  ['as HTML', html],
  ['as a query', percent],
  ['as JSON', json],
  ['as JSON in JSON', text => json(json(text))],
  ['as escapes', unicode],
  ['in hex', text => Buffer.from(text).toString('hex')],
]

it('is not said to be missing from a text with more places than are looked at', { timeout: 120_000 }, () => {
  const value = 'k3Vb7QnK2xTj9RwLzC4mYhF8'
  const long = Array.from({ length: 400_000 }, (_, i) => (60_466_176 + i * 7919).toString(36)).join('')
  const find = sealedFinder([wanted(value)], key)
  expect(find(long.slice(0, 20_000))).toEqual([])
  expect(find(long)).toBeNull()
})

describe('a value in a text', () => {
  it.each(forms)('is found %s, whatever stands around it', (_, write) => {
    fc.assert(
      fc.property(values, around, around, (value, before, after) => {
        const text = `${write(before)} ${write(value)} ${write(after)}`
        expect(found(text, value).map(([v]) => v)).toEqual([value])
      }),
      { numRuns: 60 },
    )
  })

  test.prop([values, fc.stringMatching(/^[ -~]{0,5}$/), fc.stringMatching(/^[ -~]{0,5}$/)], { numRuns: 100 })(
    'is found as Base64 at any alignment, URL-safe or not',
    (value, before, after) => {
      const bytes = Buffer.from(`${before} ${value} ${after}`)
      for (const encoding of ['base64', 'base64url'] as const)
        expect(found(`<code>${bytes.toString(encoding)}</code>`, value).map(([v]) => v)).toEqual([value])
    },
  )

  test.prop([values, values], { numRuns: 60 })('is not found where another stands', (value, other) => {
    fc.pre(!foldCase(other).includes(foldCase(value)) && value !== other)
    expect(found(`x-origin-verify: ${other}`, value)).toEqual([])
  })

  it('is told from others of its length and named once, in its plainest form', () => {
    const [a, b] = ['hR4nVt9XqLc2MzKb7WdJ8sPf', 'kT7wPz3YbQm5RxJc9VnG2dLs']
    const text = `${a} ${a} ${Buffer.from(a).toString('base64')} ${Buffer.from(b).toString('hex')}`
    expect(found(text, a, b)).toEqual([
      [a, 'plain'],
      [b, 'hex'],
    ])
  })

  it('of few characters is not looked for', () => {
    expect(found('x: abc1234', 'abc1234')).toEqual([])
  })

  it('is not looked for at more places of a large page than a limit allows', () => {
    const large = 'aB3/'.repeat(1 << 16)
    expect(found(large, 'p&ssw%rd-with-marks!', 'hR4nVt9XqLc2MzKb7WdJ8sPf')).toEqual([])
  })
})
