/** Builds what is published: compiled JavaScript, rules, page assets and the manifest that maps `#stage/` to it. */
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

/**
 * "A `.ts` import that is not relative will not be rewritten": true, and meant. The manifest in `dist` maps
 * `#stage/file.ts` to the compiled file.
 */
const notRewritten = 2877

const compile = (): void => {
  const file = join(root, '.ci/tsconfig.build.json')
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, ts.sys.readFile).config,
    ts.sys,
    join(root, '.ci'),
  )
  const program = ts.createProgram(fileNames, options)
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics].filter(
    d => d.code !== notRewritten,
  )
  if (problems.length === 0) return
  const host = {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (f: string) => f,
    getNewLine: () => '\n',
  }
  process.stderr.write(ts.formatDiagnostics(problems, host))
  process.exit(1)
}

rmSync(dist, { recursive: true, force: true })
compile()
cpSync(join(root, 'rules'), join(dist, 'rules'), { recursive: true })
const manifests = 'fixtures/manifests'
cpSync(join(root, manifests), join(dist, manifests), { recursive: true })
mkdirSync(join(dist, 'reports'))
for (const part of ['assets', 'result.schema.json'])
  cpSync(join(root, 'reports', part), join(dist, 'reports', part), { recursive: true })

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
// Inside dist the nearest manifest is this one: sources say `#stage/file.ts`, the compiled files end in .js.
const manifest = { name, version, type: 'module', private: true, imports: { '#*.ts': './src/*.js' } }
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
chmodSync(join(dist, 'src/cli/main.js'), 0o755)
