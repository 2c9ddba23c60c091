import { describe, expect, it } from 'vitest'
import { UserFault } from '#base/fault.ts'
import { loadRulebook, type RuleFile } from '#rulebook/load.ts'
import { selectRules } from '#rulebook/profiles.ts'

const profiles: RuleFile = { path: 'pack/profiles.json', text: '{"recommended": {"description": "All."}}' }

const good = {
  id: 'origin-is-fine',
  surface: 'edge',
  subject: 'link',
  severity: 'high',
  title: 'The origin is fine.',
  message: 'Something is wrong with {origin}.',
  profiles: ['recommended'],
  when: { not: { 'target-is': { kinds: ['dangling'] } } },
  require: { any: ['sends-secret-header', { 'closed-to': { vantage: 'internet' } }] },
  references: ['https://docs.example.com/'],
}

const file = (rule: unknown, path = 'pack/edge/origin-is-fine.json'): RuleFile => ({
  path,
  text: JSON.stringify(rule),
})
const page = (path = 'pack/edge/origin-is-fine.md'): RuleFile => ({ path, text: '# The origin is fine\n' })
const load = (rule: unknown, ...more: readonly RuleFile[]) =>
  loadRulebook([profiles, file(rule), page(), ...more])

/** The one sentence that loading these files fails with. */
const fault = (files: readonly RuleFile[]): string => {
  try {
    loadRulebook(files)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UserFault)
    return thrown instanceof Error ? thrown.message : ''
  }
  return ''
}

const ruleFault = (change: object): string => fault([profiles, file({ ...good, ...change }), page()])

it('a rule is read with its prose, its defaults filled in', () => {
  const [rule] = load(good).rules
  expect(rule).toMatchObject({
    id: 'origin-is-fine',
    when: { kind: 'not', of: { kind: 'ask', predicate: 'target-is', options: { kinds: ['dangling'] } } },
    require: {
      kind: 'any',
      of: [{ predicate: 'sends-secret-header', options: {} }, { predicate: 'closed-to' }],
    },
    help: '# The origin is fine\n',
    path: 'pack/edge/origin-is-fine.json',
    ...{ verdict: null, cause: null, fix: [], mappings: [] },
  })
  expect(load({ ...good, require: 'proven-closed' }).rules[0]?.require).toEqual({
    ...{ kind: 'ask', predicate: 'proven-closed', options: {} },
  })
})

it('rules come sorted by id, whatever the order of the files', () => {
  const other = { ...good, id: 'alpha' }
  const files = [
    profiles,
    file(good),
    page(),
    file(other, 'mine/edge/alpha.json'),
    page('mine/edge/alpha.md'),
  ]
  expect(loadRulebook(files).rules.map(r => r.id)).toEqual(['alpha', 'origin-is-fine'])
  expect(loadRulebook([...files].reverse())).toEqual(loadRulebook(files))
})

it('schemas and other pages are left alone', () => {
  const others = [{ path: 'pack/rule.schema.json', text: '{"no": "rule"}' }, page('pack/README.md')]
  expect(load(good, ...others).rules.length).toBe(1)
})

