/** Pages that web servers show when nobody configured them: they say nothing about whose server it is. */
import type { ProbeResponse } from './exchange.ts'
import { fingerprintBody } from './fingerprint.ts'

/** Titles of the default pages of common servers and controllers. */
const titles: readonly RegExp[] = [
  /^welcome to nginx!?$/i,
  /^test page for the (?:nginx|apache|http) /i,
  /^http server test page/i,
  /^apache2? .*default page/i,
  /^it works!?$/i,
  /^iis windows(?: server)?$/i,
  /^welcome to openresty!?$/i,
  /^welcome to caddy/i,
  /^caddy works!?$/i,
  /^apache tomcat/i,
  /^default (?:web site )?page$/i,
  /^plesk obsidian/i,
  /^congratulations! you've created/i,
]

/** Default bodies that have no title, e.g. of Traefik and ingress-nginx. */
const bodies = [
  '404 page not found\n',
  'default backend - 404',
  '<html><body><h1>It works!</h1></body></html>\n',
]

const hashes = new Set(bodies.map(b => fingerprintBody(Buffer.from(b), 'text/plain').bodyHash))

/** Whether the response is such a page. */
export const isDefaultPage = (response: ProbeResponse): boolean =>
  hashes.has(response.bodyHash) || titles.some(t => t.test(response.title ?? ''))
