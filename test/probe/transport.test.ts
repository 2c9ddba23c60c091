import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createTransport } from '#probe/transport.ts'
import { ok } from './floods.ts'
import { ask, closeAll, plain, reasonOf } from './hostile.ts'

afterEach(closeAll)
describe('a well-behaved origin', () => {
  it('is asked exactly what the request says, by name of the scanner, over a connection used once', async () => {
    const server = await plain(socket =>
      socket.end(ok('hello', 'Server: example\r\nContent-Type: text/plain\r\n')),
    )
    const outcome = await ask(server, {
      path: '/a?b=c',
      headers: [
        ['X-Thing', 'one'],
        ['X-Thing', 'two'],
      ],
    })
    expect(outcome).toMatchObject({
      kind: 'response',
      certificateVerified: null,
      response: {
        status: 200,
        bodyBytes: 5,
        truncated: false,
        headers: expect.arrayContaining([['server', 'example']]),
      },
    })
    const [head = '', ...lines] = (server.heard[0] ?? '').trim().split('\r\n')
    expect(head).toBe('GET /a?b=c HTTP/1.1')
    expect(lines.sort()).toEqual([
      'X-Thing: one',
      'X-Thing: two',
      'accept-encoding: identity',
      'accept: */*',
      'connection: close',
      'host: origin.example.com',
      'user-agent: originproof/0.1.0 (test)',
    ])
  })

  it('may answer a HEAD without a body', async () => {
    const server = await plain(socket => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n'))
    expect(await ask(server, { method: 'HEAD' })).toMatchObject({ response: { status: 200, bodyBytes: 0 } })
  })

  it('is not followed where it redirects, not even in a circle', async () => {
    const server = await plain(socket =>
      socket.end('HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n'),
    )
    expect(await ask(server)).toMatchObject({
      response: {
        status: 302,
        headers: [
          ['content-length', '0'],
          ['location', '/again'],
        ],
      },
    })
    expect(server.heard).toHaveLength(1)
  })

  it('is never reached through a proxy of the environment', async () => {
    const proxy = await plain(socket => socket.end(ok('proxy')))
    const server = await plain(socket => socket.end(ok('origin')))
    const before = { ...process.env }
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'])
      process.env[name] = name.startsWith('NODE') ? '1' : `http://127.0.0.1:${proxy.port}`
    try {
      expect(reasonOf(await ask(server))).toBe('response 200')
    } finally {
      process.env = before
    }
    expect([proxy.heard.length, server.heard.length]).toEqual([0, 1])
  })

  it('gets no cookie back that it set', async () => {
    const server = await plain(socket => socket.end(ok('x', 'Set-Cookie: sid=1\r\n')))
    const transport = createTransport({
      resolve: async () => [],
      userAgent: 'originproof/test',
      route: () => ({ host: '127.0.0.1', port: server.port }),
    })
    const { request } = await import('./hostile.ts')
    await transport.send(request(), '52.0.0.1')
    await transport.send(request(), '52.0.0.1')
    expect(server.heard).toHaveLength(2)
    expect(server.heard.join().toLowerCase()).not.toContain('cookie')
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('may answer in %s although nobody asked for it', async (encoding, encode) => {
    const body = '<title>Packed</title>'
    const packed = await plain(socket =>
      socket.end(
        ok(encode(Buffer.from(body)), `Content-Encoding: ${encoding}\r\nContent-Type: text/html\r\n`),
      ),
    )
    const loose = await plain(socket => socket.end(ok(body, 'Content-Type: text/html\r\n')))
    const [a, b] = [await ask(packed), await ask(loose)]
    expect(a).toMatchObject({ response: { title: 'Packed', bodyBytes: body.length } })
    expect(
      a.kind === 'response' && b.kind === 'response' && a.response.bodyHash === b.response.bodyHash,
    ).toBe(true)
  })
})

describe('the address', () => {
  it('is where the socket goes, whatever the name', async () => {
    const server = await plain(socket => socket.end(ok('x')))
    const seen: unknown[] = []
    await ask(
      server,
      {},
      {
        route: (address, port) => {
          seen.push([address, port])
          return { host: '127.0.0.1', port: server.port }
        },
      },
    )
    expect(seen).toEqual([['52.0.0.1', 443]])
  })

  it('must be an address: no name is ever looked up', async () => {
    const outcome = await ask({ port: 1 }, {}, { route: (_, port) => ({ host: 'localhost', port }) })
    expect(outcome).toMatchObject({ kind: 'no-response', reason: 'failed' })
  })
})
