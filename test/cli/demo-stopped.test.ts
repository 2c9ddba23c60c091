/** A demo that is stopped by Ctrl-C leaves nothing behind of the nginx that it started. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { nginx, skipped } from '../prove/kubernetes/real-nginx.ts'

it.skipIf(nginx === null)(
  `ends with exit code 130 and no folder${skipped}`,
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'originproof-demo-'))
    const child = spawn(process.execPath, ['src/cli/main.ts', 'demo', '--output', join(folder, 'report')], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    const ended = new Promise<number | null>(done => child.once('exit', done))
    await new Promise<void>(done => {
      child.stderr.on('data', part => {
        said += part
        if (said.includes('Nothing leaves this machine.')) done()
      })
      child.once('exit', () => done())
    })
    expect(said).toMatch(/^nginx \d+\.\d+\.\d+ answers behind ingress, ingress-plain, ingress-wide/m)
    const folders = async () => (await readdir(folder)).filter(name => name.startsWith('originproof-nginx-'))
    expect(await folders()).toHaveLength(3)
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    for (let tries = 0; tries < 1_000 && (await folders()).length > 0; tries++) await sleep(10)
    expect(await folders()).toEqual([])
    await rm(folder, { recursive: true, force: true })
  },
)
