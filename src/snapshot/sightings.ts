/** What earlier scans remember of the values that a snapshot holds, as records of it: a replay then judges the same. */
import { arrangeSnapshot } from './arrange.ts'
import type { HeadRecord, ResourceRecord, Snapshot } from './record.ts'
import { types } from './resource-types.ts'

/** A sealed value at the place that sends or compares it. */
export interface ValueAtPlace {
  readonly account: string
  /** A link id, or the ARN of a listener rule or web ACL. */
  readonly place: string
  /** Lower case. */
  readonly header: string
  readonly fingerprint: string
}

export interface Remembered extends ValueAtPlace {
  /** ISO 8601. */
  readonly firstSeen: string
  readonly lastSeen: string
}

/** Remembers that the values were seen at `head.observedAt`, and answers with all that is remembered under its seal key. */
export type Remember = (values: readonly ValueAtPlace[], head: HeadRecord) => Promise<readonly Remembered[]>

const recordOf = ({
  account,
  place,
  header,
  fingerprint,
  firstSeen,
  lastSeen,
}: Remembered): ResourceRecord => ({
  record: 'resource',
  type: types.sighting,
  arn: `${place} ${header} ${fingerprint}`,
  account,
  region: '',
  source: { kind: 'history' },
  config: {
    Place: place,
    Header: header,
    Fingerprint: fingerprint,
    FirstSeen: firstSeen,
    LastSeen: lastSeen,
  },
})

export const withSightings = (snapshot: Snapshot, remembered: readonly Remembered[]): Snapshot => {
  const { head, reads, gaps } = snapshot
  const resources = snapshot.resources.map(({ line: _, ...resource }) => resource)
  return arrangeSnapshot(head, [...resources, ...remembered.map(recordOf)], reads, gaps)
}
