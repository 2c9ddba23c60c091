import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { lockedWorld } from '../e2e/mixed-world.ts'
import { startOriginproof } from './running.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-killed-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' }

/** Starts the command against a slow account, kills it at that call, and tells what it left behind. */
const killedAt = async (operation: string, signal: 'SIGTERM' | 'SIGKILL', args: readonly string[]) => {
  const cwd = await mkdtemp(join(folder, `${signal}-`))
  const reached = Promise.withResolvers<void>()
  const lab = await startLab(lockedWorld, {
    latencyMs: 100,
    aws: handle => call => {
      if (call.operation === operation) reached.resolve()
      return handle(call)
    },
  })
  try {
    const { child, ended } = startOriginproof(
      [...args, '--endpoint-url', lab.endpoint, '--dns-server', lab.dnsServer],
      { env, cwd },
    )
    await Promise.race([reached.promise, ended])
    child.kill(signal)
    const end = await ended
    const entries = await readdir(cwd, { recursive: true, withFileTypes: true })
    return { ...end, files: entries.filter(e => e.isFile()).map(e => e.name) }
  } finally {
    await lab.close()
  }
}

describe.concurrent.each(['SIGTERM', 'SIGKILL'] as const)('%s half-way', signal => {
  it('through a scan leaves no file, neither whole nor half', async () => {
    const {
      code,
      signal: how,
      files,
    } = await killedAt('DescribeListeners', signal, [
      ...['scan', '--no-probe', '--output', 'report', '--save-snapshot', 'saved/snapshot.ndjson'],
    ])
    expect([code, how], 'how it ended').toEqual([null, signal])
    expect(files).toEqual([])
  })

  it('through a collection leaves no file, neither whole nor half', async () => {
    const {
      code,
      signal: how,
      files,
    } = await killedAt('DescribeRules', signal, ['collect', '-o', 'saved/snapshot.ndjson'])
    expect([code, how], 'how it ended').toEqual([null, signal])
    expect(files).toEqual([])
  })
})
