/** What the snapshot knows and does not know: look-ups that answer with a value or with the gaps in its place. */
import type { Gap } from '#base/gap.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import { indexSnapshot, type SnapshotIndex } from '#snapshot/index.ts'
import type { LocatedResource, Snapshot } from '#snapshot/record.ts'
import { type Call, gapAbout, notRead } from './calls.ts'
import { textAt } from './config.ts'
import type { Ref } from './model.ts'

export interface Facts extends SnapshotIndex {
  /** The resources of a type whose configuration says `value` under `key`; canonical order. */
  where(type: string, key: string, value: string): readonly LocatedResource[]
  /** How many items the call brought: the largest number of its own read records, 0 where only a wider list answers. */
  itemsRead(asked: Call): number
}

const key = (service: string, operation: string, target: string): string =>
  `${service}\n${operation}\n${target}`

export const factsOf = (snapshot: Snapshot): Facts => {
  const index = indexSnapshot(snapshot)
  const reads = Map.groupBy(snapshot.reads, r => key(r.service, r.operation, r.target))
  const byValue = new Map<string, ReadonlyMap<string, readonly LocatedResource[]>>()
  const valuesOf = (type: string, field: string) => {
    const at = `${type}\n${field}`
    const values = byValue.get(at) ?? Map.groupBy(index.byType(type), r => textAt(r.config, field) ?? '')
    byValue.set(at, values)
    return values
  }
  return {
    ...index,
    where: (type, field, value) => (value === '' ? [] : (valuesOf(type, field).get(value) ?? [])),
    itemsRead: asked =>
      (reads.get(key(asked.service, asked.operation, asked.target)) ?? [])
        .filter(r => (asked.account ?? r.account) === r.account && (asked.region ?? r.region) === r.region)
        .reduce((most, r) => Math.max(most, r.count), 0),
  }
}

export const refOf = (resource: LocatedResource, name: string): Ref => ({
  arn: resource.arn,
  type: resource.type,
  name,
  account: resource.account,
  region: resource.region,
  line: resource.line,
})

/** The recorded gaps of any of the calls; where none is recorded, that the first was never made. */
export const gapsOf = (facts: Facts, asked: Call, ...alternatives: readonly Call[]): readonly Gap[] => {
  const recorded = [asked, ...alternatives].flatMap(c => facts.gapsFor(c))
  return recorded.length > 0 ? [...new Set(recorded)] : [notRead(asked)]
}

/** Whichever of several equivalent calls was made; the first where none was. */
export const madeOf = (facts: Facts, asked: Call, ...alternatives: readonly Call[]): Call =>
  [asked, ...alternatives].find(c => facts.wasRead(c)) ?? asked

/** Gaps that hide part of a list call's answer; none where it was answered in full. */
export const hidden = (facts: Facts, asked: Call, found: number): readonly Gap[] => {
  if (!facts.wasRead(asked)) return gapsOf(facts, asked)
  const own = facts.gapsFor(asked).filter(g => g.target === asked.target)
  if (own.length > 0) return own
  const expected = facts.itemsRead(asked)
  if (found >= expected) return []
  const message = `The snapshot holds ${found} of the ${expected} items that ${asked.operation} gave for ${asked.target}.`
  return [gapAbout(asked, 'malformed', message)]
}

/** The answer of a list call: an empty or short list is knowledge only when the call was answered in full. */
export const listed = (
  facts: Facts,
  asked: Call,
  found: readonly LocatedResource[],
): Known<readonly LocatedResource[]> => {
  const gaps = hidden(facts, asked, found.length)
  return gaps.length > 0 ? unobserved(...gaps) : known(found)
}

/** One resource by name, or why it is not there. */
export const lookUp = (
  facts: Facts,
  type: string,
  arn: string,
  asked: Call,
  ...alternatives: readonly Call[]
): Known<LocatedResource> => {
  const resource = facts.byArn(type, arn)
  if (resource !== undefined) return known(resource)
  const gaps = [asked, ...alternatives].flatMap(c => facts.gapsFor(c))
  if (gaps.length > 0) return unobserved(...new Set(gaps))
  if (!facts.wasRead(asked)) return unobserved(notRead(asked))
  return unobserved(gapAbout(asked, 'not-found', `${asked.operation} knows no ${arn}.`))
}

/** All values, or the gaps of those that are not known. */
export const allKnown = <T>(items: readonly Known<T>[]): Known<readonly T[]> => {
  const gaps = items.flatMap(item => (item.known ? [] : item.gaps))
  return gaps.length > 0
    ? unobserved(...new Set(gaps))
    : known(items.flatMap(i => (i.known ? [i.value] : [])))
}

/** That a resource says something this version cannot read. Names the place, never the value. */
export const misread = (resource: LocatedResource, what: string): Gap => {
  const { source } = resource
  const aws = source.kind === 'aws'
  const asked: Call = {
    service: aws ? source.service : source.kind,
    operation: aws ? source.operation : '',
    target: resource.arn,
    account: resource.account,
    region: resource.region,
  }
  return { ...gapAbout(asked, 'unrecognised', `${resource.arn}: ${what}.`), action: '' }
}
