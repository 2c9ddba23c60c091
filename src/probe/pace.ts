/** How fast an origin is asked and when it is left alone: budget, pauses and the circuit breaker, as plain values. */
import type { Exchange, ProbeRequest } from './exchange.ts'
import type { Limits } from './limits.ts'
import type { Refusal } from './policy.ts'
import { seededShare } from './words.ts'

/** What is remembered of an origin between two requests. */
export interface Pace {
  readonly sent: number
  /** When the last request started, milliseconds; null before the first. */
  readonly lastStart: number | null
  /** Milliseconds of the first response of each endpoint. */
  readonly baseline: ReadonlyMap<string, number>
  /** 5xx answers in a row, and slow answers in a row. */
  readonly failing: number
  readonly slow: number
}

export const freshPace: Pace = { sent: 0, lastStart: null, baseline: new Map(), failing: 0, slow: 0 }

/** Why nothing more is sent to this origin; null where the next request may go. */
export const refusePace = (limits: Limits, pace: Pace): Refusal | null => {
  const stop = (message: string): Refusal => ({ reason: 'not-sent-budget', message })
  if (pace.sent >= limits.requestsPerOrigin)
    return stop(`The budget of ${limits.requestsPerOrigin} requests for this origin is used up.`)
  if (pace.failing >= limits.troubleInARow)
    return stop(`The origin answered ${pace.failing} times in a row with a server error and is left alone.`)
  if (pace.slow >= limits.troubleInARow)
    return stop(
      `The origin answered ${pace.slow} times in a row much slower than at first and is left alone.`,
    )
  return null
}

/**
 * Milliseconds to wait before the request: the interval of the rate, and up to a quarter more so that many scans do
 * not beat in time. The jitter comes from the request's id, so a run can be repeated exactly.
 */
export const pauseBefore = (limits: Limits, pace: Pace, request: ProbeRequest, now: number): number => {
  if (pace.lastStart === null) return 0
  const interval = (1_000 / limits.requestsPerSecond) * (1 + seededShare(request.id, 'jitter') / 4)
  return Math.max(0, Math.ceil(pace.lastStart + interval - now))
}

/** The pace after an exchange that started at `start` and took `took` milliseconds. */
export const paceAfter = (
  limits: Limits,
  pace: Pace,
  exchange: Exchange,
  start: number,
  took: number,
): Pace => {
  const sent = { ...pace, sent: pace.sent + 1, lastStart: start }
  const { outcome } = exchange
  // A closed door says nothing about how the servers behind it are doing.
  if (outcome.kind !== 'response') return sent
  const endpoint = exchange.request.connect.name
  const first = pace.baseline.get(endpoint)
  const isSlow = first !== undefined && took >= limits.slowMs && took > first * limits.slowFactor
  return {
    ...sent,
    baseline: first === undefined ? new Map([...pace.baseline, [endpoint, took]]) : pace.baseline,
    failing: outcome.response.status >= 500 ? pace.failing + 1 : 0,
    slow: isSlow ? pace.slow + 1 : 0,
  }
}
