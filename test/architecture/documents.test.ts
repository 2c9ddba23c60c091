import { access, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'reports/result.md',
  'rules/bypasses.md',
  'test/bench/README.md',
]

describe('the documents', () => {
  it.each(documents)('%s links only to files that exist', async document => {
    const text = await readFile(document, 'utf8')
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) =>
      join(dirname(document), link),
    )
    const missing = await Promise.all(
      links.map(l =>
        access(l).then(
          () => [],
          () => [l],
        ),
      ),
    )
    expect(missing.flat()).toEqual([])
  })

  it('CONTRIBUTING gives the reason for every dependency', async () => {
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'))
    const text = await readFile('CONTRIBUTING.md', 'utf8')
    const unexplained = Object.keys(dependencies).filter(
      d => !text.includes(`\`${d}\``) && !d.startsWith('@aws-sdk/client-'),
    )
    expect(unexplained).toEqual([])
  })
})
