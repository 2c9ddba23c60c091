/** Finds the REST operation whose method, URI template and query literals fit a request. */
import type { Found, HttpCall } from './protocol.ts'
import type { Operation, Service } from './service.ts'
import { membersOf } from './shape.ts'

interface Template {
  readonly operation: Operation
  readonly method: string
  readonly pattern: RegExp
  readonly labels: readonly string[]
  readonly literals: readonly (readonly [string, string])[]
  /** More of the request spelled out beats less. */
  readonly weight: number
}

const compiled = new WeakMap<Service, readonly Template[]>()

/** The most specific operation that fits, or undefined. */
export function findByUri(service: Service, call: HttpCall): Found | undefined {
  const templates = compiled.get(service) ?? compile(service)
  compiled.set(service, templates)
  for (const template of templates) {
    const match = fits(template, call) ? template.pattern.exec(call.path) : null
    if (match) return { operation: template.operation, labels: labelsOf(template, match) }
  }
  return undefined
}

const fits = ({ method, literals }: Template, call: HttpCall): boolean =>
  method === call.method && literals.every(([key, value]) => call.query.get(key) === value)

const labelsOf = (template: Template, match: RegExpExecArray): Record<string, string> =>
  Object.fromEntries(template.labels.map((label, i) => [label, decodeURIComponent(match[i + 1] ?? '')]))

const compile = (service: Service): Template[] =>
  [...service.operations.values()]
    .flatMap(operation => templateOf(service, operation))
    .sort((a, b) => b.weight - a.weight)

function templateOf(service: Service, operation: Operation): Template[] {
  if (!operation.http) return []
  const [method, uri] = operation.http
  const [path = '/', search = ''] = uri.split('?')
  const whole = takesBucket(service, operation) ? `/{Bucket}${path === '/' ? '' : path}` : path
  const literals = [...new URLSearchParams(search)]
  const labels = [...whole.matchAll(labelPattern)].map(found => found[1] ?? '')
  const weight = literals.length * 1000 + whole.replaceAll(labelPattern, '').length * 10 - labels.length
  return [{ operation, method, pattern: patternOf(whole), labels, literals, weight }]
}

const takesBucket = ({ source }: Service, { input }: Operation): boolean =>
  source.s3 === true && membersOf(input).some(([name]) => name === 'Bucket')

const labelPattern = /\{([^{}+]+)(\+?)\}/g

/** A trailing slash is optional; `{Label}` stays within one segment, `{Label+}` does not. */
function patternOf(path: string): RegExp {
  const parts = path
    .replace(/(?<=.)\/$/, '')
    .split(/(\{[^{}]+\})/)
    .map(part => (part.startsWith('{') ? (part.endsWith('+}') ? '(.+)' : '([^/]+)') : escaped(part)))
  return new RegExp(`^${parts.join('')}/?$`)
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
