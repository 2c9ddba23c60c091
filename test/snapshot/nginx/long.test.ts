/** Snippets far longer than people write: what reading one costs grows with its length and no faster. */
import { describe, expect, it } from 'vitest'
import { sealSnippet } from '#snapshot/nginx/snippet.ts'

/** Microseconds of processor time, the least of three: what else runs on the machine does not count. */
const cost = (text: string): number => {
  const once = (): number => {
    const before = process.cpuUsage()
    sealSnippet(text, ({ start }) => start)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  return Math.min(once(), once(), once())
}

const short = 1500
const times = 8

const many = (count: number, unit: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => unit(i)).join('')
const lua = 'content_by_lua_block { '

/** Each of as many parts as it is told. */
const texts: Readonly<Record<string, (count: number) => string>> = {
  'blocks that nobody closes': n => many(n, () => 'if ($a) {'),
  'blocks side by side': n => many(n, i => `if ($http_x_token != "tok3nAbCdEfGh${i}") { return 403; }\n`),
  'variables that follow from each other backwards': n =>
    `${many(n, i => `set $a${i} $a${i + 1};\n`)} set $a${n} $http_x_token;`,
  'Lua with comments that nobody closes': n => lua + many(n, () => '--[[ '),
  'Lua with quotes that nobody closes': n => lua + many(n, () => '"\\'),
  'many small programs of Lua': n => many(n, () => `${lua} "a" } `),
  'a map of many keys': n => `map $http_x $y { ${many(n, i => `k${i}zQ4fT9w 1; `)} }`,
}

describe('a snippet eight times as long', () => {
  it.each(Object.entries(texts))('of %s costs about eight times as much', (_, text) => {
    const small = cost(text(short))
    // What looks back over everything for each word would cost sixty-four times as much.
    expect(cost(text(short * times))).toBeLessThan(Math.max(small, 2000) * times * 3)
  })
})

it('a string of Lua without end hides no brace that would close the block: nginx is said to refuse it', () => {
  const { problems, text } = sealSnippet('content_by_lua_block { local a = "b } \nreturn 403;', () => 'x')
  expect(problems).toEqual([expect.objectContaining({ kind: 'syntax' })])
  expect(text).toBe('⟦0⟧')
})
