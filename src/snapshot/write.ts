/** Writes a snapshot as NDJSON: head, resources, reads, gaps, end; one record a line, so that a line number is a place. */
import { canonicalJson } from '#base/canonical.ts'
import type { Gap } from '#base/gap.ts'
import type { Snapshot } from './record.ts'

/** `record` first for the human eye, the other keys sorted. */
const line = (record: string, fields: object): string => {
  const rest = canonicalJson(fields).slice(1)
  return `{"record":${JSON.stringify(record)}${rest === '}' ? '' : ','}${rest}\n`
}

/** The lines of the file in order, each with its newline. Ends with the record that proves the file whole. */
export function* snapshotLines(snapshot: Snapshot): Generator<string> {
  const { record: head, ...headFields } = snapshot.head
  yield line(head, headFields)
  for (const { record, line: _, ...fields } of snapshot.resources) yield line(record, fields)
  for (const { record, ...fields } of snapshot.reads) yield line(record, fields)
  for (const gap of snapshot.gaps) {
    const { record: _, ...fields }: Gap & { record?: unknown } = gap
    yield line('gap', fields)
  }
  const lines = 2 + snapshot.resources.length + snapshot.reads.length + snapshot.gaps.length
  yield line('end', { lines })
}
