import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { type AgeObservation, tokenAge } from '#prove/token/age.ts'
import { type RotationSetup, rotationStatus } from '#prove/token/rotation-status.ts'

const now = Date.parse('2026-11-20T12:00:00Z')
const day = 86_400_000
const ago = (days: number): number => now - days * day

describe('the age of a token', () => {
  it.each<[string, readonly AgeObservation[], number, number | null]>([
    ['nothing observed: any age', [], 0, null],
    ['seen by an earlier scan: at least that', [{ kind: 'seen', at: ago(40) }], 40, null],
    ['not there in an earlier scan: at most that', [{ kind: 'not-seen', at: ago(10) }], 0, 10],
    [
      'between two scans',
      [
        { kind: 'not-seen', at: ago(50) },
        { kind: 'seen', at: ago(40) },
      ],
      40,
      50,
    ],
    [
      'rotated by its secret: exact',
      [{ kind: 'value-set', source: 'LastRotatedDate', at: ago(7), tied: true }],
      7,
      7,
    ],
    [
      'a secret that may be another: nothing',
      [{ kind: 'value-set', source: 'LastRotatedDate', at: ago(7), tied: false }],
      0,
      null,
    ],
    [
      'a parameter that changed last then: at least that',
      [{ kind: 'store-changed', source: 'LastModifiedDate', at: ago(200), tied: true }],
      200,
      null,
    ],
    [
      'a distribution that was created then: at most that',
      [{ kind: 'place-created', source: 'CreateDistribution', at: ago(30) }],
      0,
      30,
    ],
    [
      'no change in ninety days of events: at least that',
      [{ kind: 'no-change-since', source: 'CloudTrail', at: ago(90) }],
      90,
      null,
    ],
    [
      'the last change of events: at least since then',
      [{ kind: 'last-change', source: 'UpdateDistribution', at: ago(12) }],
      12,
      null,
    ],
    ["CloudFront's LastModifiedTime: nothing", [{ kind: 'distribution-modified', at: ago(3) }], 0, null],
    [
      'part of a day is rounded outwards',
      [
        { kind: 'not-seen', at: ago(2.5) },
        { kind: 'seen', at: ago(1.5) },
      ],
      1,
      3,
    ],
    ['a date in the future: nothing', [{ kind: 'seen', at: now + day }], 0, null],
    [
      'a date that cannot be read: nothing',
      [
        { kind: 'seen', at: null },
        { kind: 'seen', at: Number.NaN },
      ],
      0,
      null,
    ],
    [
      'away for a while and back: from the first time',
      [
        { kind: 'seen', at: ago(60) },
        { kind: 'not-seen', at: ago(20) },
      ],
      60,
      null,
    ],
    [
      'the closest of several',
      [
        { kind: 'seen', at: ago(5) },
        { kind: 'seen', at: ago(15) },
        { kind: 'not-seen', at: ago(80) },
        { kind: 'place-created', source: 'CreateRule', at: ago(30) },
      ],
      15,
      30,
    ],
  ])('%s', (_, observations, atLeastDays, atMostDays) => {
    expect(tokenAge(observations, now)).toMatchObject({ atLeastDays, atMostDays })
  })

  it('says what each observation was good for', () => {
    const age = tokenAge(
      [
        { kind: 'distribution-modified', at: ago(3) },
        { kind: 'value-set', source: 'LastRotatedDate of the secret', at: ago(7), tied: false },
        { kind: 'seen', at: ago(40) },
        { kind: 'seen', at: now + day },
      ],
      now,
    )
    expect(age.because).toEqual([
      'CloudFront tells when any setting changed last: that says nothing about the value.',
      'LastRotatedDate of the secret: nothing shows that the value comes from there; not used.',
      'earlier scan: 2026-10-11, the value was already there.',
      'earlier scan: 2026-11-21 is in the future; not used.',
    ])
  })

  const times = fc.option(fc.integer({ min: ago(400), max: now + 2 * day }))
  const observation: fc.Arbitrary<AgeObservation> = fc.oneof(
    fc.record({ kind: fc.constantFrom('seen', 'not-seen', 'distribution-modified'), at: times }),
    fc.record({
      kind: fc.constantFrom('value-set', 'store-changed'),
      source: fc.constant('store'),
      at: times,
      tied: fc.boolean(),
    }),
    fc.record({
      kind: fc.constantFrom('place-created', 'last-change', 'no-change-since'),
      source: fc.constant('event'),
      at: times,
    }),
  )
  const observations = fc.array(observation, { maxLength: 6 })

  test.prop([observations])('is an interval, never upside down', all => {
    const { atLeastDays, atMostDays } = tokenAge(all, now)
    expect(atLeastDays).toBeGreaterThanOrEqual(0)
    if (atMostDays !== null) expect(atMostDays).toBeGreaterThanOrEqual(atLeastDays)
  })

  test.prop([observations, observation])(
    'is at least what it was before another observation',
    (all, more) => {
      expect(tokenAge([...all, more], now).atLeastDays).toBeGreaterThanOrEqual(tokenAge(all, now).atLeastDays)
    },
  )

  test.prop([observations, times])("is the same whatever CloudFront's LastModifiedTime says", (all, at) => {
    const { atLeastDays, atMostDays } = tokenAge([...all, { kind: 'distribution-modified', at }], now)
    const before = tokenAge(all, now)
    expect([atLeastDays, atMostDays]).toEqual([before.atLeastDays, before.atMostDays])
  })

  test.prop([
    observations.chain(all =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    ),
  ])('does not depend on the order of observations', ([all, shuffled]) => {
    expect(tokenAge(shuffled, now)).toEqual(tokenAge(all, now))
  })

  test.prop([
    fc.integer({ min: 0, max: 400 * day }),
    fc.array(fc.nat({ max: 400 * day })),
    fc.array(fc.nat({ max: 400 * day })),
  ])('holds the true age, whatever of it was observed', (age, present, absent) => {
    const born = now - age
    const all: AgeObservation[] = [
      ...present.map(t => ({ kind: 'seen', at: Math.max(born, now - t) }) as const),
      ...absent.map(t => ({ kind: 'not-seen', at: Math.min(born, now - t) }) as const),
    ]
    const { atLeastDays, atMostDays } = tokenAge(all, now)
    expect(atLeastDays).toBeLessThanOrEqual(age / day)
    if (atMostDays !== null) expect(atMostDays).toBeGreaterThanOrEqual(age / day)
  })
})

