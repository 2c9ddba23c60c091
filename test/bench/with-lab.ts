/** One scan of a laboratory, each in a process of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf, runChild, startChild } from './child.ts'
import type { LabCounts, LabReady, LabTask } from './lab-process.ts'
import type { ScanMeasure, ScanTask } from './scan-process.ts'

export interface Measured {
  readonly scan: ScanMeasure
  readonly lab: LabCounts
}

export const inFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'originproof-bench-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const scanLab = async (lab: LabTask, part: 'collect' | 'all', file: string): Promise<Measured> => {
  const child = startChild('lab-process.ts', lab)
  try {
    const { url } = await messageOf<LabReady>(child)
    const task: ScanTask = { part, file, endpoint: url }
    const scan = await runChild<ScanMeasure>('scan-process.ts', task)
    child.send('counts')
    return { scan, lab: await messageOf<LabCounts>(child) }
  } finally {
    if (child.connected) child.disconnect()
  }
}

/** Everything after collecting, from the file that collecting wrote. */
export const judgeFile = (file: string): Promise<ScanMeasure> => {
  const task: ScanTask = { part: 'judge', file }
  return runChild<ScanMeasure>('scan-process.ts', task)
}
