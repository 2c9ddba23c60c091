/** Whether a request meets a condition of a listener rule, in three values. */
import { foldCase, matchesGlob } from '#base/glob.ts'
import { addressFamily, containsAddress } from '#base/ip-set.ts'
import type { Condition } from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { agreement, allOf, anyOf, certain, no, type Reading, unknownBecause } from '../reading.ts'
import { notModelled, uncertain } from '../uncertainty.ts'
import { meetsPattern } from '../value.ts'
import { pathReadings } from './path-readings.ts'
import { meetsRegex } from './regex.ts'
import { type AlbRequest, headerValues, type QueryPair } from './request.ts'

type Of<F extends Condition['field']> = Extract<Condition, { field: F }>

/** Conditions of a rule are met together: every one of them. */
export const meetsConditions = (conditions: readonly Condition[], request: AlbRequest): Reading => {
  const parts: Reading[] = []
  for (const condition of conditions) {
    const part = meetsCondition(condition, request)
    if (part.truth === false) return part
    parts.push(part)
  }
  return allOf(parts)
}

export const meetsCondition = (condition: Condition, request: AlbRequest): Reading => {
  switch (condition.field) {
    case 'host-header':
      return meetsHost(condition, request.host)
    case 'path-pattern':
      return meetsPath(condition, request.path)
    case 'http-header':
      return meetsHeader(condition, request)
    case 'http-request-method':
      return certain(condition.methods.includes(request.method))
    case 'query-string':
      return meetsQuery(condition, request.query)
    case 'source-ip':
      return meetsSource(condition, request.source)
    case 'unrecognised':
      return unknownBecause(notModelled(`The rule has a condition of an unknown kind: ${condition.name}.`))
  }
}

/** Letters compare without case; `*.example.com` does not meet `example.com`. */
const meetsHost = (condition: Of<'host-header'>, host: string | null): Reading => {
  if (host === null || host === '') return unknownBecause(uncertain('U-06'))
  const met = (text: string): Reading =>
    anyOf([
      ...condition.globs.map(glob => certain(matchesGlob(glob, text, { ignoreCase: true }))),
      ...condition.regexes.map(regex => meetsRegex(regex, text)),
    ])
  const name = host.replace(/:\d*$/, '')
  return name === host ? met(host) : agreement([met(host), met(name)], 'U-05')
}

/** Case counts; the query is no part of the path. */
const meetsPath = (condition: Of<'path-pattern'>, path: string): Reading => {
  const { forms, id } = pathReadings(path)
  const readings = forms.map(form =>
    anyOf([
      ...condition.globs.map(glob => certain(matchesGlob(glob, form))),
      ...condition.regexes.map(regex => meetsRegex(regex, form)),
    ]),
  )
  return agreement(readings, id)
}

/** Met where any occurrence of the header meets any pattern; an absent header meets nothing, not even `*`. */
const meetsHeader = (condition: Of<'http-header'>, request: AlbRequest): Reading => {
  const sent = headerValues(request.headers, condition.name)
  if (!isRewritten(condition.name)) return meetsAnyValue(condition, sent)
  const made = rewrittenValue(condition.name, request)
  if (made === null) return unknownBecause(uncertain('U-24'))
  return agreement([meetsAnyValue(condition, sent), meetsAnyValue(condition, [made])], 'U-24')
}

const meetsAnyValue = (condition: Of<'http-header'>, values: readonly Value[]): Reading =>
  anyOf(
    values.flatMap(value => [
      ...condition.globs.map(glob => meetsHeaderGlob(value, glob)),
      ...condition.regexes.map(regex => meetsHeaderRegex(value, regex)),
    ]),
  )

const meetsHeaderGlob = (value: Value, glob: Value): Reading => {
  if (!isSealed(value) && /[^\x20-\x7e]/.test(value)) return unknownBecause(uncertain('U-13'))
  const plain = valueReading(value, glob)
  if (isSealed(glob) || !/\\[*?]/.test(glob)) return plain
  return agreement([plain, valueReading(value, glob, true)], 'U-11')
}

const meetsHeaderRegex = (value: Value, regex: Value): Reading =>
  isSealed(value) || isSealed(regex) ? valueReading(value, regex) : meetsRegex(regex, value)

const valueReading = (value: Value, pattern: Value, escapes = false): Reading => {
  const truth = meetsPattern(value, pattern, { escapes })
  if (truth !== 'unknown') return certain(truth)
  return unknownBecause(notModelled('Whether the value meets a sealed pattern cannot be told from its seal.'))
}

/** Headers that the load balancer itself writes. */
export const isRewritten = (name: string): boolean => /^x-(?:forwarded|amzn)-/i.test(name)

const rewrittenValue = (name: string, request: AlbRequest): string | null => {
  switch (foldCase(name)) {
    case 'x-forwarded-proto':
      return request.tls ? 'https' : 'http'
    case 'x-forwarded-port':
      return String(request.port)
    default:
      return null
  }
}

/** Met where any parameter meets any of the listed ones; a listed value without a key may stand under any key. */
const meetsQuery = (condition: Of<'query-string'>, query: readonly QueryPair[]): Reading => {
  const raw = meetsPairs(condition, query)
  const models = [raw, meetsPairs(condition, query.map(decodedPair))]
  const keys = query.map(p => foldCase(p.key))
  if (new Set(keys).size < keys.length) {
    models.push(
      meetsPairs(
        condition,
        query.filter((_, i) => keys.indexOf(keys[i] ?? '') === i),
      ),
    )
    models.push(
      meetsPairs(
        condition,
        query.filter((_, i) => keys.lastIndexOf(keys[i] ?? '') === i),
      ),
    )
  }
  return agreement(models, 'U-12')
}

const meetsPairs = (condition: Of<'query-string'>, query: readonly QueryPair[]): Reading =>
  anyOf(query.flatMap(sent => condition.pairs.map(pair => meetsPair(sent, pair))))

const meetsPair = (sent: QueryPair, pair: Of<'query-string'>['pairs'][number]): Reading => {
  const options = { ignoreCase: true, escapes: true }
  if (pair.key !== null && !matchesGlob(pair.key, sent.key, options)) return no
  if (sent.value !== null) return valueReading(sent.value, pair.value, true)
  // `?flag`: a parameter without a value, or a value without a key.
  const models = [valueReading('', pair.value, true)]
  if (pair.key === null) models.push(valueReading(sent.key, pair.value, true))
  return agreement(models, 'U-12')
}

const decodedPair = ({ key, value }: QueryPair): QueryPair => ({
  key: decodedText(key),
  value: value === null || isSealed(value) ? value : decodedText(value),
})

const decodedText = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** The TCP peer of the load balancer, never an X-Forwarded-For header. */
const meetsSource = (condition: Of<'source-ip'>, source: string): Reading => {
  if (addressFamily(source) !== null) return certain(containsAddress(condition.cidrs, source))
  if (['0.0.0.0/0', '::/0'].every(all => condition.cidrs.includes(all))) return certain(true)
  return unknownBecause(notModelled('The addresses of the prefix list were not read.'))
}
