/** Lists that are asked for in each region: what hides part of them. */
import type { Gap } from '#base/gap.ts'
import { call, type Operation } from '../calls.ts'
import { type Facts, gapsOf } from '../facts.ts'

/** One or more gaps for each account and region in which the list was not answered in full. */
export const unlisted = (
  facts: Facts,
  operation: Operation,
  regions: readonly string[] = facts.snapshot.head.regions,
): readonly Gap[] =>
  facts.snapshot.head.accounts.flatMap(account =>
    regions.flatMap(region => {
      const asked = call(operation, '*', { account, region })
      return facts.wasRead(asked) ? [] : gapsOf(facts, asked)
    }),
  )
