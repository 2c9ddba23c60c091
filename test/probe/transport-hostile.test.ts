import { randomBytes } from 'node:crypto'
import { Socket } from 'node:net'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { buffers, ok, soon, tide } from './floods.ts'
import { ask, closeAll, drip, flood, onConnect, plain, reasonOf } from './hostile.ts'

afterEach(closeAll)
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
