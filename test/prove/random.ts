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
  seal,
  sourceIp,
  strong,
} from './build.ts'

const text = (letters: readonly string[], most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: most }).map(l => l.join(''))

const some = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: 2 })

const glob = text(['a', 'b', '*', '?'], 3)
const hostGlob = text(['a', 'b', '.', '*', '?'], 3)
const pathGlob = fc.oneof(
  text(['a', 'b', '/', '*', '?'], 3).map(t => `/${t}`),
  fc.constantFrom('*', '/*', '/', '/a*', '/b*', '*a', '/?*', '/*?'),
)
/** They cut the addresses into a few parts, so that several conditions often cover what one leaves. */
const cidrs = some(
  fc.constantFrom(
    '0.0.0.0/1',
    '128.0.0.0/1',
    '0.0.0.0/2',
    '64.0.0.0/2',
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

/** Mostly patterns in clear; now and then a secret that no stranger holds. */
const headerValue = fc.oneof(
  { weight: 8, arbitrary: glob },
  { weight: 1, arbitrary: fc.constant(seal(strong)) },
)
const repeated = fc.array(
  fc.oneof(
    fc
      .tuple(fc.constantFrom('X-A', 'x-a', 'X-B', 'X-C'), some(headerValue))
      .map(([name, globs]) => header(name, ...globs)),
    fc
      .array(fc.tuple(fc.constantFrom('k', 'j', null), glob), { minLength: 1, maxLength: 2 })
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
  .filter(all => all.length > 0)

const other = group('other')
const actions: fc.Arbitrary<readonly Action[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant([forward()]) },
  { weight: 5, arbitrary: fc.constant([fixed(403)]) },
  { weight: 1, arbitrary: fc.constant([redirect()]) },
  { weight: 1, arbitrary: fc.constant([forward(other)]) },
  { weight: 1, arbitrary: fc.constant([login('deny'), forward()]) },
  { weight: 1, arbitrary: fc.constant([login('authenticate', 'cognito'), forward()]) },
  { weight: 1, arbitrary: fc.constant([login('deny', 'jwt'), forward()]) },
  { weight: 1, arbitrary: fc.constant([login('allow'), forward()]) },
)

/** A forward whose place earlier rules fill piece by piece: halves of the addresses, or rules of two conditions each. */
const pieces: fc.Arbitrary<readonly (readonly Condition[])[]> = fc
  .tuple(single, fc.array(fc.tuple(cidrs, fc.option(some(pathGlob))), { minLength: 1, maxLength: 3 }))
  .map(([one, cuts]) => {
    const kept = Object.values(one).filter(c => c !== undefined && c.field !== 'source-ip') as Condition[]
    const narrower = cuts.map(([c, p]) => [
      ...kept.filter(k => p === null || k.field !== 'path-pattern'),
      sourceIp(...c),
      ...(p === null ? [] : [path(...p)]),
    ])
    return kept.length > 0 ? [...narrower, kept] : narrower
  })

const scattered = fc.array(fc.tuple(conditions, actions), { maxLength: 5 })
const filled = pieces.chain(list =>
  fc.tuple(...list.map(c => fc.tuple(fc.constant(c), actions))),
) as fc.Arbitrary<[readonly Condition[], readonly Action[]][]>

/** Rules in order. */
export const rulesArbitrary: fc.Arbitrary<readonly Rule[]> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: scattered }, { weight: 1, arbitrary: filled }), actions)
  .map(([list, last]) => [...list.map(([c, a], i) => rule(i + 1, c, ...a)), otherwise(...last)])
