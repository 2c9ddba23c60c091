import { expect, test } from 'vitest'
import { sharedCredentials } from '#collect/credentials.ts'

const identity = (expiration?: number) => ({
  accessKeyId: 'AKIALAB',
  secretAccessKey: 'lab',
  ...(expiration !== undefined && { expiration: new Date(expiration) }),
})

test('credentials that do not expire are asked for once, by however many at once', async () => {
  let asked = 0
  const shared = sharedCredentials(async () => {
    asked += 1
    return identity()
  })
  await Promise.all([shared(), shared(), shared()])
  await shared()
  expect(asked).toBe(1)
})

test('credentials are replaced before they expire, by one of those who need them', async () => {
  let [asked, now] = [0, 0]
  const shared = sharedCredentials(
    async () => {
      asked += 1
      return identity(now + 3_600_000)
    },
    () => now,
  )
  await shared()
  now = 50 * 60_000
  await shared()
  expect(asked).toBe(1)
  now = 56 * 60_000
  const renewed = await Promise.all([shared(), shared(), shared()])
  expect(asked).toBe(2)
  expect(new Set(renewed.map(one => one.expiration?.getTime()))).toEqual(new Set([now + 3_600_000]))
})

test('a failure is not remembered', async () => {
  let asked = 0
  const shared = sharedCredentials(async () => {
    asked += 1
    if (asked === 1) throw new Error('not yet')
    return identity()
  })
  await expect(shared()).rejects.toThrow('not yet')
  await expect(shared()).resolves.toMatchObject({ accessKeyId: 'AKIALAB' })
})
