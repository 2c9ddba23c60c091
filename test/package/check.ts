/** Packs, installs the tarball into an empty folder, and uses it there as a stranger would. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLab } from '#lab/lab.ts'
import { mixedWorld } from '../e2e/mixed-world.ts'

const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8' })

const check = (what: string, holds: boolean): void => {
  process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${what}\n`)
  if (!holds) process.exitCode = 1
}

/** Scans an account of this repository's laboratory; not `spawnSync`, as this process must answer the calls. */
const scanLab = async (program: string, cwd: string): Promise<number | null> => {
  const lab = await startLab(mixedWorld)
  try {
    const place = ['--endpoint-url', lab.endpoint, '--dns-server', lab.dnsServer]
    const child = spawn(process.execPath, [program, 'scan', ...place, '--no-probe', '--output', 'scanned'], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 180_000,
      env: {
        PATH: process.env.PATH,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: join(cwd, 'none'),
        AWS_SHARED_CREDENTIALS_FILE: join(cwd, 'none'),
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'laboratory',
      },
    })
    return await new Promise(ended => child.on('close', ended))
  } finally {
    await lab.close()
  }
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

  const program = join(folder, 'node_modules/originproof/dist/src/cli/main.js')
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, ...args], {
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
  const scanned = await scanLab(program, folder)
  check(`scan ends with the findings of an account (exit ${scanned})`, scanned === 1)
  const { summary, links } = JSON.parse(readFileSync(join(folder, 'scanned/result.json'), 'utf8'))
  check(
    `scan finds the ways around CloudFront (${links.length} links: ${JSON.stringify(summary.links)})`,
    links.length === 18 && summary.links.open === 2 && summary.links.guessable === 1,
  )
  check('the command is on the path', readdirSync(join(folder, 'node_modules/.bin')).includes('originproof'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
