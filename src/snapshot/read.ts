/** Reads a snapshot file back, and refuses one that is broken, cut short or from a later version. */
import { UserFault } from '#base/fault.ts'
import type { Gap } from '#base/gap.ts'
import { arrangeGaps, arrangeReads, arrangeResources } from './arrange.ts'
import {
  type EndRecord,
  type HeadRecord,
  type LocatedResource,
  type ReadRecord,
  type Snapshot,
  snapshotFormat,
} from './record.ts'

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}

const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every(v => typeof v === 'string')

/** The fields a record must have; more are kept as they are. */
const required: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = (() => {
  const text = (value: unknown): boolean => typeof value === 'string'
  const count = (value: unknown): boolean => Number.isSafeInteger(value)
  const place = { account: text, region: text }
  const call = { service: text, operation: text, target: text, ...place }
  return {
    head: {
      format: count,
      tool: text,
      observedAt: text,
      accounts: isTextList,
      regions: isTextList,
      sealKey: text,
    },
    resource: { type: text, arn: text, ...place, source: isObject, config: isObject },
    read: { ...call, count },
    gap: { code: text, ...call, action: text, message: text },
    end: { lines: count },
  }
})()

const checked = (fields: Fields, at: string): Fields => {
  const shape = typeof fields.record === 'string' && Object.hasOwn(required, fields.record)
  const rules = shape ? required[fields.record as string] : undefined
  if (rules === undefined) {
    throw new UserFault(
      `${at} is no snapshot record: its "record" must be one of ${Object.keys(required).join(', ')}.`,
    )
  }
  for (const [name, holds] of Object.entries(rules)) {
    if (!holds(fields[name]))
      throw new UserFault(`${at} is a broken ${fields.record} record: "${name}" is missing or wrong.`)
  }
  return fields
}

const records = (text: string, name: string): readonly Fields[] => {
  const lines = text.replace(/^\ufeff/, '').split('\n')
  if (lines.at(-1)?.trim() === '') lines.pop()
  if (lines.length === 0) throw new UserFault(`${name} is empty: a snapshot starts with a head record.`)
  return lines.map((line, i) => {
    const value = parse(line)
    if (isObject(value)) {
      if (i === 0) checkHead(value, name)
      return checked(value, `${name} line ${i + 1}`)
    }
    if (i > 0 && i === lines.length - 1 && !text.endsWith('\n')) throw cutShort(name, lines.length)
    throw new UserFault(`${name} line ${i + 1} is not JSON: a snapshot holds one JSON object on each line.`)
  })
}

const cutShort = (name: string, lines: number): UserFault =>
  new UserFault(`${name} is cut short at line ${lines}: its end record is missing, so collect it again.`)

/** Before the shape of the head: a later format may have another. */
const checkHead = (first: Fields, name: string): void => {
  if (first.record !== 'head') {
    throw new UserFault(
      `${name} line 1 is not a head record: the file is no snapshot, or its start is missing.`,
    )
  }
  if (Number.isSafeInteger(first.format) && Number(first.format) > snapshotFormat) {
    throw new UserFault(
      `${name} line 1 says snapshot format ${first.format}, and this version reads up to ${snapshotFormat}: use a newer originproof.`,
    )
  }
}

const checkEnd = (all: readonly Fields[], name: string): void => {
  const [last] = all.slice(-1)
  if (last?.record !== 'end') throw cutShort(name, all.length)
  const lines = (last as unknown as EndRecord).lines
  if (lines !== all.length) {
    throw new UserFault(
      `${name} line ${all.length} says the file has ${lines} lines, but it has ${all.length}: lines were lost or added, so collect it again.`,
    )
  }
  const stray = all.findIndex(
    (r, i) => (i > 0 && r.record === 'head') || (i < all.length - 1 && r.record === 'end'),
  )
  if (stray >= 0) {
    throw new UserFault(
      `${name} line ${stray + 1} is a second ${all[stray]?.record} record: a snapshot has one of each.`,
    )
  }
}

/**
 * The snapshot in `text`; `name` is the file's name for messages. Records come back in canonical order with the lines
 * they really stand on, even where another tool wrote them in another order. Throws a `UserFault` with file and line.
 */
export const readSnapshot = (text: string, name: string): Snapshot => {
  const all = records(text, name)
  checkEnd(all, name)
  const of = <T>(record: string): readonly T[] =>
    all.filter(r => r.record === record) as unknown as readonly T[]
  const located = all.flatMap((r, i) =>
    r.record === 'resource' ? [{ ...(r as unknown as LocatedResource), line: i + 1 }] : [],
  )
  const { resources, gaps } = arrangeResources(located)
  const [head] = of<HeadRecord>('head')
  if (head === undefined) throw new UserFault(`${name} line 1 is not a head record.`)
  const own = of<Gap & { record: 'gap' }>('gap').map(({ record: _, ...gap }) => gap)
  return {
    head,
    resources,
    reads: arrangeReads(of<ReadRecord>('read')),
    gaps: arrangeGaps([...own, ...gaps]),
  }
}
