/** What hostile servers send, and how much of it may leave them before they are cut off. */
import { impatience } from './hostile.ts'

/** What a server can push into a connection nobody reads: buffers of both ends. */
export const buffers = 16 * 1024 * 1024

/** What may come between two looks at the meter. */
export const tide = 512 * 1024 * 1024
export const soon = { limits: impatience }

export const ok = (body: string | Buffer, headers = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`),
    Buffer.from(body),
  ])
