/** Decides small listeners by trying every request of a small alphabet, with none of the code under test. */
import type { Condition, Rule } from '#topology/model.ts'

/** What a stranger can achieve: an unguarded way in, one with headers or query, or none. */
export type Best = 'open' | 'guessable' | 'nothing'

const words = (letters: string, most: number): readonly string[] => {
  const all = ['']
  for (let from = 0, length = 0; length < most; length++) {
    const to = all.length
    for (; from < to; from++) for (const c of letters) all.push(all[from] + c)
  }
  return all
}

const hosts = words('abx.', 5).filter(w => w.split('.').every(label => label !== ''))
const paths = words('abx/', 4)
  .map(w => `/${w}`)
  .filter(w => !w.includes('//'))
const values = words('abx', 3).filter(w => w !== '')
const methods = ['GET', 'POST', 'PUT', 'PROPFIND']
/** One address of every part that the random conditions cut the public addresses into. */
const sources = ['1.1.1.1', '65.0.0.1', '198.51.100.1', '198.51.100.200', '200.0.0.1']
const pairs = ['k', 'j', 'm'].flatMap(key => words('abx', 3).map(value => [key, value] as const))

type Test<T> = (value: T) => boolean

const globTest = (glob: unknown, flags = ''): Test<string> => {
  // A strong secret is nothing that anybody could try.
  if (typeof glob !== 'string') return () => false
  const source = [...glob].map(c => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/\W/, '\\$&'))).join('')
  const regex = new RegExp(`^${source}$`, flags)
  return text => regex.test(text)
}

const anyOf =
  (tests: readonly Test<string>[]): Test<string> =>
  text =>
    tests.some(t => t(text))

const inCidr = (cidr: string, address: string): boolean => {
  const [base = '', bits = '0'] = cidr.split('/')
  const number = (a: string): number => a.split('.').reduce((n, part) => n * 256 + Number(part), 0)
  const width = 2 ** (32 - Number(bits))
  return Math.floor(number(base) / width) === Math.floor(number(address) / width)
}

type Place = 'host' | 'path' | 'method' | 'source' | 'query' | `header ${string}`

interface Question {
  readonly place: Place
  /** Of one text, or one key with its value. */
  readonly test: Test<readonly string[]>
}

const questionOf = (c: Condition): Question => {
  const single = (place: Place, test: Test<string>): Question => ({
    place,
    test: ([text = '']) => test(text),
  })
  switch (c.field) {
    case 'host-header':
      return single('host', anyOf(c.globs.map(g => globTest(g, 'i'))))
    case 'path-pattern':
      return single('path', anyOf(c.globs.map(g => globTest(g))))
    case 'http-request-method':
      return single('method', m => c.methods.includes(m))
    case 'source-ip':
      return single('source', a => c.cidrs.some(cidr => inCidr(cidr, a)))
    case 'http-header':
      return single(`header ${c.name.toUpperCase()}`, anyOf(c.globs.map(g => globTest(g, 'i'))))
    case 'query-string': {
      const tests = c.pairs.map(p => ({ key: p.key, test: globTest(p.value, 'i') }))
      const test: Test<readonly string[]> = ([key = '', value = '']) =>
        tests.some(t => (t.key === null || t.key === key) && t.test(value))
      return { place: 'query', test }
    }
    default:
      return single('host', () => false)
  }
}

/** Requests that answer all questions alike are alike. */
type Answers = readonly boolean[]

const distinct = (all: readonly Answers[]): readonly Answers[] => [
  ...new Map(all.map(a => [a.join(), a])).values(),
]

const none = (width: number): Answers => Array.from({ length: width }, () => false)
const either = (a: Answers, b: Answers): Answers => a.map((x, i) => x || b[i] === true)

/** Headers and queries: nothing, one, or two; two parameters have two keys. */
const upToTwo = (each: readonly { readonly key: string; readonly answers: Answers }[], width: number) => {
  const kinds = [...new Map(each.map(e => [`${e.key} ${e.answers.join()}`, e])).values()]
  const together = kinds.flatMap((a, i) =>
    kinds.slice(i + 1).flatMap(b => (a.key === b.key && a.key !== '' ? [] : [either(a.answers, b.answers)])),
  )
  return distinct([none(width), ...kinds.map(k => k.answers), ...together])
}

const kindsAt = (place: Place, tests: readonly Test<readonly string[]>[], guessing: boolean) => {
  const ask = (text: readonly string[]): Answers => tests.map(t => t(text))
  const one = (texts: readonly string[]) => distinct(texts.map(text => ask([text])))
  switch (place) {
    case 'host':
      return one(hosts)
    case 'path':
      return one(paths)
    case 'method':
      return one(methods)
    case 'source':
      return one(sources)
    case 'query':
      return guessing
        ? upToTwo(
            pairs.map(p => ({ key: p[0], answers: ask(p) })),
            tests.length,
          )
        : [none(tests.length)]
    default:
      return guessing
        ? upToTwo(
            values.map(v => ({ key: '', answers: ask([v]) })),
            tests.length,
          )
        : [none(tests.length)]
  }
}

export const bruteForce = (rules: readonly Rule[], isBackend: (rule: Rule) => boolean): Best => {
  if (outcomes(rules, false).some(isBackend)) return 'open'
  return outcomes(rules, true).some(isBackend) ? 'guessable' : 'nothing'
}

interface Asked {
  readonly place: Place
  readonly index: number
}

/** The rules that take some request. */
const outcomes = (rules: readonly Rule[], guessing: boolean): readonly Rule[] => {
  const tests = new Map<Place, Test<readonly string[]>[]>()
  const asked = new Map<Condition, Asked>()
  for (const condition of rules.flatMap(r => r.conditions)) {
    const { place, test } = questionOf(condition)
    const list = tests.get(place) ?? []
    tests.set(place, list)
    asked.set(condition, { place, index: list.push(test) - 1 })
  }
  const places = [...tests.keys()]
  const kinds = places.map(p => kindsAt(p, tests.get(p) ?? [], guessing))
  const found = new Set<Rule>()
  const answers = new Map<Place, Answers>()
  const meets = (c: Condition): boolean => {
    const a = asked.get(c)
    return a !== undefined && answers.get(a.place)?.[a.index] === true
  }
  const walk = (at: number): void => {
    const place = places[at]
    if (place === undefined) {
      const taken = rules.find(r => r.conditions.every(meets))
      if (taken) found.add(taken)
      return
    }
    for (const kind of kinds[at] ?? []) {
      answers.set(place, kind)
      walk(at + 1)
    }
  }
  walk(0)
  return [...found]
}

/** A request as a witness says it. */
export interface PlainRequest {
  readonly host: string
  readonly path: string
  readonly method: string
  readonly source: string
  readonly headers: readonly (readonly [string, string])[]
}

/** The rule that takes one request, which may lie outside the alphabet. */
export const ruleTaking = (rules: readonly Rule[], request: PlainRequest): Rule | undefined => {
  const [path = '', query = ''] = request.path.split('?')
  const sent = query.split('&').map(p => p.split('='))
  const texts = (place: Place): readonly (readonly string[])[] => {
    if (place === 'host') return [[request.host]]
    if (place === 'path') return [[path]]
    if (place === 'method') return [[request.method]]
    if (place === 'source') return [[request.source]]
    if (place === 'query') return query === '' ? [] : sent
    return request.headers.filter(([name]) => `header ${name.toUpperCase()}` === place).map(([, v]) => [v])
  }
  return rules.find(r =>
    r.conditions.every(c => {
      const { place, test } = questionOf(c)
      return texts(place).some(test)
    }),
  )
}
