import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { type Gate, type Overlap, rotationState, type Sender } from '#prove/token/rotation-state.ts'
import { patternId, type Sealed } from '#snapshot/sealed.ts'

const sealed = (name: string, more: Partial<Sealed> = {}): Sealed => ({
  sealed: name.padEnd(32, '0'),
  folded: name.padEnd(32, '0'),
  dialect: 'value',
  length: 32,
  alphabet: 'alphanumeric',
  bits: 150,
  exactBits: 190,
  meets: [],
  mayMeet: [],
  ...more,
})
const pattern = (name: string): Sealed => sealed(name, { dialect: 'alb-glob' })
const value = (name: string, meets: readonly string[] = [name], mayMeet: readonly string[] = []): Sealed =>
  sealed(name, {
    meets: meets.map(m => patternId(pattern(m))),
    mayMeet: mayMeet.map(m => patternId(pattern(m))),
  })
const sender = (name: string, of: Sealed): Sender => ({ name, value: of })
const gate = (name: string, ...values: readonly string[]): Gate => ({ name, accepts: values.map(pattern) })
const short: Overlap = { hours: 2, mostHours: 24 }
const unknownSince: Overlap = { hours: null, mostHours: 24 }

const [old, fresh] = [value('a'), value('b')]

describe('where a rotation stands', () => {
  it.each<[string, readonly Sender[], readonly Gate[], Overlap, string]>([
    ['nothing at all', [], [], short, 'no-token'],
    ['gates that compare nothing', [], [gate('https')], short, 'no-token'],
    ['a value that nobody compares', [sender('D', old)], [gate('https')], short, 'no-gate'],
    ['a gate that nobody passes', [], [gate('https', 'a')], short, 'no-sender'],
    [
      'one value everywhere',
      [sender('D', old), sender('E', old)],
      [gate('https', 'a'), gate('http', 'a')],
      short,
      'steady',
    ],
    [
      'a gate that compares nothing beside one that does',
      [sender('D', old)],
      [gate('https', 'a'), gate('waf')],
      short,
      'steady',
    ],
    ['the new value added to all gates', [sender('D', old)], [gate('https', 'a', 'b')], short, 'overlap'],
    [
      'the new value added to one gate',
      [sender('D', old)],
      [gate('https', 'a', 'b'), gate('http', 'a')],
      short,
      'gates-differ',
    ],
    [
      'the senders half-way',
      [sender('D', fresh), sender('E', old)],
      [gate('https', 'a', 'b')],
      short,
      'senders-differ',
    ],
    ['the old value not yet dropped', [sender('D', fresh)], [gate('https', 'a', 'b')], short, 'overlap'],
    [
      'the old value never dropped',
      [sender('D', fresh)],
      [gate('https', 'a', 'b')],
      { hours: 30, mostHours: 24 },
      'leftover',
    ],
    ['nobody knows since when', [sender('D', fresh)], [gate('https', 'a', 'b')], unknownSince, 'leftover'],
    [
      'a sender that was forgotten',
      [sender('D', fresh), sender('E', old)],
      [gate('https', 'b')],
      short,
      'broken',
    ],
    [
      'one gate that was forgotten',
      [sender('D', fresh)],
      [gate('https', 'b'), gate('waf', 'a')],
      short,
      'broken',
    ],
    [
      'a pattern that is read in two ways',
      [sender('D', value('a', [], ['a']))],
      [gate('https', 'a')],
      short,
      'undecided',
    ],
  ])('%s', (_, senders, gates, overlap, expected) => {
    const found = rotationState(senders, gates, overlap)
    expect(found.state).toBe(expected)
    if (expected === 'no-token') expect(found.next).toBeNull()
    else expect(found.next).toMatch(/\.$/)
  })

  it('names who is refused where, and what is left over', () => {
    const found = rotationState([sender('D', fresh)], [gate('https', 'b'), gate('waf', 'a')], short)
    expect(found.unmatched).toEqual([{ sender: 'D', gate: 'waf' }])
    expect(found.leftover).toEqual([{ gate: 'waf', pattern: pattern('a') }])
    expect(found.sentValues).toBe(1)
  })

  const names = fc.constantFrom('a', 'b', 'c')
  const world = fc.record({
    senders: fc.array(
      names.map(n => sender(`sends ${n}`, value(n))),
      { maxLength: 3 },
    ),
    gates: fc.array(
      fc.uniqueArray(names, { maxLength: 3 }).map(list => gate(`accepts ${list}`, ...list)),
      { maxLength: 3 },
    ),
    hours: fc.option(fc.nat({ max: 48 })),
  })

  test.prop([world])('is never steady with a value too many or one too few', ({ senders, gates, hours }) => {
    const found = rotationState(senders, gates, { hours, mostHours: 24 })
    if (found.state === 'steady')
      expect([found.unmatched, found.leftover, found.sentValues]).toEqual([[], [], 1])
    expect(found.state === 'broken').toBe(senders.length > 0 && found.unmatched.length > 0)
  })

  test.prop([world])('leads through the four steps without ever refusing a sender', ({ senders: given }) => {
    const senders = given.map(s => ({ ...s, value: old }))
    if (senders.length === 0) return
    const steps: readonly [readonly Sender[], readonly Gate[]][] = [
      [senders, [gate('g', 'a')]],
      [senders, [gate('g', 'a', 'b')]],
      ...senders.map((_, i): [readonly Sender[], readonly Gate[]] => [
        senders.map((s, j) => (j <= i ? { ...s, value: fresh } : s)),
        [gate('g', 'a', 'b')],
      ]),
      [senders.map(s => ({ ...s, value: fresh })), [gate('g', 'b')]],
    ]
    const states = steps.map(([s, g]) => rotationState(s, g, short).state)
    expect(states).not.toContain('broken')
    expect([states[0], states[1], states.at(-1)]).toEqual(['steady', 'overlap', 'steady'])
  })
})
