import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { historyOf } from '#cli/history.ts'
import { loadRules } from '#cli/rules.ts'
import { sealKey } from '#cli/seal-key.ts'
import type { Settings } from '#cli/settings.ts'
import { serveAws } from '#lab/aws/endpoint.ts'
import { forbidden } from '#lab/build/rules.ts'
import { requireHeader } from '#lab/build/security.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import { judgeSnapshot, observe } from '#scan.ts'
import { readSnapshot } from '#snapshot/read.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { snapshotLines } from '#snapshot/write.ts'
import {
  behind,
  edit,
  everyone,
  forwarding,
  gate,
  https,
  locked,
  name,
  otherToken,
  token,
} from '../../fixtures/worlds/bypass/parts.ts'

const world = behind(locked)
const rotatedWorld = behind(
  { ...locked, listeners: [https([gate(otherToken)], forbidden)] },
  { headers: { [name]: otherToken } },
)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'))
})
afterAll(() => rm(folder, { recursive: true }))

const settingsIn = (part: Partial<Settings>): Settings => ({
  failOn: 'high',
  ruleProfile: 'recommended',
  probe: false,
  dryRun: false,
  probeAllow: [],
  findPlaintext: false,
  ownedHosts: [],
  acceptedHosts: [],
  ...part,
})

/** A scan at that moment, without the probe; its snapshot as it is written and read again. */
const scanAt = async (at: string, part: Partial<Settings>, account = world): Promise<Snapshot> => {
  const settings = settingsIn(part)
  const aws = await serveAws(worldHandler(account))
  try {
    const snapshot = await observe({
      collect: {
        credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'laboratory' }),
        endpoint: aws.url,
        homeRegion: 'us-east-1',
        regions: ['eu-west-1'],
        sealKey: await sealKey(settings.sealKeyFile),
        now: new Date(at),
        maxAttempts: 2,
        retryDelayMs: 1,
      },
      remember: historyOf(settings),
    })
    return readSnapshot([...snapshotLines(snapshot)].join(''), 'snapshot.ndjson')
  } finally {
    await aws.close()
  }
}

const freshness = async (snapshot: Snapshot) => {
  const rulebook = await loadRules(undefined)
  const how = { rulebook, profile: 'recommended', toolVersion: '0.1.0', snapshotName: '' }
  const finding = judgeSnapshot(snapshot, how).findings.find(f => f.rule === 'token-fresh')
  return { outcome: finding?.outcome ?? 'satisfied', text: finding?.evidence[0]?.text ?? '' }
}

const sightings = (snapshot: Snapshot) => snapshot.resources.filter(r => r.type === types.sighting)

describe('the history of an account', () => {
  it('proves from scan to scan that a token grows old, and that a new one is new', async () => {
    const kept = { sealKeyFile: join(folder, 'first.key'), history: join(folder, 'first.sqlite') }
    const first = await scanAt('2026-01-01T00:00:00.000Z', kept)
    expect(sightings(first).map(r => r.config.FirstSeen)).toContain('2026-01-01T00:00:00.000Z')
    const later = await scanAt('2026-06-01T00:00:00.000Z', kept)
    expect(await freshness(later)).toMatchObject({
      outcome: 'violated',
      text: expect.stringContaining('at least 151 days old'),
    })
    const rotated = await scanAt('2026-06-20T00:00:00.000Z', kept, rotatedWorld)
    expect(await freshness(rotated)).toMatchObject({ outcome: 'satisfied' })
  })

  it('remembers what a web ACL compares, so that a value that is new in it is known to be new', async () => {
    const kept = { sealKeyFile: join(folder, 'acl.key'), history: join(folder, 'acl.sqlite') }
    const walls = (value: string) =>
      edit(
        behind(
          { admits: everyone, listeners: [forwarding] },
          { headers: { [name]: value }, regionalRules: [] },
        ),
        types.webAcl,
        config => (config.Scope === 'REGIONAL' ? { ...config, Rules: [requireHeader(name, value)] } : config),
      )
    const first = await scanAt('2026-06-01T00:00:00.000Z', kept, walls(token))
    const acl = first.resources.find(r => r.type === types.webAcl)?.arn
    expect(sightings(first).filter(r => r.config.Place === acl)).toMatchObject([
      { config: { Header: name.toLowerCase(), FirstSeen: '2026-06-01T00:00:00.000Z' } },
    ])
    expect((await freshness(first)).outcome).toBe('violated')
    const rotated = await scanAt('2026-06-20T00:00:00.000Z', kept, walls(otherToken))
    expect(await freshness(rotated)).toMatchObject({ outcome: 'satisfied' })
  })

  it('lies beside the key unless the settings say where', async () => {
    const key = join(folder, 'beside.key')
    await scanAt('2026-01-01T00:00:00.000Z', { sealKeyFile: key })
    const again = await scanAt('2026-01-05T00:00:00.000Z', {
      sealKeyFile: key,
      history: join(folder, 'originproof-history.sqlite'),
    })
    expect(sightings(again).every(r => r.config.FirstSeen === '2026-01-01T00:00:00.000Z')).toBe(true)
    expect(sightings(again).length).toBeGreaterThan(0)
  })

  it('takes nothing for rotated because the key is another', async () => {
    const history = join(folder, 'keys.sqlite')
    await scanAt('2026-01-01T00:00:00.000Z', { sealKeyFile: join(folder, 'one.key'), history })
    const other = await scanAt('2026-06-01T00:00:00.000Z', { sealKeyFile: join(folder, 'two.key'), history })
    expect(new Set(sightings(other).map(r => r.config.FirstSeen))).toEqual(
      new Set(['2026-06-01T00:00:00.000Z']),
    )
    expect((await freshness(other)).outcome).not.toBe('satisfied')
  })

  it('holds no value and no key, and neither does the snapshot', async () => {
    const kept = { sealKeyFile: join(folder, 'canary.key'), history: join(folder, 'canary.sqlite') }
    const snapshot = await scanAt('2026-01-01T00:00:00.000Z', kept)
    const key = await readFile(kept.sealKeyFile, 'utf8')
    const written = JSON.stringify(snapshot) + (await readFile(kept.history, 'latin1'))
    expect(written).toContain('SQLite format')
    for (const secret of [token, key.trim()]) expect(written).not.toContain(secret)
  })

  it('is not kept where the key is made anew for each run, nor where nobody wants it', async () => {
    expect(historyOf(settingsIn({}))).toBeNull()
    expect(historyOf(settingsIn({ sealKeyFile: join(folder, 'x.key'), history: false }))).toBeNull()
  })

  it('costs a warning where it cannot be used, and never the scan', async () => {
    const history = join(folder, 'broken.sqlite')
    await writeFile(history, 'this is no database, and somebody may still need it')
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const snapshot = await scanAt('2026-01-01T00:00:00.000Z', {
      sealKeyFile: join(folder, 'broken.key'),
      history,
    })
    const words = said.mock.calls.map(([text]) => String(text)).join('')
    said.mockRestore()
    expect(words).toMatch(/^originproof: The history .*broken\.sqlite.*\n$/)
    expect(sightings(snapshot)).toEqual([])
    expect(snapshot.resources.length).toBeGreaterThan(10)
  })
})
