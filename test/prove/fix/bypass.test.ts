import { describe, expect, test } from 'vitest'
import { buildTopology } from '#topology/build.ts'
import { bypasses } from '../../../fixtures/worlds/bypass/all.ts'
import { snapshotOf } from '../bypass-pipeline.ts'
import { solved } from './fixing.ts'

/** What mends the link of `app`, by the mistake. */
const mended: Readonly<Record<string, readonly string[]>> = {
  B01: ['require-header'],
  B02: ['deny-default'],
  B06: ['require-header'],
  B11: ['deny-default'],
  B12: ['require-header'],
  B14: ['drop-header-value'],
  B15: ['require-header'],
  B21: ['deny-rule'],
  B30: ['web-acl-blocks'],
  B42: ['deny-default'],
  B43: ['require-header'],
  B48: ['deny-default'],
  B51: ['cloudfront-only-ingress'],
}

describe.each(bypasses)('$id $title', ({ id, wrong }) => {
  test('what is proposed closes the link and serves CloudFront as before', async () => {
    const solutions = solved(buildTopology(await snapshotOf(wrong)))
    const [app] = [...solutions].filter(([link]) => link.endsWith('/app')).map(([, solution]) => solution)
    const expected = mended[id]
    if (expected) expect(app?.edits.map(e => e.sort)).toEqual(expected)
    for (const { edits } of solutions.values()) expect(edits.length).toBeGreaterThan(0)
  }, 60_000)
})
