import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { run } from './run.ts'

const usual = await run()

test.prop(
  {
    pageSize: fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 4, max: 60 })),
    shuffle: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    concurrency: fc.integer({ min: 1, max: 20 }),
  },
  { numRuns: 8 },
)('page size, order of lists and concurrency change nothing in the snapshot', async options => {
  const { text } = await run({
    handler: { pageSize: options.pageSize, shuffle: options.shuffle },
    collect: { concurrency: options.concurrency },
  })
  expect(text).toBe(usual.text)
})
