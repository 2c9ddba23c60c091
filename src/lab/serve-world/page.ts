/** Paging by opaque tokens, as most services do it. */
import { refuse } from './operation.ts'

export interface Page<T> {
  readonly items: readonly T[]
  /** Absent on the last page. */
  readonly next?: string
}

export interface PageRequest {
  readonly token: unknown
  /** What the caller asked for, a number or its text. */
  readonly asked: unknown
  /** What the service gives at most, and unless asked for less. */
  readonly most: number
  /** The lab's own limit. */
  readonly pageSize: number
  /** Error code for a token that this service never gave. */
  readonly badToken: string
}

const prefix = 'after:'

export function pageOf<T>(items: readonly T[], request: PageRequest): Page<T> {
  const start = startOf(request, items.length)
  const end = start + sizeOf(request)
  const page = items.slice(start, end)
  return end < items.length
    ? { items: page, next: Buffer.from(`${prefix}${end}`).toString('base64url') }
    : { items: page }
}

const startOf = ({ token, badToken }: PageRequest, length: number): number => {
  if (token === undefined || token === '') return 0
  const plain = Buffer.from(String(token), 'base64url').toString()
  const start = plain.startsWith(prefix) ? Number(plain.slice(prefix.length)) : Number.NaN
  return start > 0 && start < length ? start : refuse(badToken, 'The token is not one of this list.')
}

export const sizeOf = ({ asked, most, pageSize }: Pick<PageRequest, 'asked' | 'most' | 'pageSize'>): number =>
  Math.max(1, Math.min(Number(asked) || most, most, pageSize))
