/** Reads a saved result, or says in one sentence why it is none. */
import { Ajv } from 'ajv'
import { UserFault } from '#base/fault.ts'
import type { ScanResult } from '#scan.ts'
import { resultSchema } from './package-files.ts'
import { readJson } from './read-file.ts'

export const readResult = async (file: string): Promise<ScanResult> => {
  const result = await readJson(file, 'the result')
  const check = new Ajv({ strict: false }).compile<ScanResult>(await resultSchema())
  if (check(result)) return result
  const [error] = check.errors ?? []
  throw new UserFault(
    `${file} is not a result of this version of originproof (${error?.instancePath || 'the document'} ${error?.message}): scan again, or use the version that wrote it.`,
  )
}
