/** The child process: it starts or says why not, and it never stays behind. */
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { freePorts, listen } from '#lab/live/server.ts'
import { findNginx } from '#lab/nginx/find.ts'
import { startNginx } from '#lab/nginx/process.ts'
import { ask, nginx, skipped, start } from '../../prove/kubernetes/real-nginx.ts'

/** Where everything of a test goes, so that what is left behind is seen. */
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-test-'))
  vi.stubEnv('TMPDIR', folder)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const serving = (port: number): string => `server { listen 127.0.0.1:${port}; return 200 "here"; }`

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Of the nginx whose folder is below; its file is written before anybody may ask. */
const pidBelow = async (path: string): Promise<number> => {
  const [own = ''] = await readdir(path)
  return Number(await readFile(join(path, own, 'nginx.pid'), 'utf8'))
}

/** A program that is called nginx and does as the text of its shell says. */
const pretender = async (script: string): Promise<string> => {
  const path = join(folder, 'nginx')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

describe('finding nginx', () => {
  it('gives null where there is none', async () => {
    expect(await findNginx([join(folder, 'nginx')])).toBeNull()
  })

  it('takes nothing for nginx that does not say its version as nginx does', async () => {
    expect(await findNginx([await pretender('echo I am a web server')])).toBeNull()
    expect(await findNginx([await pretender('exit 1')])).toBeNull()
  })

  it('takes the first place where it is', async () => {
    const path = await pretender('echo nginx version: nginx/1.27.3 >&2')
    expect(await findNginx([join(folder, 'elsewhere'), path])).toEqual({ path, version: '1.27.3' })
  })
})

describe('what keeps a server from starting', () => {
  const config = { http: 'server { listen 127.0.0.1:1; }' }

  it('is that it is not there', async () => {
    const missing = { path: join(folder, 'none'), version: '1.22.1' }
    expect(await startNginx(missing, config)).toEqual({ trouble: 'it ended at once' })
    expect(await readdir(folder)).toEqual([])
  })

  it('is that it is too slow, and then it is ended', async () => {
    const path = await pretender(`echo $$ > ${folder}/slow; exec sleep 60`)
    const started = await startNginx({ path, version: '1.22.1' }, config, 1_000)
    expect(started).toEqual({ trouble: 'it was not ready after 1 seconds' })
    expect(isAlive(Number(await readFile(join(folder, 'slow'), 'utf8')))).toBe(false)
    expect((await readdir(folder)).toSorted()).toEqual(['nginx', 'slow'])
  })

  it('is that there is no place for its files', async () => {
    vi.stubEnv('TMPDIR', join(folder, 'nowhere'))
    expect(await startNginx({ path: 'nginx', version: '1.22.1' }, config)).toEqual({
      trouble: `its files cannot be written below ${join(folder, 'nowhere')}`,
    })
  })
})

describe.skipIf(nginx === null)(`the real nginx${skipped}`, () => {
  it('serves until it is stopped, and leaves neither process nor folder', async () => {
    const [port = 0] = await freePorts(1)
    const running = await start({ http: serving(port) })
    expect((await ask(port, { path: '/' })).body).toBe('here')
    const pid = await pidBelow(folder)
    await running.stop()
    expect(isAlive(pid)).toBe(false)
    expect(await readdir(folder)).toEqual([])
  })

  it('says in fixed words that its port is taken', { timeout: 20_000 }, async () => {
    const holder = await listen(() => undefined)
    await expect(start({ http: serving(holder.port) })).rejects.toThrow('its port is taken')
    await holder.close()
    expect(await readdir(folder)).toEqual([])
  })

  it('says nothing of a configuration that it refuses', async () => {
    const started = start({ http: 'server { secretword "k7Qm2Zr9Xw4Tn8Vb"; }' })
    await expect(started).rejects.toThrow(/^nginx did not start: it refuses its configuration$/)
    expect(await readdir(folder)).toEqual([])
  })

  it('serves from a folder with a blank in its name', async () => {
    const spaced = await mkdtemp(join(folder, 'a b '))
    vi.stubEnv('TMPDIR', spaced)
    const [port = 0] = await freePorts(1)
    const users = { users: 'edge:{PLAIN}word\n' }
    const http = `server { listen 127.0.0.1:${port}; auth_basic "x"; auth_basic_user_file "@dir@/users"; }`
    const running = await start({ http, files: users })
    const headers = [['Authorization', `Basic ${btoa('edge:word')}`]] as const
    expect([
      (await ask(port, { path: '/' })).status,
      (await ask(port, { path: '/', headers })).status,
    ]).toEqual([401, 404])
    await running.stop()
  })

  it.each(['SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with the program that started it, whatever ends that: %s',
    { timeout: 20_000 },
    async signal => {
      const [port = 0] = await freePorts(1)
      const program = `
        import { startNginx } from '#lab/nginx/process.ts'
        await startNginx(${JSON.stringify(nginx)}, { http: ${JSON.stringify(serving(port))} })
        process.stdout.write('started')
        setInterval(() => undefined, 1000)
      `
      const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await new Promise(done => parent.stdout.once('data', done))
      const pid = await pidBelow(folder)
      expect(isAlive(pid)).toBe(true)
      parent.kill(signal)
      // Its guard sees the end of the program, not the test: it needs a moment.
      for (let tries = 0; tries < 1_000 && (await readdir(folder)).length > 0; tries++) await sleep(10)
      expect(await readdir(folder)).toEqual([])
      expect(isAlive(pid)).toBe(false)
    },
  )
})
