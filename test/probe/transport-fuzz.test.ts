import { fc, test as property } from '@fast-check/vitest'
import { afterAll, beforeAll, expect } from 'vitest'
import { createTransport } from '#probe/transport.ts'
import { closeAll, type Hostile, plain, request } from './hostile.ts'

/** Pieces of right and wrong responses, put together at random. */
const piece = fc.oneof(
  fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.0 404 Not Found\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\n\r\n',
    'HTTP/1.1 204 No Content\r\n',
    'HTTP/1.1 101 Switching Protocols\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: 100000\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Content-Encoding: gzip\r\n',
    'Content-Encoding: br\r\n',
    'Connection: close\r\n',
    'Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n',
    'Upgrade: h2c\r\nConnection: upgrade\r\n',
    'Set-Cookie: a=b\r\n',
    'Trailer: X\r\n',
    '\r\n',
    '5\r\nhello\r\n',
    '0\r\n\r\n',
    'hello',
    '\u0000',
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const ending = fc.constantFrom('end', 'reset', 'stay')

let script: { parts: readonly string[]; ending: string } = { parts: [], ending: 'end' }
let server: Hostile
beforeAll(async () => {
  server = await plain(socket => {
    for (const part of script.parts) socket.write(part)
    if (script.ending === 'end') socket.end()
    if (script.ending === 'reset') setImmediate(() => socket.resetAndDestroy())
  })
})
afterAll(closeAll)

const transport = createTransport({
  resolve: async () => [],
  userAgent: 'originproof/test',
  limits: { firstByteMs: 40, totalMs: 60 },
  route: () => ({ host: '127.0.0.1', port: server.port }),
})

property.prop([fc.array(piece, { maxLength: 12 }), ending, fc.constantFrom('GET', 'HEAD')], { numRuns: 300 })(
  'whatever an origin answers, the outcome is a value and nothing is thrown behind our back',
  async (parts, how, method) => {
    script = { parts, ending: how }
    const outcome = await transport.send(request({ method }), '52.0.0.1')
    if (outcome.kind === 'response') expect(outcome.response.bodyHash).toMatch(/^[0-9a-f]{32}$/)
    else {
      expect(['timeout', 'reset', 'invalid-http', 'too-large']).toContain(outcome.reason)
      expect(outcome.message).toMatch(/^[A-Z].*\.$/)
    }
  },
)
