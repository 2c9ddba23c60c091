/** Random listeners, small enough to be tried out in full. */
import fc from 'fast-check'
import type { Action, Condition, Rule } from '#topology/model.ts'
import {
  fixed,
  forward,
  group,
  header,
  host,
  login,
  method,
  otherwise,
  path,
  query,
  redirect,
  rule,
  sourceIp,
} from './build.ts'

const text = (letters: readonly string[], most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: most }).map(l => l.join(''))

const some = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: 2 })

const glob = text(['a', 'b', '*', '?'], 3)
const hostGlob = text(['a', 'b', '.', '*', '?'], 3)
const pathGlob = fc.oneof(
  text(['a', 'b', '/', '*', '?'], 3).map(t => `/${t}`),
  fc.constantFrom('*', '/*', '/', '/a*', '*a'),
)
const cidrs = some(
  fc.constantFrom(
    '0.0.0.0/1',
    '128.0.0.0/1',
    '198.51.100.0/25',
    '198.51.100.128/25',
    '0.0.0.0/0',
    '10.0.0.0/8',
  ),
)

/** Places of which a rule has at most one condition. */
const single = fc.record(
  {
    host: some(hostGlob).map(g => host(...g)),
    path: some(pathGlob).map(g => path(...g)),
    method: some(fc.constantFrom('GET', 'POST')).map(m => method(...m)),
    source: cidrs.map(c => sourceIp(...c)),
  },
  { requiredKeys: [] },
)
const repeated = fc.array(
  fc.oneof(
    fc.tuple(fc.constantFrom('X-A', 'x-a', 'X-B'), some(glob)).map(([name, globs]) => header(name, ...globs)),
    fc
      .array(fc.tuple(fc.constantFrom('k', null), glob), { minLength: 1, maxLength: 2 })
      .map(pairs => query(...pairs)),
  ),
  { maxLength: 2 },
)

const conditions: fc.Arbitrary<readonly Condition[]> = fc
  .tuple(
    single,
    fc.oneof({ weight: 1, arbitrary: fc.constant<Condition[]>([]) }, { weight: 1, arbitrary: repeated }),
  )
  .map(([one, more]) => [...Object.values(one).filter(c => c !== undefined), ...more])
  .filter(all => all.length > 0 && queries(all) <= 1)

/** Two query conditions on one key can only be met by a repeated key, which nobody documents (U-12). */
const queries = (all: readonly Condition[]): number => all.filter(c => c.field === 'query-string').length

const other = group('other')
const actions: fc.Arbitrary<readonly Action[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant([forward()]) },
  { weight: 5, arbitrary: fc.constant([fixed(403)]) },
  { weight: 1, arbitrary: fc.constant([redirect()]) },
  { weight: 1, arbitrary: fc.constant([forward(other)]) },
  { weight: 1, arbitrary: fc.constant([login('deny'), forward()]) },
  { weight: 1, arbitrary: fc.constant([login('allow'), forward()]) },
)

/** Rules in order; names of headers of one place are written in one case so that they are one place. */
export const rulesArbitrary: fc.Arbitrary<readonly Rule[]> = fc
  .tuple(fc.array(fc.tuple(conditions, actions), { maxLength: 5 }), actions)
  .map(([list, last]) => [...list.map(([c, a], i) => rule(i + 1, c.map(oneCase), ...a)), otherwise(...last)])

const oneCase = (c: Condition): Condition =>
  c.field === 'http-header' ? { ...c, name: c.name.toUpperCase() } : c
