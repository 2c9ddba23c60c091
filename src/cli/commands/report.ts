/** `originproof report`: renders a saved result again, without judging anything anew. */
import { deliver, planDelivery, prepareDelivery } from '../deliver.ts'
import { exitCodes } from '../exit-code.ts'
import type { Run } from '../program.ts'
import { readResult } from '../read-result.ts'
import { settingsOf } from '../settings.ts'

export const run: Run = async options => {
  const delivery = planDelivery(await settingsOf(options))
  const result = await readResult(String(options.result))
  await prepareDelivery(delivery)
  await deliver(result, null, delivery)
  return exitCodes.clean
}
