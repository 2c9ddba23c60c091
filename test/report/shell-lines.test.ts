import { execFileSync } from 'node:child_process'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { shellWord } from '#base/shell.ts'
import { shellLines } from '#report/terminal/shell.ts'

const run = (script: string): string =>
  execFileSync('sh', ['-c', script], { env: { TOKEN: 'a b', PATH: process.env.PATH ?? '' } }).toString()

const printed = (words: readonly string[]): string => `printf '<%s>' ${words.join(' ')}`

describe('a shell line over several', () => {
  test.prop(
    [
      fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 120 }), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.integer({ min: 30, max: 90 }),
    ],
    { numRuns: 40 },
  )('does the same', (texts, width) => {
    const line = printed([...texts.map(shellWord), '--option', '"$TOKEN"', '"x $TOKEN"'])
    expect(run(shellLines(line, width, 4).join('\n'))).toBe(run(line))
  })

  test.prop([
    fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 200 })),
    fc.integer({ min: 30, max: 90 }),
  ])('keeps within the width, but for a word that is wider alone', (texts, width) => {
    const words = texts.map(shellWord)
    const lines = shellLines(printed(words), width, 4)
    const wide = lines.filter(line => line.length > width).map(line => line.trim().replace(/ \\$/, ''))
    expect(wide.filter(line => !words.some(word => line.endsWith(word) && word.length > width - 40))).toEqual(
      [],
    )
  })

  it('stays one line where it fits, and keeps an option with its value', () => {
    expect(shellLines('aws ec2 describe --group-id sg-1', 80, 2)).toEqual([
      '  aws ec2 describe --group-id sg-1',
    ])
    expect(shellLines('aws ec2 describe --group-id sg-0123456789', 36, 2)).toEqual([
      '  aws ec2 describe \\',
      '    --group-id sg-0123456789',
    ])
  })
})
