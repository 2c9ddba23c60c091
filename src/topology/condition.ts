/** One condition of a listener rule. What cannot be read whole is `unrecognised`: it may match anything or nothing. */
import { isSealed, patternId, type Value } from '#snapshot/sealed.ts'
import { asObject, type Config, hasOnly, isMissing, listAt, objectAt, textAt, valueAt } from './config.ts'
import type { Condition } from './model.ts'

type Reader = (condition: Config) => Condition | undefined

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** A value in clear or sealed; sealed ones are checked for the fields that identify them. */
export const asValue = (value: unknown): Value | undefined => {
  if (typeof value === 'string') return value
  return isSealed(value) && isText(value.sealed) && isText(value.dialect) && Array.isArray(value.meets)
    ? value
    : undefined
}

const identity = (value: Value): string => (typeof value === 'string' ? `text|${value}` : patternId(value))

/**
 * `key` of the condition itself (the older form) and of its configuration object together, each value once;
 * `undefined` where a value cannot be read.
 */
const united = <T extends Value>(
  condition: Config,
  config: Config | undefined,
  key: 'Values' | 'RegexValues',
  read: (value: unknown) => T | undefined,
): readonly T[] | undefined => {
  const values: unknown[] = []
  for (const holder of [condition, config]) {
    if (isMissing(holder, key)) continue
    const list = listAt(holder, key)
    if (list === undefined) return undefined
    values.push(...list)
  }
  const readable = values.map(read).filter(v => v !== undefined)
  if (readable.length !== values.length) return undefined
  return [...new Map(readable.map(v => [identity(v), v])).values()]
}

const plain = (value: unknown): string | undefined => (isText(value) ? value : undefined)
const filled = (value: unknown): Value | undefined => (value === '' ? undefined : asValue(value))

/** Globs and regular expressions together; a condition without any is no condition that AWS would hold. */
const patterns = <T extends Value>(
  condition: Config,
  configKey: string,
  read: (value: unknown) => T | undefined,
  keys: readonly string[] = [],
): { readonly globs: readonly T[]; readonly regexes: readonly T[] } | undefined => {
  const config = objectAt(condition, configKey)
  if (!isMissing(condition, configKey) && config === undefined) return undefined
  if (config && !hasOnly(config, ['Values', 'RegexValues', ...keys])) return undefined
  const globs = united(condition, config, 'Values', read)
  const regexes = united(condition, config, 'RegexValues', read)
  if (globs === undefined || regexes === undefined || globs.length + regexes.length === 0) return undefined
  return { globs, regexes }
}

const host: Reader = condition => {
  const found = patterns(condition, 'HostHeaderConfig', plain)
  return found && { field: 'host-header', ...found }
}

const path: Reader = condition => {
  const found = patterns(condition, 'PathPatternConfig', plain)
  return found && { field: 'path-pattern', ...found }
}

const header: Reader = condition => {
  const name = textAt(condition, 'HttpHeaderConfig', 'HttpHeaderName')
  const found = patterns(condition, 'HttpHeaderConfig', filled, ['HttpHeaderName'])
  return found && name !== undefined ? { field: 'http-header', name, ...found } : undefined
}

const method: Reader = condition => {
  const found = patterns(condition, 'HttpRequestMethodConfig', plain)
  return found && found.regexes.length === 0
    ? { field: 'http-request-method', methods: found.globs }
    : undefined
}

const sourceIp: Reader = condition => {
  const found = patterns(condition, 'SourceIpConfig', plain, ['IpAddressType'])
  return found && found.regexes.length === 0 ? { field: 'source-ip', cidrs: found.globs } : undefined
}

const query: Reader = condition => {
  const config = objectAt(condition, 'QueryStringConfig')
  const list = listAt(config, 'Values')
  if (config === undefined || list === undefined || list.length === 0 || !hasOnly(config, ['Values']))
    return undefined
  const pairs = list.map(pair => {
    const value = filled(valueAt(pair, 'Value'))
    const key = isMissing(pair, 'Key') ? null : textAt(pair, 'Key')
    return value === undefined || key === undefined ? undefined : { key, value }
  })
  const readable = pairs.filter(pair => pair !== undefined)
  return readable.length === pairs.length ? { field: 'query-string', pairs: readable } : undefined
}

const readers: ReadonlyMap<string, readonly [config: string, read: Reader]> = new Map([
  ['host-header', ['HostHeaderConfig', host]],
  ['path-pattern', ['PathPatternConfig', path]],
  ['http-header', ['HttpHeaderConfig', header]],
  ['http-request-method', ['HttpRequestMethodConfig', method]],
  ['query-string', ['QueryStringConfig', query]],
  ['source-ip', ['SourceIpConfig', sourceIp]],
])

export const buildCondition = (raw: unknown): Condition => {
  const condition = asObject(raw) ?? {}
  const field = textAt(condition, 'Field') ?? ''
  const reader = readers.get(field)
  const found =
    reader && hasOnly(condition, ['Field', 'Values', 'RegexValues', reader[0]]) && reader[1](condition)
  return found || { field: 'unrecognised', name: field === '' ? '(no field)' : field }
}
