/** The table of bypasses says what the worlds and rules bear out. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { loadRules } from '#cli/rules.ts'
import { bypasses } from '../../fixtures/worlds/bypass/all.ts'
import type { BypassCase, Expectation } from '../../fixtures/worlds/bypass/case.ts'

interface Row {
  readonly id: string
  readonly state: string
  readonly by: string
  readonly world: string
}

const rows: readonly Row[] = (await readFile('rules/bypasses.md', 'utf8'))
  .split('\n')
  .filter(line => /^\| B\d/.test(line))
  .map(line => line.split('|').map(cell => cell.trim()))
  .map(([, id = '', , state = '', by = '', world = '']) => ({ id, state, by, world }))

const rulesIn = ({ by }: Row): readonly string[] => [...by.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id)

/** The verdict that a row claims, if any: its first word. */
const verdictIn = ({ by }: Row): string | undefined =>
  /^(open|guessable|authenticated|closed|unknown)\b/.exec(by)?.[1]

const vantageIn = ({ by }: Row): 'internet' | 'tenant' | 'inside' =>
  /to tenants/.test(by) ? 'tenant' : /to inside/.test(by) ? 'inside' : 'internet'

const caseOf = ({ id }: Row): BypassCase | undefined => bypasses.find(b => b.id === id)

const shows = (row: Row, { rules, ...verdicts }: Expectation): boolean => {
  const verdict = verdictIn(row)
  const wanted = row.state === 'unknown' ? 'unknown' : 'violated'
  const violated = rulesIn(row).some(id => rules?.[id] === wanted)
  return violated || (verdict !== undefined && verdicts[vantageIn(row)] === verdict)
}

describe('the table of bypasses', () => {
  test('has one row for each of the catalogue, in order', () => {
    const all = Array.from({ length: 106 }, (_, i) => `B${String(i + 1).padStart(2, '0')}`)
    expect(rows.map(r => r.id)).toEqual(all)
  })

  test('is of the worlds in its own order', () => {
    const numbers = bypasses.map(b => Number(b.id.slice(1)))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  })

  test('knows four states', () => {
    const states = ['decided', 'probed', 'unknown', 'not covered']
    expect(rows.filter(r => !states.includes(r.state))).toEqual([])
  })

  test('names rules that exist', async () => {
    const known = (await loadRules(undefined)).rules.map(r => r.id)
    expect(rows.flatMap(rulesIn).filter(id => !known.includes(id))).toEqual([])
  })

  test('names the world of every bypass that has one, and no other', () => {
    const link = (id: string) => `[${id.toLowerCase()}](../fixtures/worlds/bypass/${id.toLowerCase()}.ts)`
    expect(rows.map(r => [r.id, r.world])).toEqual(rows.map(r => [r.id, caseOf(r) ? link(r.id) : '']))
  })

  test('calls decided what a world or a rule shows, and says what is beyond that', () => {
    const bare = rows.filter(r => r.state === 'decided' && !caseOf(r) && rulesIn(r).length === 0)
    // The table says in words which other row it rests on.
    expect(bare.map(r => r.id)).toEqual(['B52'])
  })

  test('says the verdict, or the rule, that the world shows', () => {
    const wrong = rows.filter(row => {
      const found = caseOf(row)
      return found !== undefined && !shows(row, found.expect.wrong)
    })
    expect(wrong.map(r => `${r.id} ${r.by}`)).toEqual([])
  })

  test('says nothing of what is not covered', () => {
    expect(rows.filter(r => r.state === 'not covered' && (r.by !== '' || r.world !== ''))).toEqual([])
  })
})
