/** Builds what is published: compiled JavaScript, rules, page assets and the manifest that maps `#stage/` to it. */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '--project', join(root, '.ci/tsconfig.build.json')],
  { stdio: 'inherit' },
)
cpSync(join(root, 'rules'), join(dist, 'rules'), { recursive: true })
mkdirSync(join(dist, 'reports'))
for (const part of ['assets', 'result.schema.json'])
  cpSync(join(root, 'reports', part), join(dist, 'reports', part), { recursive: true })

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
// Inside dist the nearest manifest is this one: sources say `#stage/file.ts`, the compiled files end in .js.
const manifest = { name, version, type: 'module', private: true, imports: { '#*.ts': './src/*.js' } }
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
chmodSync(join(dist, 'src/cli/main.js'), 0o755)
