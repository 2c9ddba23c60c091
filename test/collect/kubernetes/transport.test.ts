/** What stands between a scan and the API of a cluster: certificates, slow pages, answers that stop in the middle. */
import 'reflect-metadata'
import { KeyObject } from 'node:crypto'
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import { startJournal } from '#collect/journal.ts'
import { readCluster } from '#collect/kubernetes/cluster.ts'
import { resources } from '#collect/kubernetes/resources.ts'
import { createAuthority } from '#lab/live/authority.ts'
import { listen } from '#lab/live/server.ts'

const lists = new Set(resources.filter(r => r.verb === 'list').map(r => `List${r.kind}`))

const readBy = async (server: string, cluster: object) => {
  const journal = startJournal()
  const text = JSON.stringify({
    'current-context': 'c',
    clusters: [{ name: 'c', cluster: { server, ...cluster } }],
    users: [{ name: 'u', user: { token: 'kubeconfig-token' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  })
  await readCluster({ text, file: '/config' }, journal)
  return journal
}

const expired = async (): Promise<{ readonly cert: string; readonly key: string }> => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=cluster',
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2021-01-01'),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  })
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
  return { cert: certificate.toString('pem'), key }
}

const encoded = (pem: string): string => Buffer.from(pem).toString('base64')

describe('a cluster whose certificate', () => {
  it('has expired is a gap for every list, which names the certificate', async () => {
    const pair = await expired()
    const server = await listen((_, response) => void response.end('{}'), pair)
    const { gaps, reads } = await readBy(`https://127.0.0.1:${server.port}`, {
      'certificate-authority-data': encoded(pair.cert),
    })
    await server.close()
    expect(reads).toEqual([])
    const own = gaps.filter(g => lists.has(g.operation))
    expect(new Set(own.map(g => g.operation))).toEqual(lists)
    for (const { code, message } of own)
      expect([code, message]).toEqual([
        'unreachable',
        expect.stringContaining('its certificate is not accepted (CERT_HAS_EXPIRED)'),
      ])
  })

  it('is of another authority is not believed, and no token is sent to it', async () => {
    const [own, other] = [await createAuthority(), await createAuthority()]
    const seen: string[] = []
    const server = await listen(
      (request, response) => {
        seen.push(String(request.headers.authorization))
        response.end('{}')
      },
      await own.issue(['localhost']),
    )
    const { gaps, reads } = await readBy(`https://localhost:${server.port}`, {
      'certificate-authority-data': encoded(other.ca),
    })
    await server.close()
    expect([reads, seen]).toEqual([[], []])
    expect(
      gaps.filter(g => lists.has(g.operation)).every(g => /certificate is not accepted/.test(g.message)),
    ).toBe(true)
  })
})

it('an answer that stops in the middle is a gap and no list', async () => {
  const server = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
    response.write('{"kind":"List","metadata":{},"items":[')
    setTimeout(() => response.destroy(), 5)
  })
  const { gaps, reads, resources: found } = await readBy(`http://127.0.0.1:${server.port}`, {})
  await server.close()
  expect([reads, found]).toEqual([[], []])
  expect(new Set(gaps.filter(g => lists.has(g.operation)).map(g => g.operation))).toEqual(lists)
})