describe('a typo gives one sentence with file and place', () => {
  const path = 'pack/edge/origin-is-fine.json'
  it.each([
    ['unknown key', { severty: 'high' }, `${path}: unknown key "severty" (did you mean "severity"?).`],
    [
      'unknown severity',
      { severity: 'hihg' },
      `${path}, at severity: "hihg" is not one of critical, high, medium, low (did you mean "high"?).`,
    ],
    [
      'unknown surface',
      { surface: 'edges' },
      `${path}, at surface: "edges" is not one of edge, alb, network, token, tls, waf, api, s3, signed, lambda, kubernetes, viewer (did you mean "edge"?).`,
    ],
    ['wrong type', { title: 5 }, `${path}, at title: 5 should be a string.`],
    [
      'not a slug',
      { id: 'Origin_Is_Fine' },
      `${path}, at id: "Origin_Is_Fine" does not have the form ^[a-z][a-z0-9]*(-[a-z0-9]+)*$.`,
    ],
    [
      'id and file name differ',
      { id: 'origin-is-good' },
      `${path}, at id: the id is "origin-is-good", so the file must be called origin-is-good.json.`,
    ],
    [
      'surface and folder differ',
      { surface: 'alb' },
      `${path}, at surface: the surface is "alb", so the file must be in a folder of that name.`,
    ],
    [
      'unknown predicate',
      { require: 'sends-secret-heder' },
      `${path}, at require: unknown predicate "sends-secret-heder" (did you mean "sends-secret-header"?).`,
    ],
    [
      'unknown predicate inside a tree',
      { require: { all: ['proven-closed', { any: [{ 'closed-too': {} }] }] } },
      `${path}, at require.all[1].any[0].closed-too: unknown predicate "closed-too" (did you mean "closed-to"?).`,
    ],
    [
      'a name that every object has',
      { require: 'constructor' },
      `${path}, at require: unknown predicate "constructor".`,
    ],
    [
      'unknown option',
      { require: { 'closed-to': { vantage: 'internet', vanatge: 1 } } },
      `${path}, at require.closed-to: unknown key "vanatge" (did you mean "vantage"?).`,
    ],
    [
      'bad option',
      { require: { 'closed-to': { vantage: 'moon' } } },
      `${path}, at require.closed-to.vantage: "moon" is not one of internet, tenant.`,
    ],
    ['missing option', { require: 'closed-to' }, `${path}, at require: "vantage" is missing.`],
    [
      'predicate about something else',
      { require: 'web-acl-attached' },
      `${path}, at require: predicate "web-acl-attached" is about distribution, and the rule is about link.`,
    ],
    [
      'empty list',
      { require: { all: [] } },
      `${path}, at require.all: "all" takes a list of at least one condition.`,
    ],
    [
      'two keys',
      { require: { all: ['proven-closed'], any: ['proven-closed'] } },
      `${path}, at require: a condition has one key, not 2: use "all" or "any" for several.`,
    ],
    [
      'no condition',
      { when: 7 },
      `${path}, at when: a condition is the name of a predicate or an object with one key.`,
    ],
    [
      'unknown placeholder',
      { message: 'Wrong: {orgin}.' },
      `${path}, at message: unknown placeholder "{orgin}" (did you mean "origin"?).`,
    ],
    [
      'placeholder of evidence in a sentence',
      { fix: [{ say: 'See {rule}.' }] },
      `${path}, at fix[0].say: unknown placeholder "{rule}".`,
    ],
    [
      'unknown placeholder in a command',
      { fix: [{ say: 'Do.', run: ['aws x {lisener}'] }] },
      `${path}, at fix[0].run[0]: unknown placeholder "{lisener}".`,
    ],
    [
      'unknown profile',
      { profiles: ['recomended'] },
      `${path}, at profiles: unknown profile "recomended" (did you mean "recommended"?).`,
    ],
    [
      'unknown fit',
      { mappings: [{ standard: 'nist', id: 'SC-7', fit: 'full' }] },
      `${path}, at mappings[0].fit: "full" is not one of exact, partial, stricter.`,
    ],
    [
      'unsafe reference',
      { references: ['http://docs.example.com'] },
      `${path}, at references[0]: "http://docs.example.com" does not have the form ^https://.`,
    ],
  ])('%s', (_, change, sentence) => {
    expect(ruleFault(change)).toBe(sentence)
  })

  it('missing key', () => {
    const { title: _, ...rest } = good
    expect(fault([profiles, file(rest), page()])).toBe(`${path}: "title" is missing.`)
  })

  it('text that is no JSON', () => {
    expect(fault([profiles, { path, text: '{"id": ' }, page()])).toMatch(
      /^pack\/edge\/origin-is-fine\.json: not valid JSON \(.+\)\.$/,
    )
  })

  it('a document that is no object', () => {
    expect(fault([profiles, file([]), page()])).toBe(`${path}: [] should be an object.`)
  })

  it('no prose page', () => {
    expect(fault([profiles, file(good)])).toBe(
      `${path}: its prose page origin-is-fine.md is missing beside it.`,
    )
  })

  it('a rule that another pack has already', () => {
    const files = [file(good, 'mine/edge/origin-is-fine.json'), page('mine/edge/origin-is-fine.md')]
    expect(fault([profiles, file(good), page(), ...files])).toBe(
      `mine/edge/origin-is-fine.json: rule "origin-is-fine" is already defined in ${path}.`,
    )
  })
})

describe('profiles', () => {
  const withProfiles = (value: unknown) => [
    { path: 'pack/profiles.json', text: JSON.stringify(value) },
    file(good),
    page(),
  ]
  const strict = (adjust: object) => ({
    recommended: { description: 'All.' },
    strict: { description: 'More.', adjust },
  })

  it('select their rules and adjust severity and options', () => {
    const certificate = {
      ...good,
      id: 'valid',
      subject: 'certificate',
      when: undefined,
      require: { not: 'certificate-lasts' },
      profiles: ['recommended', 'strict'],
    }
    const adjust = { valid: { severity: 'low', options: { days: 90 } } }
    const book = loadRulebook([
      ...withProfiles(strict(adjust)),
      file(certificate, 'pack/edge/valid.json'),
      page('pack/edge/valid.md'),
    ])
    expect(selectRules(book, 'recommended').map(r => [r.id, r.severity])).toEqual([
      ['origin-is-fine', 'high'],
      ['valid', 'high'],
    ])
    expect(selectRules(book, 'strict')).toMatchObject([
      { id: 'valid', severity: 'low', require: { kind: 'not', of: { options: { days: 90 } } } },
    ])
    expect(book.rules.find(r => r.id === 'valid')?.require).toMatchObject({ of: { options: { days: 30 } } })
  })

  it.each([
    [{ recommended: {} }, 'pack/profiles.json, at recommended: "description" is missing.'],
    [
      strict({ 'origin-is-fin': {} }),
      'pack/profiles.json, at strict.adjust: unknown rule "origin-is-fin" (did you mean "origin-is-fine"?).',
    ],
    [
      strict({ 'origin-is-fine': { options: { vantge: 'tenant' } } }),
      'pack/profiles.json, at strict.adjust.origin-is-fine.options: no predicate of the rule has an option "vantge" (did you mean "vantage"?).',
    ],
    [
      strict({ 'origin-is-fine': { options: { vantage: 'moon' } } }),
      'pack/profiles.json, at strict.adjust.origin-is-fine.options.vantage: "moon" is not one of internet, tenant.',
    ],
    [
      strict({ 'origin-is-fine': { severity: 'gigantic' } }),
      'pack/profiles.json, at strict.adjust.origin-is-fine.severity: "gigantic" is not one of critical, high, medium, low.',
    ],
  ])('that are wrong give one sentence: %#', (value, sentence) => {
    expect(fault(withProfiles(value))).toBe(sentence)
  })

  it('may be added by a further pack, but not defined twice', () => {
    const mine = { path: 'mine/profiles.json', text: '{"mine": {"description": "Mine."}}' }
    expect(load(good, mine).profiles.map(p => p.name)).toEqual(['recommended', 'mine'])
    expect(fault([profiles, { ...profiles, path: 'mine/profiles.json' }, file(good), page()])).toBe(
      'mine/profiles.json: profile "recommended" is already defined in pack/profiles.json.',
    )
  })
})
