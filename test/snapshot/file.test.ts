/** The snapshot file: order, truth of line numbers, round trip, and every way it can be broken. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UserFault } from '#base/fault.ts'
import { arrangeSnapshot } from '#snapshot/arrange.ts'
import { readSnapshot } from '#snapshot/read.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { gap, head, read, resource } from './records.ts'

const written = (snapshot: Snapshot): string => [...snapshotLines(snapshot)].join('')

const sample = arrangeSnapshot(
  head,
  [
    resource('B', 'b:1', { Name: 'x\ny\u2028z' }),
    resource('A', 'a:2'),
    resource('A', 'a:1', { Deep: { z: 1, a: [] } }),
  ],
  [read('DescribeRules', 'l:1'), read('DescribeListeners')],
  [gap('DescribeTags')],
)
const text = written(sample)
const lines = text.trimEnd().split('\n')

const names = fc.constantFrom('a:1', 'a:2', 'b:1')
const configs = fc.dictionary(fc.constantFrom('Name', 'Values', 'Z'), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 3,
})
const resources = fc.array(
  fc.record({
    type: fc.constantFrom('A', 'B'),
    arn: names,
    config: configs,
    region: fc.constantFrom('eu-central-1', 'us-east-1'),
  }),
  { maxLength: 8 },
)
const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length })

test('the order in which answers arrive does not change a byte of the file', () => {
  const both = resources.chain(list =>
    fc.tuple(fc.constant(list.map(r => resource(r.type, r.arn, r.config, r.region))), fc.constant(list)),
  )
  fc.assert(
    fc.property(
      both.chain(([list]) => fc.tuple(fc.constant(list), shuffled(list))),
      ([list, other]) => {
        expect(written(arrangeSnapshot(head, other, [], []))).toBe(
          written(arrangeSnapshot(head, list, [], [])),
        )
      },
    ),
  )
})

test('a snapshot that is written and read again is the same snapshot', () => {
  fc.assert(
    fc.property(resources, list => {
      const snapshot = arrangeSnapshot(
        head,
        list.map(r => resource(r.type, r.arn, r.config, r.region)),
        [read('DescribeRules')],
        [gap('DescribeTags')],
      )
      const file = written(snapshot)
      const again = readSnapshot(file, 's.ndjson')
      expect(written(again)).toBe(file)
      // JSON has no negative zero.
      expect(JSON.stringify(again)).toBe(JSON.stringify(readSnapshot(written(again), 's.ndjson')))
      expect(again.resources.map(r => [r.arn, r.line])).toEqual(snapshot.resources.map(r => [r.arn, r.line]))
    }),
  )
})

test('the line of a resource is the line of the file that holds it', () => {
  const again = readSnapshot(text, 's.ndjson')
  expect(again.resources.map(r => r.arn)).toEqual(['a:1', 'a:2', 'b:1'])
  for (const r of again.resources) expect(lines[r.line - 1]).toContain(`"arn":"${r.arn}"`)
})

test('each line is one JSON object that names its kind first, head to end', () => {
  expect(lines.map(l => (JSON.parse(l) as { record: string }).record)).toEqual([
    'head',
    'resource',
    'resource',
    'resource',
    'read',
    'read',
    'gap',
    'end',
  ])
  for (const line of lines) expect(line).toMatch(/^\{"record":"/)
  expect(lines.at(-1)).toBe('{"record":"end","lines":8}')
})

test('a resource that was read twice with the same content stands once, without a gap', () => {
  const twice = arrangeSnapshot(
    head,
    [resource('A', 'a:1', { x: 1, y: 2 }), resource('A', 'a:1', { y: 2, x: 1 })],
    [],
    [],
  )
  expect(twice.resources).toHaveLength(1)
  expect(twice.gaps).toEqual([])
})

test('a resource that was read twice with different contents stands once and leaves a gap', () => {
  const [a, b] = [resource('A', 'a:1', { x: 1 }), resource('A', 'a:1', { x: 2 })]
  const one = arrangeSnapshot(head, [a, b], [], [])
  expect(one).toEqual(arrangeSnapshot(head, [b, a, b], [], []))
  expect(one.resources.map(r => r.config)).toEqual([{ x: 1 }])
  expect(one.gaps).toEqual([
    expect.objectContaining({ code: 'malformed', target: 'a:1', operation: 'DescribeRules' }),
  ])
})

test('the same name in two regions is two resources', () => {
  const two = arrangeSnapshot(head, [resource('A', 'a:1', {}, 'us-east-1'), resource('A', 'a:1')], [], [])
  expect(two.resources.map(r => [r.region, r.line])).toEqual([
    ['eu-central-1', 2],
    ['us-east-1', 3],
  ])
})

test('equal reads and gaps stand once', () => {
  const s = arrangeSnapshot(head, [], [read('A'), read('A')], [gap('B'), gap('B')])
  expect([s.reads.length, s.gaps.length]).toEqual([1, 1])
})

test('fields that this version does not know are kept', () => {
  const extended = lines.map(l => l.replace('"arn":"a:1"', '"arn":"a:1","later":{"x":[1]}')).join('\n')
  const again = readSnapshot(`${extended}\n`, 's.ndjson')
  expect(again.resources[0]).toHaveProperty('later', { x: [1] })
  expect(written(again)).toContain('"later":{"x":[1]}')
})

test('a file that another tool wrote in another order is understood, with its own line numbers', () => {
  const moved = [lines[0], lines[5], lines[3], lines[1], lines[6], lines[2], lines[4], lines[7]].join('\r\n')
  const again = readSnapshot(`\ufeff${moved}\r\n`, 's.ndjson')
  expect(again.resources.map(r => [r.arn, r.line])).toEqual([
    ['a:1', 4],
    ['a:2', 6],
    ['b:1', 3],
  ])
  expect(again.reads).toEqual(sample.reads)
})

const broken: readonly (readonly [string, string, RegExp])[] = [
  ['an empty file', '', /^f\.ndjson is empty/],
  ['a file that is not JSON', 'hello\n', /^f\.ndjson line 1 is not JSON/],
  ['a line that is not JSON', `${lines[0]}\nnope\n${lines[7]}\n`, /^f\.ndjson line 2 is not JSON/],
  [
    'a line that is JSON but no object',
    `${lines[0]}\n[1]\n${lines[7]}\n`,
    /line 2 is not JSON: .*one JSON object/,
  ],
  ['an empty line', `${lines[0]}\n\n${lines[7]}\n`, /line 2 is not JSON/],
  ['a missing head', lines.slice(1).join('\n'), /line 1 is not a head record/],
  ['a missing end', `${lines.slice(0, -1).join('\n')}\n`, /is cut short at line 7/],
  ['a file cut inside a line', text.slice(0, text.indexOf('"b:1"')), /is cut short at line 4/],
  [
    'lost lines',
    [...lines.slice(0, 2), ...lines.slice(3)].join('\n'),
    /says the file has 8 lines, but it has 7/,
  ],
  [
    'added lines',
    [...lines.slice(0, 2), lines[1], ...lines.slice(2)].join('\n'),
    /has 8 lines, but it has 9/,
  ],
  [
    'a second head',
    [...lines.slice(0, 2), lines[0], ...lines.slice(3)].join('\n'),
    /line 3 is a second head/,
  ],
  ['a second end', [...lines.slice(0, 2), lines[7], ...lines.slice(3)].join('\n'), /line 3 is a second end/],
  ['a later format', text.replace('"format":1', '"format":2'), /line 1 says snapshot format 2.*newer/],
  [
    'a format that is no number',
    text.replace('"format":1', '"format":"x"'),
    /line 1 is a broken head record: "format"/,
  ],
  [
    'an unknown kind of record',
    text.replace('"record":"gap"', '"record":"gasp"'),
    /line 7 is no snapshot record/,
  ],
  [
    'a kind that every object has',
    text.replace('"record":"gap"', '"record":"toString"'),
    /line 7 is no snapshot/,
  ],
  [
    'a resource without a type',
    text.replace('"type":"B"', '"typo":"B"'),
    /line 4 is a broken resource record: "type"/,
  ],
]

test.each(broken)('%s is refused with one sentence that names the file and the place', (_, file, message) => {
  const attempt = () => readSnapshot(file, 'f.ndjson')
  expect(attempt).toThrow(UserFault)
  expect(attempt).toThrow(message)
})

test('no cut of a good file is ever accepted', () => {
  for (let end = 0; end < text.length - 1; end++) {
    expect(() => readSnapshot(text.slice(0, end), 'f.ndjson'), `${end} characters`).toThrow(UserFault)
  }
})
