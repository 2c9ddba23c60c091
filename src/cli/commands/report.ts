/** `originproof report`: renders a saved result again, without judging anything anew. */
import { Ajv } from 'ajv'
import { UserFault } from '#base/fault.ts'
import type { ScanResult } from '#scan.ts'
import { deliver, planDelivery, prepareDelivery } from '../deliver.ts'
import { exitCodes } from '../exit-code.ts'
import { resultSchema } from '../package-files.ts'
import type { Run } from '../program.ts'
import { readJson } from '../read-file.ts'
import { settingsOf } from '../settings.ts'

const readResult = async (file: string): Promise<ScanResult> => {
  const result = await readJson(file, 'the result')
  const check = new Ajv({ strict: false, allErrors: false }).compile<ScanResult>(await resultSchema())
  if (check(result)) return result
  const [error] = check.errors ?? []
  throw new UserFault(
    `${file} is not a result of this version of originproof (${error?.instancePath || 'the document'} ${error?.message}): scan again, or use the version that wrote it.`,
  )
}

export const run: Run = async options => {
  const delivery = planDelivery(await settingsOf(options))
  const result = await readResult(String(options.result))
  await prepareDelivery(delivery)
  await deliver(result, null, delivery)
  return exitCodes.clean
}
