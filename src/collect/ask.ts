/** Asks AWS one question: all pages, politely, and with a gap instead of an exception when no full answer comes. */
import pLimit, { type LimitFunction } from 'p-limit'
import type { Send } from './clients.ts'
import { type Failure, failureOf } from './failure.ts'
import type { Journal } from './journal.ts'
import type { Operation, OperationName } from './operations/operation.ts'
import { actionOf } from './operations.ts'

export interface Question<Input, Item> {
  readonly region: string
  readonly input: Input
  /** What the records name as target; the answer's items are counted for each. `*` unless given. */
  readonly about?: string | About<Item>
}

/** A question about many things at once, answered in one list. */
interface About<Item> {
  readonly targets: readonly string[]
  /** The targets that an item belongs to. */
  readonly of: (item: Item) => readonly unknown[]
}

interface Answer<Item> {
  /** What came, also where pages are missing. */
  readonly items: readonly Item[]
  /** All pages came, and each was understood. */
  readonly complete: boolean
}

export type Ask = <Input extends object, Output, Item>(
  operation: Operation<Input, Output, Item>,
  question: Question<Input, Item>,
) => Promise<Answer<Item>>

/** Counts what is asked; sees neither inputs nor answers. */
export interface AskEvent {
  readonly kind: 'call'
  /** SDK package suffix. */
  readonly service: string
  readonly operation: string
  readonly region: string
}

export interface AskOptions {
  readonly send: Send
  readonly journal: Journal
  /** Requests under way at once, per service and region. */
  readonly concurrency: number
  readonly onCall?: ((event: AskEvent) => void) | undefined
}

/** No list is longer; a service that pages on for ever would keep the scan for ever. */
const mostPages = 10_000

/** Makes the function that every part of collecting asks with. It never rejects. */
export function asker({ send, journal, concurrency, onCall }: AskOptions): Ask {
  const limits = new Map<string, LimitFunction>()
  const limited = <T>(service: string, region: string, task: () => Promise<T>): Promise<T> => {
    const key = `${service} ${region}`
    const limit = limits.get(key) ?? pLimit(concurrency)
    limits.set(key, limit)
    return limit(task)
  }
  return async (operation, question) => {
    const { service, name } = operation
    const { region } = question
    const request = (input: object): Promise<unknown> =>
      limited(service, region, () => {
        onCall?.({ kind: 'call', service, operation: name, region })
        return send(service, region, name, input)
      })
    const { items, failure } = await readPages(operation, question.input, request)
    const about = aboutOf(question.about)
    const count = counted(items, about)
    for (const target of about.targets) {
      if (failure) journal.miss(operation, { ...missed(operation, failure, region, target), region, target })
      else journal.read(operation, region, target, count(target))
    }
    return { items, complete: failure === undefined }
  }
}

interface Pages<Item> {
  readonly items: readonly Item[]
  readonly failure?: Failure
}

async function readPages<Input extends object, Output, Item>(
  operation: Operation<Input, Output, Item>,
  input: Input,
  request: (input: object) => Promise<unknown>,
): Promise<Pages<Item>> {
  const items: Item[] = []
  const seen = new Set<string>()
  let page: Partial<Input> | undefined = {}
  while (page !== undefined) {
    let output: Output
    try {
      output = (await request({ ...operation.always, ...input, ...page })) as Output
    } catch (thrown) {
      return saysNone(operation.none, thrown) ? { items } : { items, failure: failureOf(thrown) }
    }
    const found = operation.items(output)
    if (!Array.isArray(found)) return { items, failure: { code: 'malformed', reason: 'incomplete' } }
    for (const item of found) items.push(item)
    page = operation.next?.(output)
    if (page !== undefined && operation.mostPages !== undefined && seen.size + 1 >= operation.mostPages)
      return {
        items,
        failure: { code: 'not-read', reason: `there are more than ${operation.mostPages} pages` },
      }
    const token = JSON.stringify(page)
    if (seen.has(token) || seen.size >= mostPages)
      return { items, failure: { code: 'malformed', reason: 'endless' } }
    seen.add(token)
  }
  return { items }
}

const saysNone = (names: readonly string[] = [], thrown: unknown): boolean =>
  thrown instanceof Error && names.includes(thrown.name)

const aboutOf = <Item>(about: Question<never, Item>['about'] = '*'): About<Item> =>
  typeof about === 'string' ? { targets: [about], of: () => [about] } : about

/** How many items belong to each target, in one pass. */
const counted = <Item>(items: readonly Item[], about: About<Item>): ((target: string) => number) => {
  if (about.targets.length === 1) return () => items.length
  const counts = new Map<unknown, number>()
  for (const item of items)
    for (const target of new Set(about.of(item))) counts.set(target, (counts.get(target) ?? 0) + 1)
  return target => counts.get(target) ?? 0
}

const why: Readonly<Record<Failure['code'], string>> = {
  denied: 'was denied',
  throttled: 'was still refused for too many requests after every retry',
  timeout: 'was not answered in time',
  unreachable: 'got no connection to the service',
  malformed: 'was answered with something that is no answer to it',
  'not-found': 'was about something that does not exist or is not visible',
  failed: 'failed',
  unrecognised: 'was not understood',
  'not-read': 'was not asked',
  unresolved: 'led nowhere',
}

const missed = (
  operation: OperationName,
  failure: Failure,
  region: string,
  target: string,
): { readonly code: Failure['code']; readonly message: string } => {
  const subject = target === '*' ? '' : ` for ${target}`
  const remedy =
    failure.code === 'denied' ? `allow the action ${actionOf(operation)} to close this gap` : failure.reason
  const message = `${operation.service} ${operation.name}${subject} in ${region} ${why[failure.code]}: ${remedy}.`
  return { code: failure.code, message }
}
