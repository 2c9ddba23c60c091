import { describe, expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import {
  type Config,
  changed,
  gapsOf,
  given,
  merge,
  ofType,
  onlyBalancer,
  read,
  topologyOf,
} from './parts.ts'
import { listenerArn, shop } from './shop.ts'

describe('a listener', () => {
  const listenerWith = (change: Config) => {
    const parts = changed(shop, ofType(types.listener), c => ({ ...c, ...change }))
    return given(onlyBalancer(topologyOf(parts)).listeners)[0]
  }

  test.each([
    [{ Mode: 'off' }, 'off'],
    [{ Mode: 'passthrough' }, 'passthrough'],
    [{ Mode: 'verify', TrustStoreAssociationStatus: 'active' }, 'verify'],
    [{ Mode: 'verify', TrustStoreAssociationStatus: 'removed' }, 'unknown'],
    [{ Mode: 'later' }, 'unknown'],
    [undefined, 'off'],
  ])('with mutual authentication %j asks for client certificates: %s', (MutualAuthentication, mode) =>
    expect(listenerWith({ MutualAuthentication })?.mutualTls).toBe(mode),
  )

  test('has its default certificate first', () => {
    const certificates = changed(shop, ofType(types.listenerCertificates), c => ({
      ...c,
      Certificates: [
        { CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0' },
        ...(c.Certificates as []),
      ],
    }))
    const [listener] = given(onlyBalancer(topologyOf(certificates)).listeners)
    const found = listener && given(listener.certificates)
    expect(found?.map(c => c.known && c.value.domainName)).toEqual(['origin.example.com', false])
  })

  test('on plain HTTP needs no certificates to be known', () =>
    expect(listenerWith({ Protocol: 'HTTP' })?.certificates).toEqual({ known: true, value: [] }))

  test('names a certificate of IAM without knowing it', () => {
    const iam = 'arn:aws:iam::111122223333:server-certificate/old'
    const parts = changed(shop, ofType(types.listenerCertificates), () => ({
      Certificates: [{ CertificateArn: iam }],
    }))
    const plain = changed(parts, ofType(types.listener), c => ({ ...c, Certificates: [] }))
    const [listener] = given(onlyBalancer(topologyOf(plain)).listeners)
    const [certificate] = listener ? given(listener.certificates) : []
    expect(certificate && gapsOf(certificate)).toMatchObject([
      { service: 'iam', code: 'not-read', target: iam },
    ])
  })

  test('that cannot be read hides all listeners', () => {
    const parts = changed(shop, ofType(types.listener), ({ Port: _, ...c }) => c)
    expect(gapsOf(onlyBalancer(topologyOf(parts)).listeners)).toMatchObject([{ code: 'unrecognised' }])
  })

  test('stands by port', () => {
    const second = { ...shop.resources.find(ofType(types.listener)) } as ResourceRecord
    const arn = `${listenerArn()}0`
    const parts = merge(
      {
        ...shop,
        reads: shop.reads.map(r => (r.operation === 'DescribeListeners' ? { ...r, count: 2 } : r)),
      },
      {
        resources: [
          { ...second, arn, config: { ...second.config, ListenerArn: arn, Port: 80, Protocol: 'HTTP' } },
        ],
        reads: [read('DescribeRules', arn, 0)],
      },
    )
    expect(given(onlyBalancer(topologyOf(parts)).listeners).map(l => l.port)).toEqual([80, 443])
  })
})
