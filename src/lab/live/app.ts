/** The application behind a load balancer: a few pages that tell by themselves which backend answered. */
import { createHash } from 'node:crypto'

export interface Page {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const words = [
  'catalogue',
  'orders',
  'invoices',
  'customers',
  'reports',
  'settings',
  'support',
  'archive',
  'search',
]

const html = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>\n<body>\n${body}\n</body></html>\n`

const home = (site: string): string =>
  html(
    `${site} - Example Corp`,
    [
      `<h1>${site}</h1>`,
      `<p>Welcome to ${site}, an internal application of Example Corp.</p>`,
      '<ul>',
      ...words.map(w => `  <li><a href="/${w}">${site} ${w}</a></li>`),
      '</ul>',
    ].join('\n'),
  )

const missing = (site: string): string =>
  html(
    'Not found',
    `<h1>Not found</h1><p>${site} has no such page.</p>\n${words.map(w => `<p>Try the ${w} of ${site} instead.</p>`).join('\n')}`,
  )

const page = (site: string, status: number, type: string, body: string): Page => ({
  status,
  headers: {
    'content-type': type,
    etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`,
    server: 'example-app',
    'set-cookie': `${site}_session=none; Path=/; HttpOnly; Secure`,
  },
  body,
})

const asset = (site: string): string =>
  words.map((w, i) => `.${site}-${w} { order: ${i}; color: hsl(${i * 40} 40% 30%); }`).join('\n')

/** For whoever watches the application, such as the load balancer. */
const health = (site: string): string =>
  html(`${site} health`, words.map(w => `<p>The ${w} of ${site} answer.</p>`).join('\n'))

/** What `site` answers to a GET of `path` (no query). */
export const answer = (site: string, path: string): Page => {
  if (path === '/' || words.some(w => path === `/${w}`))
    return page(site, 200, 'text/html; charset=utf-8', home(site))
  if (path === '/health' || path === '/health/')
    return page(site, 200, 'text/html; charset=utf-8', health(site))
  if (/^\/assets\/[\w-]*(\.css)?$/.test(path)) return page(site, 200, 'text/css', asset(site))
  return page(site, 404, 'text/html; charset=utf-8', missing(site))
}
