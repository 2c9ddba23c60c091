import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** The SDK's packages are CommonJS inside, so that whatever of them is loaded stands in the module cache. */
const loadedBy = async (code: string): Promise<readonly string[]> => {
  const report = `
    const { createRequire } = await import('node:module')
    const loaded = Object.keys(createRequire(process.cwd() + '/')('node:module')._cache)
    console.log(JSON.stringify(loaded.flatMap(file => file.match(/@aws-sdk\\/client-[a-z0-9-]+/) ?? [])))`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `${code}\n${report}`,
  ])
  return [...new Set<string>(JSON.parse(stdout))]
}

test('nothing of the SDK is loaded before a service is asked', async () => {
  expect(
    await loadedBy(`await import('#collect/collect.ts'); await import('#collect/operations.ts')`),
  ).toEqual([])
})

test('a service that is asked loads its own package and no other', async () => {
  const code = `
    const { awsClients } = await import('#collect/clients.ts')
    const credentials = async () => ({ accessKeyId: 'AKIALAB', secretAccessKey: 'lab' })
    const clients = awsClients({ credentials, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 })
    await clients.send('acm', 'us-east-1', 'DescribeCertificate', { CertificateArn: 'a' }).catch(() => undefined)
    await clients.close()`
  expect(await loadedBy(code)).toEqual(['@aws-sdk/client-acm'])
})
