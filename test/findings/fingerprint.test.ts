import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { findingFingerprint } from '#findings/fingerprint.ts'

const identity = {
  rule: 'origin-exists',
  subject: {
    account: '111122223333',
    arn: 'arn:aws:cloudfront::111122223333:distribution/E1',
    name: 'E1/app',
  },
  distribution: 'E1',
  origin: 'app',
}

it('is 32 hex digits and stays what it was in earlier releases', () => {
  expect(findingFingerprint(identity)).toMatch(/^[0-9a-f]{32}$/)
  expect(findingFingerprint(identity)).toMatchInlineSnapshot(`"63815af22226554c0b7d8a3cd209f974"`)
})

const text = fc.string({ maxLength: 6 })
const identities = fc.record({
  rule: text,
  subject: fc.record({ account: text, arn: text, name: text }),
  distribution: text,
  origin: text,
})

test.prop([identities, identities])(
  'differs whenever a part of the identity differs, however the parts are cut',
  (a, b) => {
    const same = JSON.stringify(a) === JSON.stringify(b)
    expect(findingFingerprint(a) === findingFingerprint(b)).toBe(same)
  },
)
