import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { adaptivePace, type Clock } from '#collect/pace.ts'

interface Event {
  readonly at: number
  readonly run: () => void
}

/** Time that passes only when everything waits. */
const simulated = () => {
  let now = 0
  let events: Event[] = []
  const clock: Clock = {
    now: () => now,
    sleep: ms => new Promise(resolve => void events.push({ at: now + ms, run: resolve })),
  }
  const run = async (work: Promise<unknown>): Promise<number> => {
    let done = false
    work.then(() => {
      done = true
    })
    while (!done) {
      // Lets every promise that is ready go on before time does.
      await new Promise(resolve => setImmediate(resolve))
      const next = events.reduce<Event | undefined>(
        (a, b) => (a === undefined || b.at < a.at ? b : a),
        undefined,
      )
      if (!next) continue
      events = events.filter(event => event !== next)
      now = Math.max(now, next.at)
      next.run()
    }
    return now
  }
  return { clock, run }
}

interface Service {
  readonly perSecond: number
  readonly burst: number
  readonly calls: number
  readonly workers: number
}

/** Milliseconds that the calls take against a token bucket, and how many were refused. */
const measure = async ({ perSecond, burst, calls, workers }: Service) => {
  const { clock, run } = simulated()
  const pace = adaptivePace(clock)
  let [tokens, filledAt, left, refused] = [burst, 0, calls, 0]
  const admitted = (): boolean => {
    tokens = Math.min(burst, tokens + ((clock.now() - filledAt) / 1000) * perSecond)
    filledAt = clock.now()
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
  const call = async (): Promise<void> => {
    for (;;) {
      await pace.getSendToken()
      await clock.sleep(20)
      const fine = admitted()
      await clock.sleep(20)
      pace.updateClientSendingRate(fine ? {} : { errorType: 'THROTTLING' })
      if (fine) return
      refused += 1
      await clock.sleep(50)
    }
  }
  const worker = async (): Promise<void> => {
    while (left-- > 0) await call()
  }
  const took = await run(Promise.all(Array.from({ length: workers }, worker)))
  return { took, refused }
}

describe('the pace', () => {
  test('does not hold back a service that never refuses', async () => {
    const { took, refused } = await measure({ perSecond: 1e6, burst: 1e6, calls: 100, workers: 10 })
    expect({ took, refused }).toEqual({ took: 400, refused: 0 })
  })

  test.prop(
    {
      perSecond: fc.integer({ min: 5, max: 60 }),
      seconds: fc.integer({ min: 1, max: 4 }),
      workers: fc.integer({ min: 2, max: 12 }),
    },
    { numRuns: 40 },
  )(
    'comes close to what a token bucket allows, and soon stops being refused',
    async ({ seconds, ...rest }) => {
      const service = { ...rest, burst: rest.perSecond * seconds }
      const calls = service.burst + service.perSecond * 20
      const { took, refused } = await measure({ ...service, calls })
      expect(took).toBeLessThan(1.3 * Math.max(20_000, (calls * 40) / service.workers))
      expect(refused).toBeLessThan(90 + calls / 10)
    },
  )

  test('goes on when a service refuses everything for a while', async () => {
    const { clock, run } = simulated()
    const pace = adaptivePace(clock)
    const work = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        await pace.getSendToken()
        await clock.sleep(40)
        pace.updateClientSendingRate(i < 10 ? { errorType: 'THROTTLING' } : {})
      }
    }
    expect(await run(work())).toBeLessThan(60_000)
  })
})
