/** Packs, installs the tarball into an empty folder, and uses it there as a stranger would. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8' })

const check = (what: string, holds: boolean): void => {
  process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${what}\n`)
  if (!holds) process.exitCode = 1
}

const folder = mkdtempSync(join(tmpdir(), 'originproof-package-'))
try {
  npm(['pack', '--pack-destination', folder], process.cwd())
  const tarball = readdirSync(folder).find(f => f.endsWith('.tgz')) ?? ''
  check(
    `the tarball is small (${Math.round(statSync(join(folder, tarball)).size / 1024)} KiB)`,
    statSync(join(folder, tarball)).size < 1_500_000,
  )
  writeFileSync(join(folder, 'package.json'), '{"name":"stranger","private":true}')
  npm(['install', `./${tarball}`, '--omit=dev'], folder)

  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(folder, 'node_modules/originproof/dist/src/cli/main.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 180_000,
    })
  check('--help answers', run('--help').status === 0)
  check('rules lists the bundled rules', run('rules').stdout.includes('origin-closed-to-internet'))
  check('policy prints a policy', JSON.parse(run('policy').stdout).Statement.length > 0)
  const demo = run('demo', '--output', 'report')
  check(`demo runs (exit ${demo.status})${demo.status === 0 ? '' : `\n${demo.stderr}`}`, demo.status === 0)
  check(
    'demo writes all four files',
    ['report.html', 'report.sarif', 'result.json', 'snapshot.ndjson'].every(f =>
      readdirSync(join(folder, 'report')).includes(f),
    ),
  )
  check('judge replays the snapshot', run('judge', '--snapshot', 'report/snapshot.ndjson').status === 1)
  check('the command is on the path', readdirSync(join(folder, 'node_modules/.bin')).includes('originproof'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
