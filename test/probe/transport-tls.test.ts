import { randomBytes } from 'node:crypto'
import type { TlsOptions } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { UserFault } from '#base/fault.ts'
import { createTransport } from '#probe/transport.ts'
import { newAuthority, type Pair } from './certificates.ts'
import { buffers, ok } from './floods.ts'
import { ask, closeAll, flood, onConnect, reasonOf, secure } from './hostile.ts'

afterEach(closeAll)
describe('TLS', () => {
  let ca = ''
  let good: Pair
  let otherName: Pair
  let expired: Pair
  let otherAuthority: Pair
  beforeAll(async () => {
    const authority = await newAuthority('Test Root')
    ca = authority.cert
    good = await authority.issue('origin.example.com')
    otherName = await authority.issue('elsewhere.example.net')
    expired = await authority.issue('origin.example.com', new Date(Date.now() - 86_400_000))
    otherAuthority = await (await newAuthority('Unknown Root')).issue('origin.example.com')
  })

  const present = { host: 'origin.example.com', sni: 'origin.example.com' }
  const answer = (pair: Pair) => secure(pair, socket => socket.end(ok('hello')))

  it('that verifies is recorded as such', async () => {
    const outcome = await ask(await answer(good), { present }, { ca })
    expect(outcome).toMatchObject({ kind: 'response', certificateVerified: true })
  })

  it.each([
    ['another authority', () => otherAuthority],
    ['another name', () => otherName],
    ['a date in the past', () => expired],
  ])('with %s is recorded, and a direct probe goes on', async (_, pair) => {
    const outcome = await ask(await answer(pair()), { present }, { ca })
    expect(outcome).toMatchObject({ kind: 'response', certificateVerified: false, response: { status: 200 } })
  })

  it.each([
    ['another authority', () => otherAuthority],
    ['another name', () => otherName],
    ['a date in the past', () => expired],
  ])('with %s ends a control through the edge before anything is asked', async (_, pair) => {
    for (const role of ['P', 'N1-edge', 'S-edge', 'S-twin'] as const) {
      const server = await answer(pair())
      const outcome = await ask(server, { present, role }, { ca })
      expect(outcome).toMatchObject({ kind: 'no-response', reason: 'tls-failed' })
      expect(server.heard.join('')).toBe('')
    }
  })

  it('is not verified by an authority that nobody named', async () => {
    expect(await ask(await answer(good), { present })).toMatchObject({ certificateVerified: false })
  })

  it('claims the server name apart from the Host and from where the socket goes', async () => {
    const names: (string | false)[] = []
    const SNICallback: TlsOptions['SNICallback'] = (name, done) => {
      names.push(name)
      done(null)
    }
    const server = await secure({ ...good, SNICallback }, socket => socket.end(ok('x')))
    await ask(server, { present: { host: 'a.example.com', sni: 'b.example.com' } }, { ca })
    expect(names).toEqual(['b.example.com'])
    expect(server.heard[0]).toContain('host: a.example.com')
    await ask(server, { present: { host: 'a.example.com', sni: '' } }, { ca })
    expect(names).toEqual(['b.example.com'])
    expect(server.heard[1]).toContain('host: a.example.com')
  })

  it('speaks HTTP/1.1 even where the server prefers HTTP/2', async () => {
    const server = await secure({ ...good, ALPNProtocols: ['h2', 'http/1.1'] }, socket => socket.end(ok('x')))
    expect(reasonOf(await ask(server, { present }, { ca }))).toBe('response 200')
  })

  it('that wants a client certificate says so', async () => {
    const options = { ...good, ca, requestCert: true, rejectUnauthorized: true }
    const server = await secure(options, socket => socket.end(ok('x')))
    expect(reasonOf(await ask(server, { present }, { ca }))).toBe('client-certificate-required')
  })

  it('that wants a client certificate in TLS 1.2 at least fails', async () => {
    const options = {
      ...good,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: 'TLSv1.2',
    } as const
    const server = await secure(options, socket => socket.end(ok('x')))
    expect(['client-certificate-required', 'tls-failed']).toContain(
      reasonOf(await ask(server, { present }, { ca })),
    )
  })

  it.each([
    ['plain HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['random bytes', randomBytes(300)],
  ])('answered with %s fails', async (_, bytes) => {
    const server = await onConnect(socket => socket.write(bytes))
    expect(reasonOf(await ask(server, { present }))).toBe('tls-failed')
  })

  it('cut off in the handshake fails', async () => {
    const server = await onConnect(socket => socket.end())
    expect(['tls-failed', 'reset']).toContain(reasonOf(await ask(server, { present })))
  })

  it('meets a body without end as calmly as plain HTTP does', async () => {
    const server = await secure(good, socket => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      flood(socket, 'x'.repeat(65_536))
    })
    expect(await ask(server, { present }, { ca })).toMatchObject({
      response: { truncated: true, bodyBytes: 65_536 },
    })
    expect(server.written()).toBeLessThan(buffers)
  })

  it('with an authority file that is none is refused in one sentence', () => {
    const broken = () => createTransport({ resolve: async () => [], userAgent: 'x', ca: 'no certificate' })
    expect(broken).toThrow(UserFault)
    expect(broken).toThrow(/--ca-file/)
  })
})
