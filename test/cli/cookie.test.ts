import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookie, keyId, signature, statement } from '../cookie/build.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-cookie-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = async (args: readonly string[], input = '') => {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'cookie', ...args], {
    env: { PATH: process.env.PATH },
    timeout: 60_000,
  })
  child.stdin.end(input)
  const ended = new Promise<number | null>(done => child.on('close', done))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { out, err, code }
}

/** Valid for an hour from now on. */
const fresh = () => {
  const inOneHour = { 'AWS:EpochTime': Math.floor(Date.now() / 1000) + 3600 }
  return cookie(statement({ DateLessThan: inOneHour }))
}

describe.concurrent('originproof cookie', () => {
  it('reads a good cookie from a file and ends with 0, without the signature', async () => {
    const file = join(folder, 'good.txt')
    await writeFile(file, fresh())
    const { out, err, code } = await run([file, '--key-id', keyId])
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(out).toContain('resource     https://cdn.example.com/private/*\n')
    expect(out).not.toContain(signature.slice(0, 12))
  })

  it('reads standard input and ends with 1 where something is wrong', async () => {
    const { out, code } = await run(['-', '--key-id', 'K1111111111111'], fresh())
    expect(code).toBe(1)
    expect(out).toContain('refused      The key id is none of those that CloudFront is known to trust.\n')
  })

  it.each([
    ['there is no such file', ['missing.txt'], ''],
    ['there is no signature in it', ['-'], 'session=1'],
    ['the key id is none', ['-', '--key-id', 'x y'], ''],
  ])('ends with 2 and one sentence where %s', async (_, args, input) => {
    const { out, err, code } = await run(args, input)
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('lets no control characters of a policy reach the terminal', async () => {
    const { out } = await run(['-'], cookie(statement({}, 'https://a.example.com/\u001b[31m')))
    expect(out).not.toContain('\u001b')
  })
})
