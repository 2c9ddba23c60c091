/** Directives known by name: those that decide nothing about a request, and those that can do no more than refuse it. */
import type { Directive } from '#topology/nginx.ts'

/** Shape the exchange with the backend, the answer, or the logs. Sources: the modules' pages on nginx.org. */
const harmless = new RegExp(
  `^(?:${[
    'proxy_(?!pass$).+',
    'grpc_(?!pass$).+',
    'fastcgi_(?!pass$).+',
    '(?:add|more_set|more_clear)_(?:header|headers|trailer)',
    'more_(?:set|clear)_input_headers',
    'expires|etag|if_modified_since|default_type|types|charset.*|override_charset|source_charset',
    'access_log|error_log|log_format|log_not_found|log_subrequest|rewrite_log|open_log_file_cache',
    'gzip.*|brotli.*|zstd.*|sub_filter.*|gunzip.*',
    'client_.+|keepalive_.+|send_timeout|send_lowat|reset_timedout_connection|lingering_.+|large_client_header_buffers',
    'limit_rate.*|limit_req.*|limit_conn.*',
    'port_in_redirect|absolute_redirect|server_name_in_redirect|server_tokens|chunked_transfer_encoding',
    'http2_.+|tcp_.+|sendfile.*|aio.*|directio.*|output_buffers|postpone_output|max_ranges|msie_.+|recursive_error_pages',
    'uninitialized_variable_warn|variables_hash_.+|map_hash_.+|server_names_hash_.+|types_hash_.+|resolver.*',
    'opentelemetry.*|opentracing.*|otel_.+|ssl_(?!verify_client$|client_certificate$|ocsp$).+',
    'underscores_in_headers|ignore_invalid_headers|merge_slashes|lua_.+|geoip2?_.*',
  ].join('|')})$`,
)

/** Answer or refuse after rewriting, by rules of their own. */
const refusing =
  /^(?:modsecurity.*|auth_jwt.*|auth_digest.*|access_by_lua.*|ssl_verify_client|ssl_client_certificate|ssl_ocsp|secure_link.*|valid_referers|internal|limit_except|naxsi.*|testcookie.*)$/

/** A directive that leaves every request as it is on its way to the backend. */
export const decidesNothing = (d: Directive): boolean =>
  d.name === 'auth_request_set' ||
  (d.block === null && harmless.test(d.name)) ||
  (d.block !== null && d.name === 'upstream')

/** Of those, what nginx takes inside `if` of a location; the others it refuses there. */
export const fitsIf = (d: Directive): boolean =>
  /^(?:add_(?:header|trailer)|more_.+|expires|access_log|limit_rate|limit_rate_after|default_type|gzip|charset|sub_filter)$/.test(
    d.name,
  )

export const mayOnlyRefuse = (d: Directive): boolean =>
  (d.block === null || d.name === 'limit_except') && refusing.test(d.name)

/** The variable that a directive of another module sets; null for any other directive. */
export const setsVariable = (d: Directive): string | null => {
  const variable = d.args
    .find(a => a.text.startsWith('$'))
    ?.text.slice(1)
    .toLowerCase()
  if (/^set_(?!real_ip_from$)/.test(d.name) && variable !== undefined) return variable
  if (/^(?:geo|split_clients|geoip2)$/.test(d.name))
    return d.args.at(-1)?.text.replace(/^\$/, '').toLowerCase() ?? null
  return null
}
