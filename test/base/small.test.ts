/** The small ideas: three-valued truth, canonical text, domain names, fingerprints, knowledge and faults. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, compareText } from '#base/canonical.ts'
import { certificateNameCovers, normalName, sameName } from '#base/domain-name.ts'
import { messageOf, UserFault } from '#base/fault.ts'
import { identityFingerprint, keyedFingerprint } from '#base/fingerprint.ts'
import { known, mapKnown, unobserved } from '#base/known.ts'
import { atLeast, severities } from '#base/severity.ts'
import { and, not, or, type Truth } from '#base/truth.ts'

const truth = fc.constantFrom<Truth>(true, false, 'unknown')

/** Every way to settle the unknowns; the answer is known when all ways agree. */
const settled = (values: readonly Truth[], f: (v: readonly boolean[]) => boolean): Truth => {
  const ways = values.reduce<boolean[][]>(
    (all, v) =>
      all.flatMap(w =>
        v === 'unknown'
          ? [
              [...w, true],
              [...w, false],
            ]
          : [[...w, v]],
      ),
    [[]],
  )
  const answers = new Set(ways.map(f))
  return answers.size === 1 ? [...answers].includes(true) : 'unknown'
}

test('and, or and not are known exactly when every way to settle the unknowns agrees', () => {
  fc.assert(
    fc.property(fc.array(truth, { maxLength: 5 }), values => {
      expect(and(...values)).toBe(settled(values, v => v.every(x => x)))
      expect(or(...values)).toBe(settled(values, v => v.some(x => x)))
      expect(not(and(...values))).toBe(or(...values.map(not)))
    }),
  )
})

test('canonical JSON does not depend on the order in which keys were set', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fields => {
      const reversed = Object.fromEntries(Object.entries(fields).reverse())
      expect(canonicalJson({ a: [reversed] })).toBe(canonicalJson({ a: [fields] }))
      expect(JSON.parse(canonicalJson(fields))).toEqual(JSON.parse(JSON.stringify(fields)))
    }),
  )
  expect(canonicalJson({ b: 1, a: undefined, c: [{ z: 1, y: 2 }] })).toBe('{"b":1,"c":[{"y":2,"z":1}]}')
  expect(['b', 'a', 'B', 'ä'].sort(compareText)).toEqual(['B', 'a', 'b', 'ä'])
})

test('domain names are the same whatever their case and trailing dot', () => {
  expect(sameName('WWW.Example.com.', 'www.example.com')).toBe(true)
  expect(sameName('www.example.com', 'example.com')).toBe(false)
  expect(normalName('\\052.example.com.')).toBe('*.example.com')
})

test.each([
  ['www.example.com', 'WWW.example.com.', true],
  ['*.example.com', 'www.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'a.b.example.com', false],
  ['*.example.com', '.example.com', false],
  ['www.*.com', 'www.example.com', false],
  ['*', 'localhost', false],
])('the certificate name %s covers %s: %s', (name, host, covers) => {
  expect(certificateNameCovers(name, host)).toBe(covers)
})

test('a keyed fingerprint depends on key and value, an identity on where its parts end', () => {
  const [a, b] = [Uint8Array.of(1), Uint8Array.of(2)]
  expect(keyedFingerprint(a, 'x')).toMatch(/^[0-9a-f]{32}$/)
  expect(keyedFingerprint(a, 'x')).toBe(keyedFingerprint(Uint8Array.of(1), 'x'))
  expect(new Set([keyedFingerprint(a, 'x'), keyedFingerprint(b, 'x'), keyedFingerprint(a, 'y')]).size).toBe(3)
  expect(identityFingerprint('ab', 'c')).not.toBe(identityFingerprint('a', 'bc'))
})

test('what is known can be worked on, what is not keeps its gaps', () => {
  const gap = {
    code: 'denied',
    service: 's',
    operation: 'o',
    target: '*',
    account: '',
    region: '',
    action: '',
    message: '',
  } as const
  expect(mapKnown(known(2), n => n + 1)).toEqual(known(3))
  expect(mapKnown(unobserved(gap), () => 1)).toEqual({ known: false, gaps: [gap] })
})

test('severities are ordered from the worst', () => {
  expect(severities.filter(s => atLeast(s, 'high'))).toEqual(['critical', 'high'])
})

test('the message of anything thrown is one line', () => {
  expect(messageOf(new UserFault('a\n  b'))).toBe('a b')
  expect(messageOf('text')).toBe('text')
  expect(new UserFault('x').name).toBe('UserFault')
})
