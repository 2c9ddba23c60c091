/** Child process: one scan of a laboratory as the command line would do it, or a part of one, with time and memory. */
import { readFile, stat } from 'node:fs/promises'
import { writeWhole } from '#cli/output.ts'
import { pageAssets, version } from '#cli/package-files.ts'
import { loadRules } from '#cli/rules.ts'
import { collect } from '#collect/collect.ts'
import type { ScanResult } from '#findings/result.ts'
import { judge } from '#judge/judge.ts'
import { classifyLink } from '#probe/classify.ts'
import { fixesOf } from '#prove/fix/fix.ts'
import { proveLinks } from '#prove/prove.ts'
import { formats, reporters } from '#report/reporters.ts'
import { callCounts } from '#snapshot/calls.ts'
import { readSnapshot } from '#snapshot/read.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { buildTopology } from '#topology/build.ts'
import { answer, taskOf } from './child.ts'

export interface ScanTask {
  /** `collect` reads the account at `endpoint` into `file`; `judge` goes on from the file; `all` does both in one go. */
  readonly part: 'collect' | 'judge' | 'all'
  readonly file: string
  readonly endpoint?: string
}

export interface ScanMeasure {
  /** Seconds by step, as a clock on the wall shows them. */
  readonly steps: Readonly<Record<string, number>>
  /** Seconds of processor time by step: what the machine's other work does not change. */
  readonly cpu: Readonly<Record<string, number>>
  /** Megabytes by output. */
  readonly sizes: Readonly<Record<string, number>>
  /** Megabytes, at the highest. */
  readonly memory: number
  readonly gaps: number
}

const steps: Record<string, number> = {}
const cpu: Record<string, number> = {}
const sizes: Record<string, number> = {}

const timed = async <T>(step: string, work: () => T | Promise<T>): Promise<T> => {
  const start = performance.now()
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  steps[step] = (performance.now() - start) / 1000
  cpu[step] = (user + system) / 1e6
  return result
}

const megabytes = (text: string): number => Buffer.byteLength(text) / 1e6

const collectAll = (endpoint: string): Promise<Snapshot> =>
  collect({
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'laboratory' }),
    endpoint,
    homeRegion: 'us-east-1',
    sealKey: Buffer.alloc(32, 7),
    now: new Date('2026-06-01T12:00:00.000Z'),
    // Only names of load balancers that nobody has get this far.
    resolver: { resolve: async () => ({ outcome: 'no-such-name', canonicalNames: [], addresses: [] }) },
  })

const judgeAll = async (snapshot: Snapshot): Promise<ScanResult> => {
  const rulebook = await loadRules(undefined)
  const toolVersion = await version()
  const topology = await timed('topology', () => buildTopology(snapshot))
  const exposures = await timed('prove', () => proveLinks(topology))
  const fixes = await timed('fix', () => fixesOf(topology, exposures))
  return timed('judge', () =>
    judge({
      rulebook,
      profile: 'recommended',
      toolVersion,
      snapshotName: 'snapshot.ndjson',
      topology,
      exposures,
      fixes,
      exchanges: [],
      probes: new Map(exposures.map(e => [e.link.id, classifyLink(e.link, e, [])])),
      coverage: { gaps: snapshot.gaps, calls: callCounts(snapshot) },
    }),
  )
}

const renderAll = async (result: ScanResult): Promise<void> => {
  const assets = await pageAssets()
  for (const format of formats) {
    const text = await timed(format, () => reporters[format].render(result, { assets }))
    sizes[format] = megabytes(text)
  }
}

const { part, file, endpoint = '' } = taskOf<ScanTask>()
const start = performance.now()
const before = process.cpuUsage()
const snapshot =
  part === 'judge'
    ? await timed('read', async () => readSnapshot(await readFile(file, 'utf8'), file))
    : await timed('collect', () => collectAll(endpoint))
if (part !== 'judge') {
  await timed('write', () => writeWhole(file, snapshotLines(snapshot)))
  sizes.snapshot = (await stat(file)).size / 1e6
}
if (part !== 'collect') await renderAll(await judgeAll(snapshot))
steps.total = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(before)
cpu.total = (user + system) / 1e6
const measure: ScanMeasure = {
  steps,
  sizes,
  // Kilobytes on every system: https://nodejs.org/api/process.html#processresourceusage
  memory: process.resourceUsage().maxRSS / 1024,
  cpu,
  gaps: snapshot.gaps.length,
}
answer(measure)
