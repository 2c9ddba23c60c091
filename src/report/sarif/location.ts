/** Where a result lies: a line of the snapshot, and the resource that the line describes. */
import type { Location, PhysicalLocation } from 'sarif'
import type { Subject } from '#findings/result.ts'
import { label, visible } from '../visible-text.ts'
import { message, messageText } from './text.ts'

const segment = (text: string): string => encodeURIComponent(visible(text))

/** A relative URI that code scanning accepts: forward slashes, no scheme, nothing that climbs, everything else encoded. */
export const artifactUri = (path: string): string =>
  path
    .slice(0, 1000)
    .split(/[\\/]+/)
    .filter(part => part !== '' && part !== '.' && part !== '..')
    .map(segment)
    .filter(part => part !== '')
    .join('/') || 'snapshot.ndjson'

export const physicalLocation = (snapshot: string, line: number): PhysicalLocation => ({
  artifactLocation: { uri: artifactUri(snapshot), uriBaseId: '%SRCROOT%' },
  region: { startLine: Math.max(1, Math.trunc(line) || 1) },
})

/** A line of the user's own file where one is known, as of a manifest; else of the snapshot. */
export const subjectLocation = (
  snapshot: string,
  subject: Subject,
  source: Subject['source'] = subject.source,
): Location => ({
  physicalLocation: source
    ? physicalLocation(source.file, source.line)
    : physicalLocation(snapshot, subject.line),
  logicalLocations: [
    {
      name: label(subject.name || subject.arn, 255),
      fullyQualifiedName: label(subject.arn, 1000),
      kind: 'resource',
    },
  ],
})

export const relatedLocation = (snapshot: string, id: number, subject: Subject, text: string): Location => ({
  id,
  ...subjectLocation(snapshot, subject),
  message: message(messageText(text)),
})