describe('the rotation', () => {
  const setup = (more: Partial<RotationSetup> = {}): RotationSetup => ({
    enabled: true,
    nextAt: now + 10 * day,
    pendingSince: null,
    windowHours: 24,
    ...more,
  })
  const age = (atLeastDays: number, atMostDays: number | null) => ({ atLeastDays, atMostDays, because: [] })
  it.each([
    ['is on time where the greatest age is allowed', age(5, 30), setup(), 'on-time'],
    ['is unknown where the age may be too great', age(5, null), setup(), 'unknown'],
    ['is unknown where the interval straddles the limit', age(80, 100), null, 'unknown'],
    ['is overdue where the least age is too great', age(91, null), setup(), 'overdue'],
    ['is overdue where the setup was not read', age(91, null), undefined, 'overdue'],
    ['never happens where none is set up', age(91, null), null, 'never'],
    ['never happens where it is switched off', age(91, null), setup({ enabled: false }), 'never'],
    [
      'failed where its date has passed with its window',
      age(5, 30),
      setup({ nextAt: now - 2 * day }),
      'failed',
    ],
    ['may still run inside its window', age(5, 30), setup({ nextAt: now - day / 2 }), 'on-time'],
    [
      'failed where a version waits longer than a window',
      age(5, 30),
      setup({ pendingSince: now - 2 * day }),
      'failed',
    ],
    [
      'is under way where a version waits inside a window',
      age(5, 30),
      setup({ pendingSince: now - day / 2 }),
      'on-time',
    ],
    [
      'that is switched off cannot fail',
      age(5, 30),
      setup({ enabled: false, nextAt: now - 2 * day }),
      'on-time',
    ],
  ] as const)('%s', (_, tokenAge, given, expected) => {
    expect(rotationStatus({ age: tokenAge, mostDays: 90, setup: given, now })).toBe(expected)
  })
})
