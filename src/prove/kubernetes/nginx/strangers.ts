/** What a stranger may write in each variable of a request: free words, one fixed word, or nothing that can be relied on. */
import type { Machine } from '../../language/machine.ts'
import { headerTexts, hostNames, plainPaths, queryPairs, type Universe } from '../../language/universe.ts'
import type { World } from './explore.ts'
import { patternMachine } from './pattern.ts'

/** An open place of the request. */
export interface Field {
  readonly universe: Universe
  /** Words to take where they fit, the best first. `''` is a header that is not sent. */
  readonly prefer: readonly string[]
  readonly all: readonly Machine[]
  readonly none: readonly Machine[]
  /** Whether the stranger can write what is asked; otherwise the reason why nobody can say. */
  readonly doubt: string | null
  /** Paths, hosts and methods are seen by many: a sealed text there is not relied on as a secret. */
  readonly isSeen: boolean
}

/** The part of the server and location that the request must hit. */
export interface Aim {
  readonly host: Pick<Field, 'prefer' | 'all' | 'none'>
  readonly path: Pick<Field, 'prefer' | 'all' | 'none'>
}

const free = (universe: Universe, more: Partial<Field> = {}): Field => ({
  universe,
  prefer: [''],
  all: [],
  none: [],
  doubt: null,
  isSeen: false,
  ...more,
})

/** Headers that a balancer or nginx itself writes over or adds to. */
const rewritten =
  /^http_(?:x_forwarded_.*|x_real_ip|forwarded|via|connection|upgrade|te|trailer|transfer_encoding|content_length|expect|proxy.*)$/

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND']

const isHeader = (variable: string): boolean => variable.startsWith('http_') && variable !== 'http_host'

/** No header has such a name: variables with other characters are always empty. */
const nameable = /^[a-z0-9_]+$/

const named = machineOf('^[A-Z]+$')

function machineOf(pattern: string): readonly Machine[] {
  const machine = patternMachine(pattern, false)
  return machine === null ? [] : [machine]
}

/** Query values are compared as written; without `&` and the like nothing changes them on the way. */
const argumentTexts: Universe = {
  ...queryPairs,
  start: queryPairs.step(queryPairs.step(queryPairs.start, 'k'), '\0'),
}

/** The field behind a symbol of `strangerWorld`. */
export const fieldOf = (symbol: string, aim: Aim): Field => {
  if (symbol === 'uri') return free(plainPaths, { ...aim.path, isSeen: true })
  if (symbol === 'host') return free(hostNames, { ...aim.host, isSeen: true })
  if (symbol === 'request_method') return free(headerTexts, { prefer: methods, all: named, isSeen: true })
  if (symbol.startsWith('arg_')) return free(argumentTexts)
  const doubt = rewritten.test(symbol) ? `who writes $${symbol} in the end is not known` : null
  return free(headerTexts, { doubt })
}

const obscured = (variable: string): ReturnType<World> => [
  { kind: 'opaque', reason: `$${variable} is beyond this version` },
]

const beyond =
  /^(?:remote_addr|remote_port|binary_remote_addr|scheme|https|server_.+|args|query_string|is_args|request|request_uri|request_.+|hostname|nginx_version|pid|time_.+|msec|connection.*|ssl_.+|geoip.*|proxy_.+|realpath_root|document_root|status|tcpinfo_.+|upstream_.+|sent_.+|best_http_host|pass_.+|req_id|the_real_ip|full_x_forwarded_for|namespace|ingress_name|service_name|service_port|location_path|redirect_to_https|cookie_.+|content_.+|body_bytes_sent|bytes_sent|limit_rate|http_host)$/

/** Every variable of a request that a stranger writes. */
export const strangerWorld: World = variable => {
  if (variable === 'document_uri' || variable === 'uri') return [{ kind: 'open', symbol: 'uri' }]
  if (variable === 'host' || variable === 'request_method') return [{ kind: 'open', symbol: variable }]
  if (isHeader(variable) || variable.startsWith('arg_')) {
    if (!nameable.test(variable)) return [{ kind: 'text', text: '' }]
    return [{ kind: 'open', symbol: variable }]
  }
  return beyond.test(variable) ? obscured(variable) : null
}
