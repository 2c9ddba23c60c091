/** How fast one service of one region may be asked: as fast as possible until it throttles, then just below that rate. */

/** The part of the SDK's adaptive retry strategy that decides when a request may go. */
export interface Pace {
  /** Resolves when the next request may be sent. */
  getSendToken(): Promise<void>
  /** Told of every answer: `errorType` is `THROTTLING` where the service refused for speed. */
  updateClientSendingRate(answer: { readonly errorType?: string } | undefined): void
}

export interface Clock {
  /** Milliseconds. */
  now(): number
  sleep(ms: number): Promise<void>
}

const realClock: Clock = {
  now: () => performance.now(),
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
}

/** Requests in flight when a throttle arrives are throttled too: one cut, in milliseconds, answers for all of them. */
const cutInterval = 250
/** What a full bucket let through at once says nothing of the rate it fills at: measured over this long at least. */
const shortestWindow = 600
/** Fewer answers than this say nothing of the rate either; then the rate backs away by a fixed share. */
const enough = 2
const backAway = 0.7
/** Share of the measured rate to go on with. */
const cut = 0.95
/** Growth per answer, in requests a second; it grows with the square of the seconds since the last cut. */
const growth = 0.08
const slowest = 0.5

/**
 * Unlimited until the first throttle, then cut to what the service really answered and slowly raised again. The SDK's own
 * limiter starts at one request in two seconds after the first throttle, which makes short scans many times slower than
 * the service allows.
 */
export function adaptivePace(clock: Clock = realClock): Pace {
  let rate = Number.POSITIVE_INFINITY
  let nextAt = 0
  let cutAt = clock.now()
  let answered = 0
  const slowDown = (): void => {
    const elapsed = clock.now() - cutAt
    const first = rate === Number.POSITIVE_INFINITY
    if (!first && elapsed < cutInterval) return
    const measured = (answered / (first ? Math.max(elapsed, shortestWindow) : elapsed)) * 1000
    const bearable = first || answered >= enough ? Math.min(rate, measured) : rate * backAway
    rate = Math.max(slowest, bearable * cut)
    cutAt = clock.now()
    answered = 0
  }
  return {
    async getSendToken() {
      if (rate === Number.POSITIVE_INFINITY) return
      const now = clock.now()
      const at = Math.max(now, nextAt)
      nextAt = at + 1000 / rate
      if (at > now) await clock.sleep(at - now)
    },
    updateClientSendingRate(answer) {
      if (answer?.errorType === 'THROTTLING') return slowDown()
      if (answer?.errorType !== undefined) return
      answered += 1
      if (rate !== Number.POSITIVE_INFINITY) rate += growth * (1 + (clock.now() - cutAt) / 1000) ** 2
    },
  }
}
