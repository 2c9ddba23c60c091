/**
 * Whether nginx directives turn away everybody without the secret, told by walking them once for each way they may go; for
 * checking only. Whatever is not plainly understood refuses nobody.
 */

import type { Snippet } from '#topology/model.ts'
import { conditionOf, type Directive, parseNginx, partsOf } from '#topology/nginx.ts'
import { isSealed, type Value } from '#topology/sealed.ts'

/** From this many bits on a value is a secret. nginx compares case. */
const strongBits = 100

const isSecret = (value: Value | undefined): boolean =>
  value !== undefined &&
  isSealed(value) &&
  value.public !== true &&
  value.exactBits >= strongBits &&
  (value.dialect === 'nginx:=' ||
    value.dialect === 'nginx:~' ||
    (value.dialect === 'nginx:~*' && value.bits >= strongBits))

/** They change what is sent on or back, never who gets in. */
const harmless =
  /^(?:proxy_set_header|proxy_hide_header|proxy_pass_header|proxy_(?:connect|read|send)_timeout|proxy_buffer(?:s|ing|_size)|proxy_http_version|add_header|more_set_headers|more_clear_headers|more_set_input_headers|client_max_body_size|client_body_buffer_size|gzip(?:_[a-z_]+)?|expires|access_log|error_log|log_not_found|server_tokens|keepalive_timeout|send_timeout)$/

/** Names that nginx fills itself: what setting one of them does is not followed. */
const ofRequest =
  /^(?:(?:http|arg|cookie|sent|upstream|request|remote|server|proxy|ssl|geoip|binary|realip)_.*|host|hostname|uri|document_uri|args|query_string|is_args|scheme|https|status|limit_rate)$/

type Variables = ReadonlyMap<string, string | null>
type End = 'refused' | 'passes' | 'goes-on'

/** A way through the directives so far; a variable that is null, or not there, may hold anything. */
interface Way {
  readonly variables: Variables
  readonly end: End
}

const mostWays = 64

/** Whether nginx takes the snippet, and every directive of it is one that is understood here. */
export const isUnderstood = (snippet: Snippet): boolean =>
  snippet.problems.every(p => p.kind !== 'syntax') && waysThrough([snippet]) !== null

/** Whether every way through the snippets, one after the other, ends in a `return`. */
export const refusesStrangers = (snippets: readonly Snippet[]): boolean => {
  const ways = waysThrough(snippets)
  return ways !== null && ways.length > 0 && ways.every(w => w.end === 'refused')
}

const waysThrough = (snippets: readonly Snippet[]): readonly Way[] | null => {
  let ways: readonly Way[] = [{ variables: new Map(), end: 'goes-on' }]
  for (const { text, values, problems } of snippets) {
    const parsed = parseNginx(text)
    if (problems.some(p => p.kind === 'syntax') || parsed.problems.some(p => p.kind === 'syntax')) return null
    const next = walk(parsed.directives, ways, values)
    if (next === null) return null
    ways = next
  }
  return ways
}

const walk = (
  directives: readonly Directive[],
  from: readonly Way[],
  values: readonly Value[],
): readonly Way[] | null => {
  let ways = from
  for (const directive of directives) {
    const next: Way[] = []
    for (const way of ways) {
      const stepped = way.end === 'goes-on' ? step(directive, way, values) : [way]
      if (stepped === null) return null
      next.push(...stepped)
    }
    if (next.length > mostWays) return null
    ways = next
  }
  return ways
}

const step = (directive: Directive, way: Way, values: readonly Value[]): readonly Way[] | null => {
  const { name, args, block } = directive
  if (name === 'if' && block !== null) {
    const truth = holds(directive, way, values)
    if (truth === null) return null
    const taken = truth === false ? [] : walk(block, [way], values)
    return taken === null ? null : [...taken, ...(truth === true ? [] : [way])]
  }
  if (block !== null) return null
  const [first, second] = args
  if (name === 'return' && /^[345]\d\d$/.test(first?.text ?? '')) return [{ ...way, end: 'refused' }]
  if (name === 'set' && first && second && args.length === 2) {
    const variable = first.text.replace(/^\$/, '').toLowerCase()
    if (ofRequest.test(variable)) return null
    return [{ ...way, variables: new Map(way.variables).set(variable, textOf(second.text, way, values)) }]
  }
  if (name === 'break') return [{ ...way, end: 'passes' }]
  return harmless.test(name) ? [way] : null
}

const marked = (word: string, values: readonly Value[]): Value | undefined => {
  const mark = /^⟦(\d+)⟧$/.exec(word)
  return mark === null ? (word.includes('⟦') ? undefined : word) : values[Number(mark[1])]
}

/** Null where it may be anything. */
const textOf = (word: string, { variables }: Way, values: readonly Value[]): string | null => {
  const whole = marked(word, values)
  if (whole === undefined || isSealed(whole)) return null
  const parts = (partsOf(whole) ?? [{ kind: 'capture' as const }]).map(p =>
    p.kind === 'text' ? p.text : p.kind === 'variable' ? (variables.get(p.name) ?? null) : null,
  )
  return parts.every(p => p !== null) ? parts.join('') : null
}

/** `either` where it depends; null where the condition is not understood. */
const holds = (directive: Directive, way: Way, values: readonly Value[]): boolean | 'either' | null => {
  const condition = conditionOf(directive.args)
  if (condition.kind === 'invalid' || condition.kind === 'file') return null
  const { variable } = condition
  const text = way.variables.get(variable) ?? null
  if (condition.kind === 'bare') return text === null ? 'either' : text !== '' && text !== '0'
  const value = marked(condition.operand.text, values)
  if (isSecret(value)) return isWritten(variable, way) ? condition.negated : 'either'
  if (condition.kind === 'match' || text === null) return 'either'
  const other = textOf(condition.operand.text, way, values)
  return other === null ? 'either' : (text === other) !== condition.negated
}

/** What a stranger writes, and so never the secret; unless a `set` of the snippet put something else there. */
const isWritten = (variable: string, { variables }: Way): boolean =>
  /^(?:http_|arg_|cookie_)[a-z0-9_]+$/.test(variable) && !variables.has(variable)
