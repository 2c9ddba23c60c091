/** Strength: the numbers of random tokens, what wildcards and folding take away, and every kind of weak value. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dialect } from '#snapshot/sealed.ts'
import { literalRuns, strengthOf } from '#snapshot/strength.ts'
import { alphanumeric, base64url, digits, hex, lower, randomText, visible } from './random.ts'

const seeds = Array.from({ length: 60 }, (_, i) => `seed ${i}`)
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length
const token = randomText('token', 32)

// The values of the table are computed: length x log2(alphabet), and the mean after folding.
test.each([
  ['32 letters and digits', alphanumeric, 32, 190.5, 163.7],
  ['43 characters of Base64url', base64url, 43, 258, 223],
  ['32 visible characters', visible, 32, 209.7, 192],
  ['32 hex digits', hex, 32, 128, 128],
  ['64 hex digits', hex, 64, 256, 256],
  ['40 digits', digits, 40, 132.9, 132.9],
  ['32 lower-case letters', lower, 32, 150.4, 150.4],
])(
  '%s at random carry their nominal bits, fewer where case is ignored',
  (_, alphabet, length, exact, folded) => {
    const all = seeds.map(seed => strengthOf(randomText(seed, length, alphabet), 'value'))
    expect(all.filter(s => s.weakness !== undefined)).toEqual([])
    expect(mean(all.map(s => s.exactBits))).toBeGreaterThan(exact - 4)
    expect(mean(all.map(s => s.exactBits))).toBeLessThanOrEqual(exact)
    expect(Math.abs(mean(all.map(s => s.bits)) - folded)).toBeLessThan(4)
    for (const s of all) expect(s.bits).toBeLessThanOrEqual(s.exactBits)
  },
)

test('a letter of a two-case generator has probability 2/62 where case is ignored, a digit 1/62', () => {
  // 8 letters of both cases and 2 digits, no structure.
  const { bits, exactBits } = strengthOf('kQ7vZxBm3W', 'value')
  expect(bits).toBeCloseTo(8 * Math.log2(31) + 2 * Math.log2(62), 0)
  expect(exactBits).toBeCloseTo(10 * Math.log2(62), 0)
})

test('a random UUID carries 122 bits and is no weakness, one made of time or a name is', () => {
  expect(strengthOf('f47ac10b-58cc-4372-a567-0e02b2c3d479', 'value')).toEqual({
    length: 36,
    alphabet: 'base64url',
    bits: 122,
    exactBits: 122,
  })
  expect(strengthOf('F47AC10B-58CC-4372-A567-0E02B2C3D479', 'alb-glob').bits).toBe(122)
  expect(strengthOf('f47ac10b-58cc-1372-a567-0e02b2c3d479', 'value')).toMatchObject({
    bits: 62,
    weakness: 'version 1 UUID',
  })
  expect(strengthOf('f47ac10b-58cc-5372-a567-0e02b2c3d479', 'value')).toMatchObject({
    bits: 64,
    weakness: 'version 5 UUID',
  })
})

test.each([
  ['changeme', 20, 'placeholder or dictionary words'],
  ['Changeme2024!', 40, 'placeholder or dictionary words'],
  ['supersecrettoken', 40, 'placeholder or dictionary words'],
  ['x-origin-verify-secret-value', 64, 'placeholder or dictionary words'],
  ['my-company-origin-secret', 64, 'placeholder or dictionary words'],
  ['P@ssw0rd123', 40, 'placeholder or dictionary words'],
  ['correct-horse-battery-staple', 64, 'placeholder or dictionary words'],
  ['correcthorsebatterystaple', 64, 'placeholder or dictionary words'],
  ['CorrectHorseBatteryStaple', 64, 'placeholder or dictionary words'],
  ['contoso-fabrikam-northwind-adventureworks', 100, 'placeholder or dictionary words'],
  ['a'.repeat(64), 20, 'few different characters'],
  ['0110100110010110100101100110100110010110', 41, 'few different characters'],
  ['kQ7vkQ7vkQ7vkQ7vkQ7vkQ7vkQ7vkQ7v', 64, 'repeated characters'],
  ['abcdefghijklmnopqrstuvwxyz', 20, 'sequence'],
  ['zyxwvutsrqponmlkjihgfedcba', 20, 'sequence'],
  ['poiuztrewqlkjhgfdsamnbvcxy', 64, 'sequence'],
  ['2024-01-15', 20, 'date'],
  ['15012024', 20, 'date'],
  ['kQ7v', 30, 'too short'],
  ['', 0, 'too short'],
  [createHash('sha256').update('changeme').digest('hex'), 20, 'digest of a known word'],
  [createHash('md5').update('password').digest('hex'), 20, 'digest of a known word'],
  [Buffer.from('my-company-origin-secret').toString('base64'), 64, 'encoded text'],
  [Buffer.from('my-company-origin-secret').toString('hex'), 64, 'encoded text'],
])('%s is not as strong as it is long', (value, most, weakness) => {
  const strength = strengthOf(value, 'value')
  expect(strength.exactBits).toBeLessThanOrEqual(most)
  expect(strength.weakness).toBe(weakness)
})

test('a word before a random token takes nothing away from the token', () => {
  const { bits, weakness } = strengthOf(`prod-${randomText('x', 32, hex)}`, 'value')
  expect(bits).toBeGreaterThanOrEqual(128)
  expect(bits).toBeLessThan(150)
  expect(weakness).toBeUndefined()
})

test('what CloudFront sends for everyone is no secret at all', () => {
  for (const [value, dialect] of [
    ['Amazon CloudFront', 'value'],
    ['*amazon cloudfront*', 'alb-glob'],
    ['^Amazon CloudFront$', 'alb-regex'],
    ['Amazon CloudFront', 'waf:EXACTLY'],
    ['random-value-1234567890', 'alb-glob'],
  ] as const) {
    expect(strengthOf(value, dialect)).toMatchObject({ bits: 0, exactBits: 0, public: true })
  }
  expect(strengthOf(token, 'value').public).toBeUndefined()
})

test('wildcards carry nothing and the structure shows where they stand', () => {
  expect(strengthOf('*', 'alb-glob')).toMatchObject({
    bits: 0,
    structure: ['*'],
    weakness: 'wildcards',
    alphabet: 'empty',
  })
  expect(strengthOf('????????????????????????????????', 'alb-glob').bits).toBe(0)
  expect(strengthOf('prod-*', 'alb-glob')).toMatchObject({ structure: [5, '*'] })
  expect(strengthOf('prod-*', 'alb-glob').bits).toBeLessThan(30)
  expect(strengthOf('prod-*', 'value').structure).toBeUndefined()
})

test('a long random token with one accidental wildcard stays strong', () => {
  const spoiled = `${token.slice(0, 15)}?${token.slice(16)}`
  const strength = strengthOf(spoiled, 'alb-glob')
  expect(strength.structure).toEqual([15, '?', 16])
  expect(strength.bits).toBeGreaterThan(140)
  expect(strength.weakness).toBeUndefined()
})

test('characters that may float cost a guesser nothing: one request tries every place of a header line', () => {
  expect(strengthOf('*k*Q*7*v*Z*x*B*m*3*W*', 'alb-glob').bits).toBe(0)
  const [anchored, floating] = [strengthOf(`${token}*`, 'alb-glob'), strengthOf(`*${token}*`, 'alb-glob')]
  expect(anchored.bits - floating.bits).toBeCloseTo(14, 5)
})

test('a backslash makes a wildcard literal only where the load balancer documents it', () => {
  expect(strengthOf('a\\*b', 'alb-glob').structure).toEqual([2, '*', 1])
  expect(strengthOf('a\\*b', 'alb-glob', { escapes: true }).structure).toBeUndefined()
})

test('a regular expression is as strong as what its weakest way through must hold', () => {
  const whole = strengthOf(token, 'value')
  const of = (source: string) => strengthOf(source, 'alb-regex')
  expect(of(`^${token}$`)).toMatchObject({ bits: whole.bits, exactBits: whole.exactBits })
  expect(of(`^(?:${token})$`).bits).toBe(whole.bits)
  expect(of(`\\A${token}\\z`).bits).toBe(whole.bits)
  expect(of(`^${token}.*$`).bits).toBe(whole.bits)
  expect(of(`^${token.slice(0, 16)}[0-9]?${token.slice(16)}$`).bits).toBeGreaterThan(100)
  expect(of(`(?i)^${token}$`).exactBits).toBe(whole.bits)
  expect(of(token).bits).toBeCloseTo(whole.bits - 14, 5)
  for (const source of [
    '.*',
    '^.+$',
    `^${token}|.*$`,
    `(?:${token})?`,
    '^[a-z0-9]{32}$',
    '\\w+',
    `^${token}$|`,
  ]) {
    expect(of(source), source).toMatchObject({ bits: 0 })
  }
  expect(of(`^(?:${token}|changeme)$`).bits).toBeLessThan(20)
})

test.each([
  '(',
  '[a',
  'a(?=b)',
  '(?<!x)a',
  '(a)\\1',
  'a++',
  '(?>a)',
  '\\p{L}',
  '\\Qa\\E',
  '(?x)a b',
  '[[:alpha:]]',
  '\\x{41}',
])('%s is called not understood instead of weak or strong', source => {
  expect(strengthOf(source, 'alb-regex')).toMatchObject({ bits: 0, exactBits: 0, weakness: 'not understood' })
})

test('an expression with very many ways through ends in a lower bound, not in a hang', () => {
  expect(strengthOf(`^${'(?:abc|xyz)'.repeat(60)}$`, 'alb-regex').bits).toBeLessThan(30)
  expect(strengthOf('^(((a{1,1000}){1,1000}){1,1000})$', 'alb-regex').bits).toBeLessThan(20)
})

test('a web ACL counts case unless it folds it first, and a floating search string less', () => {
  const { bits, exactBits } = strengthOf(token, 'value')
  expect(strengthOf(token, 'waf:EXACTLY')).toMatchObject({ bits, exactBits })
  expect(strengthOf(token, 'waf:EXACTLY+LOWERCASE')).toMatchObject({ bits, exactBits: bits })
  expect(strengthOf(token, 'waf:STARTS_WITH').exactBits).toBe(exactBits)
  expect(strengthOf(token, 'waf:CONTAINS').exactBits).toBeCloseTo(exactBits - 14, 5)
  expect(strengthOf('k9', 'waf:CONTAINS_WORD')).toMatchObject({ bits: 0, weakness: 'too short' })
  expect(strengthOf(`${token}*`, 'waf:EXACTLY').structure).toBeUndefined()
  expect(strengthOf(`^${token}$`, 'waf:REGEX')).toMatchObject({ bits, exactBits })
  expect(strengthOf(token, 'waf:EXACTLY+MD5').weakness).toBe('not understood')
  expect(strengthOf(token, 'waf:SOMETHING_NEW').weakness).toBe('not understood')
})

const dialects: readonly Dialect[] = [
  'value',
  'alb-glob',
  'alb-regex',
  'waf:EXACTLY',
  'waf:CONTAINS+LOWERCASE',
  'waf:REGEX',
]

test('any text gets finite bits that are never negative nor more than its length allows', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...dialects),
      (value, dialect) => {
        const { bits, exactBits, length } = strengthOf(value, dialect)
        expect(bits).toBeGreaterThanOrEqual(0)
        expect(bits).toBeLessThanOrEqual(exactBits)
        expect(exactBits).toBeLessThanOrEqual(8 * length)
      },
    ),
  )
})

test('replacing characters by wildcards never makes a glob stronger', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.integer({ min: 0, max: 31 }),
      fc.constantFrom('*', '?'),
      (seed, at, wild) => {
        const text = randomText(seed, 32)
        const spoiled = text.slice(0, at) + wild + text.slice(at + 1)
        expect(strengthOf(spoiled, 'alb-glob').bits).toBeLessThanOrEqual(strengthOf(text, 'alb-glob').bits)
      },
    ),
  )
})

test('the literal parts of a pattern are the texts between its wildcards', () => {
  expect(literalRuns('abc*de?f', 'alb-glob')).toEqual(['abc', 'de', 'f'])
  expect(literalRuns('^(?:abc|x.z)$', 'alb-regex')).toEqual(['abc', 'x', 'z'])
  expect(literalRuns('a*c', 'value')).toEqual(['a*c'])
  expect(literalRuns('(', 'alb-regex')).toEqual([])
})
