import { spawn } from 'node:child_process'
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type History, isProblem, openHistory, type Seen, type Sighting } from '#history/store.ts'
import { account, batch, batchSize, batchTime } from './batches.ts'

let folder = ''
let files = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'originproof-history-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const file = () => join(folder, `${files++}.db`)

const opened = async (name: string): Promise<History> => {
  const history = await openHistory(name)
  if (isProblem(history)) throw new Error(history.problem)
  return history
}
const using = async <T>(name: string, work: (history: History) => T | Promise<T>): Promise<T> => {
  const history = await opened(name)
  try {
    return await work(history)
  } finally {
    history.close()
  }
}
const all = (history: History, of = account): readonly Seen[] => {
  const seen = history.seen(of)
  if (isProblem(seen)) throw new Error(seen.problem)
  return seen
}

const token: Sighting = { fingerprint: 'a'.repeat(32), account, origin: 'D1/alb', header: 'X-Auth-Token' }
const [monday, tuesday] = ['2026-11-16T09:00:00.000Z', '2026-11-17T09:00:00.000Z']

describe('the history', () => {
  it('knows nothing at first', async () => {
    expect(await using(file(), all)).toEqual([])
  })

  it('keeps the first time and moves the last, from one run to the next', async () => {
    const name = file()
    await using(name, h => h.record([token], monday))
    await using(name, h => h.record([token], tuesday))
    expect(await using(name, all)).toEqual([
      { ...token, header: 'x-auth-token', firstSeen: monday, lastSeen: tuesday },
    ])
  })

  it('is not made younger by a clock that was set back', async () => {
    const name = file()
    await using(name, h => h.record([token], tuesday))
    await using(name, h => h.record([token], monday))
    expect(await using(name, all)).toMatchObject([{ firstSeen: monday, lastSeen: tuesday }])
  })

  it('tells accounts, origins, headers and values apart', async () => {
    const others: readonly Sighting[] = [
      token,
      { ...token, origin: 'D2/alb' },
      { ...token, header: 'x-other' },
      { ...token, fingerprint: 'b'.repeat(32) },
      { ...token, account: '444455556666' },
    ]
    await using(file(), history => {
      history.record(others, monday)
      expect(all(history)).toHaveLength(4)
      expect(all(history, '444455556666')).toHaveLength(1)
    })
  })

  it('is readable by another scan while one has it open', async () => {
    const name = file()
    await using(name, async first => {
      first.record([token], monday)
      await using(name, second => {
        expect(second.record([token], tuesday)).toBeNull()
        expect(all(second)).toEqual(all(first))
      })
    })
  })

  test.prop([fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 9 })), { minLength: 1 })], { numRuns: 20 })(
    'remembers the least and the greatest time of each value, whatever the order',
    async writes => {
      const found = await using(file(), history => {
        for (const [n, time] of writes) history.record([{ ...token, fingerprint: `f${n}` }], batchTime(time))
        return all(history)
      })
      for (const { fingerprint, firstSeen, lastSeen } of found) {
        const times = writes.filter(([n]) => `f${n}` === fingerprint).map(([, time]) => time)
        expect([firstSeen, lastSeen]).toEqual([batchTime(Math.min(...times)), batchTime(Math.max(...times))])
      }
      expect(found.length).toBe(new Set(writes.map(([n]) => n)).size)
    },
  )
})

describe('a file that cannot be used gives one sentence', () => {
  const problem = async (name: string): Promise<string> => {
    const history = await openHistory(name)
    return isProblem(history) ? history.problem : 'no problem'
  }

  it('where it is no database, and is left as it is', async () => {
    const name = file()
    await writeFile(name, 'these are notes of mine\n'.repeat(100))
    expect(await problem(name)).toMatch(/^The history \S+ cannot be used \(.+\): move it away/)
    expect(await readFile(name, 'utf8')).toContain('notes of mine')
  })

  it('where it is the database of another program', async () => {
    const name = file()
    const other = new DatabaseSync(name)
    other.exec('CREATE TABLE t (a)')
    other.close()
    expect(await problem(name)).toBe(
      `The history ${name} is a database of another program: choose another file.`,
    )
  })

  it('where it is of a later version', async () => {
    const name = file()
    await using(name, () => undefined)
    const later = new DatabaseSync(name)
    later.exec('PRAGMA user_version = 99')
    later.close()
    expect(await problem(name)).toBe(`The history ${name} has format 99, which this version does not know.`)
  })

  it('where its folder does not exist', async () => {
    expect(await problem(join(folder, 'none', 'history.db'))).toMatch(/cannot be used/)
  })

  it.each([0.1, 0.3, 0.5, 0.7, 0.9])('where it is overwritten from %f of its length on', async part => {
    const name = file()
    await using(name, h => {
      for (let n = 0; n < 40; n++) h.record(batch(n), batchTime(n))
    })
    const { size } = await stat(name)
    const handle = await open(name, 'r+')
    await handle.write(Buffer.alloc(Math.ceil(size * 0.1), 0xa5), 0, undefined, Math.floor(size * part))
    await handle.close()
    const history = await openHistory(name)
    if (isProblem(history))
      expect(history.problem).toMatch(/^The history .*move it away to have a new one made\.$/)
    else {
      const seen = history.seen(account)
      history.close()
      expect(isProblem(seen)).toBe(true)
    }
  })

  it('where it is cut off', async () => {
    const name = file()
    await using(name, h => {
      for (let n = 0; n < 40; n++) h.record(batch(n), batchTime(n))
    })
    const handle = await open(name, 'r+')
    await handle.truncate(Math.floor((await handle.stat()).size / 2))
    await handle.close()
    expect(await problem(name)).toMatch(/^The history .*move it away to have a new one made\.$/)
  })
})

/** Starts a writer, kills it after that many stored batches, and tells the last batch that it said was stored. */
const killedWriter = async (name: string, from: number, after: number): Promise<number> => {
  const child = spawn(process.execPath, ['test/history/writer.ts', name, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 20_000,
  })
  const ended = new Promise<void>(done => child.on('exit', () => done()))
  let said = ''
  child.stdout.on('data', chunk => {
    said += String(chunk)
    if (said.split('\n').length > after) child.kill('SIGKILL')
  })
  await ended
  return Number(said.trim().split('\n').at(-1) ?? from)
}

describe('a writer that is killed in the middle', () => {
  it('leaves every batch whole or absent, and loses none that it had stored', async () => {
    const name = file()
    let next = 0
    for (const after of [1, 2, 3, 5, 8, 13, 21, 34]) {
      const stored = await killedWriter(name, next, after)
      const seen = await using(name, all)
      const sizes = Map.groupBy(seen, s => s.fingerprint)
      for (const [fingerprint, rows] of sizes)
        expect([fingerprint, rows.length]).toEqual([fingerprint, batchSize])
      for (let n = 0; n <= stored; n++) expect(sizes.has(`batch-${n}`), `batch ${n}`).toBe(true)
      next = stored + 1
    }
  })
})

describe('the warning of Node', () => {
  it('about SQLite is not shown, and others are', async () => {
    const script = `
      const { loadSqlite } = await import(${JSON.stringify(`${process.cwd()}/src/history/sqlite.ts`)})
      await loadSqlite()
      process.emitWarning('something else')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 })
    let err = ''
    child.stderr.on('data', chunk => {
      err += String(chunk)
    })
    await new Promise<void>(done => child.on('close', () => done()))
    expect(err).toContain('something else')
    expect(err).not.toContain('SQLite')
  })
})
