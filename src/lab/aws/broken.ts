/** The unhealthy answers: what a failing service, a cut connection or a proxy in between sends instead of a reply. */
import type { ServerResponse } from 'node:http'

/**
 * `malformed`: status 200 and a complete body that is no document of the protocol. `truncated`: a well-begun body,
 * cut off before its announced length. `reset`: the connection dies before the status line. `hang`: nothing, until
 * the client gives up or the server closes. `html`: a proxy's error page with status 502.
 */
export type Broken = 'malformed' | 'truncated' | 'reset' | 'hang' | 'html'

export type Syntax = 'xml' | 'json'

const types: Record<Syntax, string> = { xml: 'text/xml', json: 'application/x-amz-json-1.1' }
const malformed: Record<Syntax, string> = {
  xml: '<?xml version="1.0"?>\n<Response><Items><member>one</Items></member>',
  json: '{"Items": [{"Name": one}]',
}
const begun: Record<Syntax, string> = {
  xml: '<?xml version="1.0"?>\n<Response><Items><member><Name>fir',
  json: '{"Items": [{"Name": "fir',
}
const html =
  '<!doctype html>\n<html><head><meta charset="utf-8"><title>502 Bad Gateway</title></head>' +
  '<body><h1>Bad Gateway</h1><hr><p>The proxy received an invalid response.</body></html>\n'

export function sendBroken(response: ServerResponse, kind: Broken, syntax: Syntax): void {
  switch (kind) {
    case 'malformed':
      response.writeHead(200, { 'content-type': types[syntax] }).end(malformed[syntax])
      return
    case 'truncated':
      response.writeHead(200, { 'content-type': types[syntax], 'content-length': 4096 })
      response.write(begun[syntax], () => response.socket?.destroySoon())
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'html':
      response.writeHead(502, { 'content-type': 'text/html; charset=utf-8' }).end(html)
      return
    case 'hang':
      return
  }
}
