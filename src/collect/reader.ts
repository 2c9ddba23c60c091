/** What every part of collecting is handed: how to ask, where to note, and who is asking. */
import type { Ask } from './ask.ts'
import type { Journal } from './journal.ts'

export interface Reader {
  readonly ask: Ask
  readonly journal: Journal
  readonly account: string
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string
}

/** Services without regions are asked, and recorded, here. */
export const globalRegion = 'us-east-1'

/** Runs `task` once per key, however often and early it is asked for. */
export const once = <T>(task: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
  const started = new Map<string, Promise<T>>()
  return key => {
    const running = started.get(key) ?? task(key)
    started.set(key, running)
    return running
  }
}

/** Slices of at most `size` items. */
export const batches = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

/** Without duplicates and without what is missing or empty. */
export const distinct = (items: Iterable<string | undefined>): readonly string[] =>
  [...new Set([...items].filter(item => item !== undefined && item !== ''))] as readonly string[]

/** The parts of an ARN that a reader needs. */
export const arnParts = (arn: string) => {
  const [, partition = '', service = '', region = '', account = '', ...rest] = arn.split(':')
  return { partition, service, region, account, resource: rest.join(':') }
}
