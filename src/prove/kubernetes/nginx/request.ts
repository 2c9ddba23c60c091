/** The variables of one concrete request, as nginx fills them. */
import { foldCase } from '#base/glob.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import type { World } from './explore.ts'
import type { Parts } from './parts.ts'

export interface NginxRequest {
  readonly method: string
  /** As sent; nginx drops the port and folds case for `$host`. */
  readonly host: string
  /** Decoded and normalised, without query. */
  readonly path: string
  readonly query: string
  readonly headers: readonly (readonly [name: string, value: Value])[]
  /** Client address after the real-IP settings; null where it is not known. */
  readonly address: string | null
  readonly scheme: 'http' | 'https'
}

export interface NginxVersion {
  /** From 1.23.0 on repeated headers are joined with a comma; before, `$http_*` was the first of them. */
  readonly joinsHeaders: boolean
}

const text = (value: Value): Parts => [{ kind: 'text', text: value }]

/** nginx drops headers whose name holds an underscore, or anything else but letters, digits and dashes. */
const isTaken = (name: string): boolean => /^[A-Za-z0-9-]+$/.test(name)

/** `$http_name`: the name is compared after folding case and turning dashes into underscores. */
const headerValue = (request: NginxRequest, variable: string, version: NginxVersion): Parts => {
  const found = request.headers
    .filter(([name]) => isTaken(name) && foldCase(name).replaceAll('-', '_') === variable)
    .map(([, value]) => value)
  const [first] = found
  if (first === undefined) return text('')
  const always = variable === 'cookie' || variable === 'x_forwarded_for'
  if (found.length === 1 || !(version.joinsHeaders || always)) return text(first)
  if (found.some(isSealed)) return [{ kind: 'opaque', reason: 'a header is repeated' }]
  return text(found.join(variable === 'cookie' ? '; ' : ', '))
}

/** `$arg_name`: the first of that name, whatever its case, neither decoded nor without value. */
const argument = (query: string, name: string): string => {
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=')
    if (at >= 0 && foldCase(pair.slice(0, at)) === name) return pair.slice(at + 1)
  }
  return ''
}

const cookie = (request: NginxRequest, name: string): Parts => {
  const [line] = request.headers.filter(([n]) => foldCase(n) === 'cookie').map(([, value]) => value)
  if (line === undefined) return text('')
  if (isSealed(line)) return [{ kind: 'opaque', reason: 'a cookie is sealed' }]
  const own = line.split(/; */).find(pair => foldCase(pair).startsWith(`${name}=`))
  return text(own?.slice(name.length + 1) ?? '')
}

const plain = (request: NginxRequest): Readonly<Record<string, string | null>> => ({
  request_method: request.method,
  host: foldCase(request.host).replace(/:\d*$/, ''),
  uri: request.path,
  document_uri: request.path,
  request_uri: request.query === '' ? request.path : `${request.path}?${request.query}`,
  args: request.query,
  query_string: request.query,
  is_args: request.query === '' ? '' : '?',
  remote_addr: request.address,
  scheme: request.scheme,
})

/** Null for names that this version does not fill. */
export const requestWorld = (request: NginxRequest, version: NginxVersion): World => {
  const known = plain(request)
  return variable => {
    if (variable === 'http_host') return text(request.host)
    if (variable.startsWith('http_')) return headerValue(request, variable.slice('http_'.length), version)
    if (variable.startsWith('arg_')) return text(argument(request.query, variable.slice('arg_'.length)))
    if (variable.startsWith('cookie_')) return cookie(request, variable.slice('cookie_'.length))
    if (!Object.hasOwn(known, variable)) return null
    const value = known[variable]
    return typeof value === 'string'
      ? text(value)
      : [{ kind: 'opaque', reason: `$${variable} is not known here` }]
  }
}
