import { expect, test } from 'vitest'
import { withThrottle } from '#lab/aws/policy.ts'
import { run } from './run.ts'

test('services that admit few requests a second are read whole, without gaps', async () => {
  const rate = { perSecond: 40, burst: 5 }
  const services = ['cloudfront', 'ec2', 'elastic-load-balancing-v2', 'acm', 'wafv2']
  const { snapshot, text } = await run({
    wrap: handle => withThrottle(handle, Object.fromEntries(services.map(name => [name, rate]))),
    collect: { maxAttempts: 6, retryDelayMs: 20 },
  })
  expect(snapshot.gaps).toEqual([])
  expect(text).toBe((await run()).text)
})
