/** The error pages of nginx as ingress-nginx shows them: without a version (`server-tokens` is off by default). */
import type { ProbeResponse } from './exchange.ts'
import { fingerprintBody } from './fingerprint.ts'

/** What nginx calls the status codes that refuse (`ngx_http_special_response.c`). */
const titles: Readonly<Record<number, string>> = {
  400: '400 Bad Request',
  401: '401 Authorization Required',
  403: '403 Forbidden',
  404: '404 Not Found',
  405: '405 Not Allowed',
  410: '410 Gone',
}

const page = (title: string): string =>
  [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n')

const hashes = new Map(
  Object.entries(titles).map(([status, title]) => [
    Number(status),
    fingerprintBody(Buffer.from(page(title)), 'text/html').bodyHash,
  ]),
)

/** Whether nginx made up the answer itself, by its body. An nginx behind the controller may say the same. */
export const isControllerPage = ({ status, bodyHash }: ProbeResponse): boolean =>
  hashes.get(status) === bodyHash
