import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeReadme, makeSamples, samplesFolder } from './make.ts'

let samples: ReadonlyMap<string, string>
beforeAll(async () => {
  samples = await makeSamples()
}, 120_000)

/** Lines that differ, so that a failure shows what changed and not two whole files. */
const difference = (was: string, is: string): readonly string[] => {
  const before = was.split('\n')
  return is.split('\n').flatMap((line, i) => (line === before[i] ? [] : [`${i + 1}: ${line.slice(0, 200)}`]))
}

describe('the committed samples (renew them with npm run samples)', () => {
  it.each(['snapshot.ndjson', 'report.txt', 'result.json', 'report.sarif', 'report.html'])(
    '%s is what the demo account gives today',
    async name => {
      const committed = await readFile(`${samplesFolder}/${name}`, 'utf8')
      expect(difference(committed, samples.get(name) ?? '').slice(0, 3)).toEqual([])
      expect(committed.length).toBe(samples.get(name)?.length)
    },
  )

  it('README shows the IAM policy of today', async () => {
    expect(await readFile('README.md', 'utf8')).toBe(await makeReadme())
  })
})
