/** What each source of values is handed: how to ask, and where to look. What it shows is compared and forgotten. */
import type { TokenFinder } from '#snapshot/find-tokens.ts'
import type { PlaintextKind } from '#snapshot/plaintext.ts'
import { types } from '#snapshot/resource-types.ts'
import type { OperationName } from '../operations/operation.ts'
import type { Reader } from '../reader.ts'

/** Where a value stands. */
interface Place {
  readonly kind: PlaintextKind
  /** ARN of the resource that holds it. */
  readonly resource: string
  /** Name of the variable, parameter or output; empty where the resource holds one text only. */
  readonly key: string
}

export interface Look {
  readonly reader: Reader
  readonly region: string
  /** Compares a value with the secrets of the account; keeps the place where one of them stands, and nothing else. */
  readonly at: (operation: OperationName, place: Place, value: string | undefined) => void
}

/** A place that is shown twice (the latest version of a launch template is often its default) is kept once. */
export const lookIn = (reader: Reader, region: string, { find }: TokenFinder): Look => {
  const kept = new Set<string>()
  return {
    reader,
    region,
    at: (operation, { kind, resource, key }, value) => {
      const arn = `${resource}#${kind}${key === '' ? '' : `/${key}`}`
      if (value === undefined || value === '' || kept.has(arn)) return
      const found = find(value)
      if (found.length === 0) return
      kept.add(arn)
      const Fingerprints = found.map(one => one.fingerprint)
      const config = {
        Resource: resource,
        Kind: kind,
        Key: key,
        Fingerprints,
        Whole: found.some(o => o.whole),
      }
      reader.journal.keep(operation, { type: types.plaintextSighting, arn, region, config })
    },
  }
}
