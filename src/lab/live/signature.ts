/** What the laboratory's edge answers where a behaviour asks for a signature. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Behavior } from '#topology/model.ts'

const missing = ['MissingKey', 'Missing Key-Pair-Id query parameter or cookie value'] as const
const unknown = ['InvalidKey', 'Unknown Key'] as const

/** Whether it was refused. No world has a private key, so that nothing that is sent is signed. */
export const refusedUnsigned = (
  { signed }: Behavior,
  { url, headers }: IncomingMessage,
  response: ServerResponse,
): boolean => {
  if (!signed) return false
  const named = /[?&]Key-Pair-Id=/.test(url ?? '') || /\bCloudFront-Key-Pair-Id=/.test(headers.cookie ?? '')
  const [code, message] = named ? unknown : missing
  response.writeHead(403, {
    'content-type': 'text/xml',
    server: 'CloudFront',
    'x-cache': 'Error from cloudfront',
  })
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  )
  return true
}
