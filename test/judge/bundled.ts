/** The rules of the repository, read once, and judging a world by them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ScanResult } from '#findings/result.ts'
import { type JudgeInput, judge } from '#judge/judge.ts'
import { loadRulebook, type RuleFile } from '#rulebook/load.ts'
import type { World } from './build.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

export const bundledFiles: readonly RuleFile[] = readdirSync(join(repository, 'rules'), {
  recursive: true,
  withFileTypes: true,
})
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath, entry.name))
  .sort()
  .map(file => ({ path: relative(repository, file), text: readFileSync(file, 'utf8') }))

export const bundledRules = loadRulebook(bundledFiles)

export const judgeWorld = (world: World, changes: Partial<JudgeInput> = {}): ScanResult =>
  judge({
    ...world,
    toolVersion: '0.0.0',
    exchanges: [],
    fixes: new Map(),
    rulebook: bundledRules,
    profile: 'recommended',
    coverage: { gaps: world.topology.gaps, calls: [] },
    snapshotName: 'snapshot.ndjson',
    ...changes,
  })
