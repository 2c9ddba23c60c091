/** What a collection has brought so far: resources in clear, reads, gaps. Lives in memory only, until it is sealed. */
import type { Gap } from '#base/gap.ts'
import type { ReadRecord, ResourceRecord } from '#snapshot/record.ts'
import type { OperationName } from './operations/operation.ts'
import { actionOf } from './operations.ts'
import { plainFields } from './plain.ts'

interface Found {
  readonly type: string
  /** ARN, or a stable identifier where AWS has none. */
  readonly arn: string
  readonly region: string
  readonly config: object
}

interface Missed {
  readonly code: Gap['code']
  readonly region: string
  readonly target: string
  readonly message: string
}

export interface Journal {
  readonly resources: ResourceRecord[]
  readonly reads: ReadRecord[]
  readonly gaps: Gap[]
  account: string
  keep(operation: OperationName, found: Found): void
  read(operation: OperationName, region: string, target: string, count: number): void
  miss(operation: OperationName, missed: Missed): void
}

export function startJournal(): Journal {
  const journal: Journal = {
    resources: [],
    reads: [],
    gaps: [],
    account: '',
    keep({ service, name }, { type, arn, region, config }) {
      const source = { kind: 'aws', service, operation: name } as const
      const { account } = journal
      journal.resources.push({
        record: 'resource',
        type,
        arn,
        account,
        region,
        source,
        config: plainFields(config),
      })
    },
    read({ service, name }, region, target, count) {
      const { account } = journal
      journal.reads.push({ record: 'read', service, operation: name, account, region, target, count })
    },
    miss(operation, { code, region, target, message }) {
      const { service, name } = operation
      const { account } = journal
      const action = actionOf(operation)
      journal.gaps.push({ code, service, operation: name, target, account, region, action, message })
    },
  }
  return journal
}
