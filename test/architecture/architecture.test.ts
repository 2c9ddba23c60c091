import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cruiseSources, type Violation } from './cruise.ts'
import { stages } from './stages.ts'

const root = process.cwd()

const sourceFiles = async (): Promise<readonly string[]> =>
  (await readdir('src', { recursive: true })).filter(f => f.endsWith('.ts')).map(f => `src/${f}`)

describe('the architecture', () => {
  it('is seen whole by the checker, and no file breaks the import table', async () => {
    const { modules, violations } = await cruiseSources(root)
    expect([...modules].sort()).toEqual([...(await sourceFiles())].sort())
    expect(violations).toEqual([])
  })

  it('has a rule for every folder of src', async () => {
    const folders = (await readdir('src', { withFileTypes: true })).map(e => e.name)
    expect(folders.sort()).toEqual(Object.keys(stages).sort())
  })
})

/** Small trees that break one rule each: were the checker blind, these would pass. */
const canaries: readonly { readonly rule: string; readonly file: string; readonly imports: string }[] = [
  ...Object.entries(stages).flatMap(([name, { mayImport }]) => {
    const forbidden = ['lab', 'cli', 'base'].find(s => s !== name && !mayImport.includes(s))
    const file = name.endsWith('.ts') ? `src/${name}` : `src/${name}/canary.ts`
    return forbidden ? [{ rule: `stage-${name}`, file, imports: `#${forbidden}/victim.ts` }] : []
  }),
  { rule: 'confined-@aws-sdk|@smithy', file: 'src/judge/aws.ts', imports: '@aws-sdk/client-sts' },
  {
    rule: 'confined-@kubernetes/client-node',
    file: 'src/collect/cluster.ts',
    imports: '@kubernetes/client-node',
  },
  { rule: 'confined-yaml', file: 'src/cli/yaml.ts', imports: 'yaml' },
  { rule: 'confined-undici', file: 'src/probe/send.ts', imports: 'undici' },
  { rule: 'confined-(node:)?sqlite', file: 'src/judge/store.ts', imports: 'node:sqlite' },
  {
    rule: 'confined-(node:)?(fs|child_process|readline)',
    file: 'src/report/disk.ts',
    imports: 'node:fs/promises',
  },
  {
    rule: 'confined-(node:)?(net|tls|http|https|http2|dgram|dns)',
    file: 'src/topology/net.ts',
    imports: 'node:net',
  },
  { rule: 'checker-apart', file: 'src/prove/check.ts', imports: '#prove/link.ts' },
]

describe('the architecture check', () => {
  let tree = ''
  let violations: readonly Violation[] = []

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'originproof-canary-'))
    const put = async (file: string, text: string) => {
      await mkdir(dirname(join(tree, file)), { recursive: true })
      await writeFile(join(tree, file), text)
    }
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'))
    await put(
      'package.json',
      JSON.stringify({ name: 'canary', type: 'module', imports: { '#*': './src/*' } }),
    )
    for (const victim of ['base', 'lab', 'cli']) await put(`src/${victim}/victim.ts`, 'export const x = 1\n')
    await put('src/prove/link.ts', 'export const x = 1\n')
    for (const { file, imports } of canaries)
      await put(file, `import * as y from '${imports}'\nexport const z = y\n`)
    violations = (await cruiseSources(tree)).violations
  })
  afterAll(() => rm(tree, { recursive: true, force: true }))

  it.each(canaries)('catches $file importing $imports', ({ rule, file }) => {
    expect(violations.filter(v => v.from === file).map(v => v.rule)).toContain(rule)
  })
})
