/** Hands a result to its readers: the terminal on stdout, the files whole and in one folder. */
import { basename, join, relative, sep } from 'node:path'
import { type Format, formats, reporters } from '#report/reporters.ts'
import type { ScanResult } from '#scan.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { prepareFolder, writeWhole } from './output.ts'
import { pageAssets } from './package-files.ts'

export interface Delivery {
  readonly toStdout: Format | null
  /** Formats that become files in `folder`. */
  readonly toFiles: readonly Format[]
  readonly folder: string
}

const defaultFolder = 'originproof-report'

/**
 * The terminal report goes to stdout. A single other format does too when no folder is named, for pipes; otherwise
 * files go to the folder. A folder without formats means all of them.
 */
export const planDelivery = (settings: {
  readonly format?: readonly Format[]
  readonly output?: string
}): Delivery => {
  const wanted = settings.format ?? (settings.output === undefined ? (['terminal'] as const) : formats)
  const files = wanted.filter(f => f !== 'terminal')
  const folder = settings.output ?? defaultFolder
  const [only] = files
  if (wanted.length === 1 && only !== undefined && settings.output === undefined)
    return { toStdout: only, toFiles: [], folder }
  return { toStdout: wanted.includes('terminal') ? 'terminal' : null, toFiles: files, folder }
}

/** SARIF points at lines of the snapshot, so that it is written even when the log itself goes to a pipe. */
const writesSnapshot = ({ toFiles, toStdout }: Delivery): boolean =>
  toFiles.length > 0 || toStdout === 'sarif'

/** The snapshot file that a scan leaves in the folder; null where it leaves none. */
export const snapshotFileOf = (delivery: Delivery): string | null =>
  writesSnapshot(delivery) ? join(delivery.folder, 'snapshot.ndjson') : null

/** How reports cite the snapshot: relative to the working directory, as code scanning wants it; empty for no file. */
export const snapshotCitation = (file: string): string => {
  if (file === '') return ''
  const path = relative(process.cwd(), file).split(sep).join('/')
  return path.startsWith('../') ? basename(file) : path
}

/** Makes sure that the folder can be written before a scan spends minutes. */
export const prepareDelivery = async (delivery: Delivery): Promise<void> => {
  if (writesSnapshot(delivery)) await prepareFolder(delivery.folder)
}

/** Writes what was asked for; answers the files it wrote. */
export const deliver = async (
  result: ScanResult,
  snapshot: Snapshot | null,
  delivery: Delivery,
): Promise<readonly string[]> => {
  const { toStdout, toFiles, folder } = delivery
  const options = {
    width: Math.min(process.stdout.columns ?? 80, 120),
    color: process.stdout.isTTY === true && !process.env.NO_COLOR,
    assets: await pageAssets(),
  }
  const written: string[] = []
  const snapshotFile = snapshotFileOf(delivery)
  if (snapshotFile !== null && snapshot) {
    await writeWhole(snapshotFile, snapshotLines(snapshot))
    written.push(snapshotFile)
  }
  for (const format of toFiles) {
    const file = join(folder, reporters[format].fileName)
    await writeWhole(file, reporters[format].render(result, options))
    written.push(file)
  }
  if (toStdout) process.stdout.write(reporters[toStdout].render(result, options))
  return written
}
