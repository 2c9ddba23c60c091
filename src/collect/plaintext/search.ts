/**
 * Looks for the account's secrets in values that stand in clear elsewhere. Only asked for explicitly, because it reads
 * values; each is compared in memory, and only the place of a secret leaves.
 *
 * SecureString parameters and secrets of Secrets Manager are never read.
 */
import { tokenFinder } from '#snapshot/find-tokens.ts'
import { globalRegion, type Reader } from '../reader.ts'
import { lookInEdgeFunctions } from './edge-functions.ts'
import { lookInFunctions } from './functions.ts'
import { lookIn } from './look.ts'
import { lookInParameters } from './parameters.ts'
import { lookInStacks } from './stacks.ts'
import { lookInTasks } from './tasks.ts'
import { lookInUserData } from './user-data.ts'

/** Goes last: the secrets are those of what was read before. Where there are none, nothing is read. */
export async function findPlaintext(
  reader: Reader,
  regions: readonly string[],
  sealKey: Uint8Array,
): Promise<void> {
  const finder = tokenFinder(reader.journal.resources, sealKey)
  if (finder.count === 0) return
  lookInEdgeFunctions(lookIn(reader, globalRegion, finder))
  const sources = [lookInFunctions, lookInParameters, lookInStacks, lookInUserData, lookInTasks]
  await Promise.all(
    regions
      .map(region => lookIn(reader, region, finder))
      .flatMap(look => sources.map(source => source(look))),
  )
}
