/** Decides small listeners by trying every request of a small alphabet, with none of the code under test. */
import type { Condition, Rule } from '#topology/model.ts'

/** What a stranger can achieve. */
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
const sources = ['1.1.1.1', '198.51.100.1', '198.51.100.200', '200.0.0.1']
const pairs = ['k', 'j'].flatMap(key => words('abx', 3).map(value => [key, value] as const))

const globTest = (glob: string, flags = ''): ((text: string) => boolean) => {
  const source = [...glob].map(c => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/\W/, '\\$&'))).join('')
  const regex = new RegExp(`^${source}$`, flags)
  return text => regex.test(text)
}

const inCidr = (cidr: string, address: string): boolean => {
  const [base = '', bits = '0'] = cidr.split('/')
  const number = (a: string): number => a.split('.').reduce((n, part) => n * 256 + Number(part), 0)
  const width = 2 ** (32 - Number(bits))
  return Math.floor(number(base) / width) === Math.floor(number(address) / width)
}

/** One question about one place of a request; requests that answer all questions alike are alike. */
type Question<T> = (value: T) => boolean

const classes = <T>(candidates: readonly T[], questions: readonly Question<T>[]): readonly boolean[][] => {
  const seen = new Map<string, boolean[]>()
  for (const candidate of candidates) {
    const answers = questions.map(q => q(candidate))
    seen.set(answers.join(), answers)
  }
  return [...seen.values()]
}

type Place = 'host' | 'path' | 'method' | 'source' | 'query' | `header ${string}`

interface Asked {
  readonly place: Place
  readonly index: number
}

/** The best that any request achieves against the rules: an unguarded way to `isBackend`, one with headers or query, or none. */
export const bruteForce = (rules: readonly Rule[], isBackend: (rule: Rule) => boolean): Best => {
  const questions = new Map<Place, Question<unknown>[]>()
  const asked = new Map<Condition, Asked>()
  for (const condition of rules.flatMap(r => r.conditions)) {
    const { place, test } = question(condition)
    const list = questions.get(place) ?? []
    questions.set(place, list)
    asked.set(condition, { place, index: list.push(test) - 1 })
  }
  const without = outcomes(rules, questions, asked, false)
  if (without.some(isBackend)) return 'open'
  return outcomes(rules, questions, asked, true).some(isBackend) ? 'guessable' : 'nothing'
}

const question = (c: Condition): { place: Place; test: Question<unknown> } => {
  const any = (tests: readonly ((text: string) => boolean)[]) => (text: unknown) =>
    tests.some(t => t(String(text)))
  switch (c.field) {
    case 'host-header':
      return { place: 'host', test: any(c.globs.map(g => globTest(g, 'i'))) }
    case 'path-pattern':
      return { place: 'path', test: any(c.globs.map(g => globTest(g))) }
    case 'http-request-method':
      return { place: 'method', test: m => c.methods.includes(String(m)) }
    case 'source-ip':
      return { place: 'source', test: a => c.cidrs.some(cidr => inCidr(cidr, String(a))) }
    case 'http-header': {
      const test = any(c.globs.map(g => globTest(String(g), 'i')))
      return { place: `header ${c.name}`, test: sent => (sent as readonly string[]).some(test) }
    }
    case 'query-string': {
      const tests = c.pairs.map(p => ({ key: p.key, test: globTest(String(p.value), 'i') }))
      const meets = ([key, value]: readonly [string, string]) =>
        tests.some(t => (t.key === null || t.key === key) && t.test(value))
      return { place: 'query', test: sent => (sent as readonly (readonly [string, string])[]).some(meets) }
    }
    default:
      return { place: 'host', test: () => false }
  }
}

/** None, each alone, every two together. */
const subsets = <T>(items: readonly T[], fits: (a: T, b: T) => boolean): readonly (readonly T[])[] => [
  [],
  ...items.map(i => [i]),
  ...items.flatMap((a, i) => items.slice(i + 1).flatMap(b => (fits(a, b) ? [[a, b]] : []))),
]

const candidates = (place: Place, guessing: boolean): readonly unknown[] => {
  switch (place) {
    case 'host':
      return hosts
    case 'path':
      return paths
    case 'method':
      return methods
    case 'source':
      return sources
    case 'query':
      return guessing ? subsets(pairs, (a, b) => a[0] !== b[0]) : [[]]
    default:
      return guessing ? subsets(values, () => true) : [[]]
  }
}

/** The rule that takes each kind of request. */
const outcomes = (
  rules: readonly Rule[],
  questions: ReadonlyMap<Place, readonly Question<unknown>[]>,
  asked: ReadonlyMap<Condition, Asked>,
  guessing: boolean,
): readonly Rule[] => {
  const places = [...questions.keys()]
  const kinds = places.map(p => classes(candidates(p, guessing), questions.get(p) ?? []))
  const found = new Set<Rule>()
  const walk = (at: number, answers: ReadonlyMap<Place, readonly boolean[]>): void => {
    const place = places[at]
    if (place === undefined) {
      const taken = rules.find(r =>
        r.conditions.every(c => {
          const a = asked.get(c)
          return a !== undefined && answers.get(a.place)?.[a.index] === true
        }),
      )
      if (taken) found.add(taken)
      return
    }
    for (const kind of kinds[at] ?? []) walk(at + 1, new Map(answers).set(place, kind))
  }
  walk(0, new Map())
  return [...found]
}
