import { randomBytes } from 'node:crypto'
import { Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { UserFault } from '#base/fault.ts'
import { createTransport } from '#probe/transport.ts'
import { newAuthority, type Pair } from './certificates.ts'
import { ask, closeAll, drip, flood, impatience, onConnect, plain, reasonOf, secure } from './hostile.ts'

afterEach(closeAll)

/** What a server can push into a connection nobody reads: buffers of both ends. */
const buffers = 16 * 1024 * 1024

/** What may come between two looks at the meter. */
const tide = 512 * 1024 * 1024
const soon = { limits: impatience }

const ok = (body: string | Buffer, headers = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`),
    Buffer.from(body),
  ])

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

describe('a hostile origin', () => {
  it('that refuses the connection', async () => {
    const server = await plain(() => {})
    await server.close()
    expect(reasonOf(await ask(server))).toBe('refused')
  })

  it('that never answers the connection', async () => {
    // A socket that is never connected stands for packets that are dropped.
    expect(reasonOf(await ask({ port: 1 }, {}, { dial: () => new Socket(), ...soon }))).toBe(
      'connect-timeout',
    )
  })

  it('that accepts and says nothing (tarpit)', async () => {
    const server = await plain(() => {})
    expect(reasonOf(await ask(server, {}, soon))).toBe('timeout')
  })

  it('that says nothing to a TLS handshake', async () => {
    const server = await onConnect(() => {})
    const claims = { host: 'origin.example.com', sni: 'origin.example.com' }
    const outcome = await ask(server, { present: claims }, soon)
    expect(reasonOf(outcome)).toBe('tls-failed')
  })

  it('that drips headers (slow loris)', async () => {
    const server = await plain(socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      drip(socket, 'X-A: b\r\n')
    })
    expect(reasonOf(await ask(server, {}, soon))).toBe('timeout')
  })

  it('that drips its body', async () => {
    const server = await plain(socket => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      drip(socket, 'x')
    })
    expect(reasonOf(await ask(server, {}, soon))).toBe('timeout')
  })

  it('that sends interim responses without end', async () => {
    const server = await plain(socket => drip(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'))
    expect(reasonOf(await ask(server, {}, soon))).toBe('timeout')
  })

  it('that sends a body without end', async () => {
    const server = await plain(socket => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n')
      flood(socket, 'x'.repeat(65_536))
    })
    const outcome = await ask(server)
    expect(outcome).toMatchObject({ response: { status: 200, truncated: true, bodyBytes: 65_536 } })
    expect(server.written()).toBeLessThan(buffers)
  })

  it('that sends one chunk without end', async () => {
    const server = await plain(socket => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n')
      flood(socket, 'x'.repeat(65_536))
    })
    expect(await ask(server)).toMatchObject({ response: { truncated: true, bodyBytes: 65_536 } })
    expect(server.written()).toBeLessThan(buffers)
  })

  it('that sends headers without end', async () => {
    const server = await plain(socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      flood(socket, `X-Flood: ${'y'.repeat(1_000)}\r\n`.repeat(20))
    })
    expect(reasonOf(await ask(server))).toBe('too-large')
    expect(server.written()).toBeLessThan(buffers)
  })

  it('that sends one header without end', async () => {
    const server = await plain(socket => {
      socket.write('HTTP/1.1 200 OK\r\nX-Flood: ')
      flood(socket, 'y'.repeat(65_536))
    })
    expect(reasonOf(await ask(server))).toBe('too-large')
    expect(server.written()).toBeLessThan(buffers)
  })

  it('that sends a status line without end', async () => {
    const server = await plain(socket => {
      socket.write('HTTP/1.1 200 ')
      flood(socket, 'y'.repeat(65_536))
    })
    expect(reasonOf(await ask(server))).toBe('too-large')
    expect(server.written()).toBeLessThan(tide)
  })

  it('that hides a flood in a chunk extension', async () => {
    const server = await plain(socket => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=')
      flood(socket, 'y'.repeat(65_536))
    })
    expect(reasonOf(await ask(server))).toBe('too-large')
    expect(server.written()).toBeLessThan(tide)
  })

  it('that floods with interim responses', async () => {
    const server = await plain(socket => {
      flood(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(500))
    })
    expect(reasonOf(await ask(server))).toBe('too-large')
    expect(server.written()).toBeLessThan(tide)
  })

  it.each([
    ['gzip', gzipSync],
    ['br', (data: Buffer) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ])('that sends a %s bomb', async (encoding, encode) => {
    const bomb = encode(Buffer.alloc(32 * 1024 * 1024))
    const server = await plain(socket => socket.end(ok(bomb, `Content-Encoding: ${encoding}\r\n`)))
    const before = process.memoryUsage().arrayBuffers
    const outcome = await ask(server)
    expect(outcome).toMatchObject({ response: { truncated: true, bodyBytes: 262_144 } })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(buffers)
  })

  it('that says gzip and means something else', async () => {
    const server = await plain(socket => socket.end(ok('not packed', 'Content-Encoding: gzip\r\n')))
    expect(reasonOf(await ask(server))).toBe('invalid-http')
  })

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['random bytes', randomBytes(512)],
    ['a bare body', '<html>hello</html>'],
    ['two contradicting lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['a header without colon', 'HTTP/1.1 200 OK\r\nbroken header\r\n\r\n'],
    ['a null byte in a header', 'HTTP/1.1 200 OK\r\nX: a\u0000b\r\n\r\n'],
    [
      'an upgrade nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
  ])('that answers with %s', async (_, bytes) => {
    const server = await plain(socket => socket.end(bytes))
    expect(['invalid-http', 'reset']).toContain(reasonOf(await ask(server)))
  })

  it('that closes without an answer', async () => {
    const server = await plain(socket => socket.end())
    expect(reasonOf(await ask(server))).toBe('reset')
  })

  it('that resets the connection before the answer', async () => {
    const server = await plain(socket => socket.resetAndDestroy())
    expect(reasonOf(await ask(server))).toBe('reset')
  })

  it('that resets the connection in the middle of the body', async () => {
    const server = await plain(socket => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(100)}`, () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      )
    })
    expect(reasonOf(await ask(server))).toBe('reset')
  })

  it('that sends less than it promised', async () => {
    const server = await plain(socket => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort'))
    expect(['reset', 'invalid-http']).toContain(reasonOf(await ask(server)))
  })

  it('that answers a second request nobody sent', async () => {
    const server = await plain(socket => socket.end(Buffer.concat([ok('one'), ok('two'), ok('three')])))
    expect(['response 200', 'invalid-http', 'reset']).toContain(reasonOf(await ask(server)))
    expect(server.heard).toHaveLength(1)
  })

  it('is left alone as soon as the answer is known, and leaves nothing behind', async () => {
    let closed = 0
    const server = await plain(socket => {
      socket.on('close', () => closed++)
      socket.write(ok('done'))
    })
    await ask(server)
    await expect.poll(() => closed).toBe(1)
  })

  it('repeats nothing it said in the message', async () => {
    const server = await plain(socket => socket.end('HTTP/1.1 200 OK\r\nX-Secret s3cr3t-value\r\n\r\n'))
    expect(JSON.stringify(await ask(server))).not.toContain('s3cr3t')
  })
})

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
    for (const role of ['P', 'N1-edge'] as const) {
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
