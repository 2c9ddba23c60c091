/** Asks a cluster politely: page by page, again where it is busy, and a refusal becomes a gap that names what RBAC must allow. */
import type { Gap } from '#base/gap.ts'
import { type Failure, failureOf } from '../failure.ts'
import type { ClusterApi } from './api.ts'
import type { Fields } from './fields.ts'

export type Answer<T> = { readonly value: T } | { readonly failure: Failure }

/** Times that a busy cluster is asked, with so many milliseconds in between, doubled each time. */
const attempts = 4
const pause = 250
/** Half a million objects of one kind: more is no cluster but a loop. */
const mostPages = 1000

const byStatus: Readonly<Record<number, Gap['code']>> = {
  401: 'denied',
  403: 'denied',
  404: 'not-found',
  429: 'throttled',
}

/** The client's own errors carry the HTTP status, and in their message the whole answer, which is not repeated. */
const clusterFailure = (thrown: unknown): Failure => {
  const status = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined
  if (typeof status !== 'number') return failureOf(thrown)
  return { code: byStatus[status] ?? 'failed', reason: `HTTP-${status}` }
}

const isBusy = ({ code, reason }: Failure): boolean =>
  code === 'throttled' || /^HTTP-5/.test(reason) || /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(reason)

const sleep = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))

export const asked = async <T>(question: () => Promise<T>, attempt = 1): Promise<Answer<T>> => {
  try {
    return { value: await question() }
  } catch (thrown) {
    const failure = clusterFailure(thrown)
    if (!isBusy(failure) || attempt >= attempts) return { failure }
    await sleep(pause * 2 ** (attempt - 1))
    return asked(question, attempt + 1)
  }
}

/** A page that comes too late is refused with 410, and the list begins anew, once. */
const hasExpired = ({ reason }: Failure): boolean => reason === 'HTTP-410'

export interface Where {
  readonly group: string
  readonly version: string
  readonly plural: string
}

/** The whole list, or why it is not whole. */
export const listed = async (
  api: ClusterApi,
  { group, version, plural }: Where,
  again = true,
): Promise<Answer<readonly Fields[]>> => {
  const items: Fields[] = []
  let next = ''
  for (let page = 0; page < mostPages; page++) {
    const from = next
    const answer = await asked(() => api.list(group, version, plural, from))
    if ('failure' in answer)
      return again && hasExpired(answer.failure) ? listed(api, { group, version, plural }, false) : answer
    items.push(...answer.value.items)
    next = answer.value.next
    if (next === '') return { value: items }
  }
  return { failure: { code: 'failed', reason: 'EndlessList' } }
}
