/** Gateway and HTTPRoute objects of the Gateway API. */
import type { LocatedResource } from '#snapshot/record.ts'
import { integerAt, listAt, objectAt, textAt, textsAt, valueAt } from '../config.ts'
import type {
  Gateway,
  GatewayListener,
  HttpRoute,
  HttpRouteMatch,
  HttpRouteRule,
  RouteParent,
  ValueMatch,
} from '../model/gateway-api.ts'
import { isSealed, type Value } from '../sealed.ts'
import { objectOf, serviceName } from './object.ts'

export const buildGateway = (resource: LocatedResource): Gateway => {
  const { config } = resource
  return {
    ...objectOf(resource),
    className: textAt(config, 'spec', 'gatewayClassName') ?? '',
    addresses: (listAt(config, 'status', 'addresses') ?? []).flatMap(
      a => textAt(a, 'value')?.toLowerCase() ?? [],
    ),
    listeners: (listAt(config, 'spec', 'listeners') ?? []).map(listenerOf),
  }
}

const allowing = ['Same', 'All', 'Selector'] as const

const listenerOf = (raw: unknown): GatewayListener => {
  const from = textAt(raw, 'allowedRoutes', 'namespaces', 'from') ?? 'Same'
  return {
    name: textAt(raw, 'name') ?? '',
    hostname: textAt(raw, 'hostname')?.toLowerCase() ?? null,
    port: integerAt(raw, 'port') ?? 0,
    protocol: textAt(raw, 'protocol') ?? '',
    allowedRoutes: allowing.find(a => a === from) ?? 'unrecognised',
  }
}

export const buildHttpRoute = (resource: LocatedResource): HttpRoute => {
  const { config } = resource
  const object = objectOf(resource)
  return {
    ...object,
    createdAt: textAt(config, 'metadata', 'creationTimestamp') ?? null,
    parents: (listAt(config, 'spec', 'parentRefs') ?? []).flatMap(p => parentOf(p, object.namespace)),
    hostnames: (textsAt(config, 'spec', 'hostnames') ?? []).map(h => h.toLowerCase()),
    rules: (listAt(config, 'spec', 'rules') ?? []).map(rule => ruleOf(rule, object.namespace)),
  }
}

const parentOf = (raw: unknown, namespace: string): readonly RouteParent[] => {
  const name = textAt(raw, 'name')
  if (name === undefined || (textAt(raw, 'kind') ?? 'Gateway') !== 'Gateway') return []
  return [
    {
      namespace: textAt(raw, 'namespace') ?? namespace,
      name,
      listener: textAt(raw, 'sectionName') ?? null,
      port: integerAt(raw, 'port') ?? null,
    },
  ]
}

const ruleOf = (raw: unknown, namespace: string): HttpRouteRule => ({
  matches: (listAt(raw, 'matches') ?? []).map(matchOf),
  filters: (listAt(raw, 'filters') ?? []).map(f => textAt(f, 'type') ?? 'of no type'),
  services: [...(listAt(raw, 'backendRefs') ?? []), ...mirrorsIn(raw)].flatMap(b =>
    textAt(b, 'name') === undefined
      ? []
      : [{ name: sharing(b, serviceName(b, namespace)), port: String(integerAt(b, 'port') ?? '') }],
  ),
})

/** One of no weight gets no request until somebody gives it some: where its rule leads is not known. */
const sharing = (backend: unknown, name: string): string =>
  integerAt(backend, 'weight') === 0 ? `${name} (of weight 0)` : name

/** What gets a copy of the requests of a rule, by its own filters or those of its backends. */
export const mirrorsIn = (rule: unknown): readonly unknown[] =>
  [rule, ...(listAt(rule, 'backendRefs') ?? [])]
    .flatMap(holder => listAt(holder, 'filters') ?? [])
    .flatMap(filter => objectAt(filter, 'requestMirror', 'backendRef') ?? [])

const pathTypes = ['Exact', 'PathPrefix', 'RegularExpression'] as const

const matchOf = (raw: unknown): HttpRouteMatch => {
  const type = textAt(raw, 'path', 'type') ?? 'PathPrefix'
  return {
    path: {
      type: pathTypes.find(t => t === type) ?? 'unrecognised',
      value: textAt(raw, 'path', 'value') ?? '/',
    },
    headers: firstOfEach((listAt(raw, 'headers') ?? []).map(valueMatchOf), name => name.toLowerCase()),
    queryParams: firstOfEach((listAt(raw, 'queryParams') ?? []).map(valueMatchOf), name => name),
    method: textAt(raw, 'method') ?? null,
  }
}

/** Of several with one name the first counts, and implementations must ignore the others (HTTPRouteMatch, Gateway API v1). */
const firstOfEach = (
  matches: readonly ValueMatch[],
  keyOf: (name: string) => string,
): readonly ValueMatch[] =>
  matches.filter((m, i) => matches.findIndex(other => keyOf(other.name) === keyOf(m.name)) === i)

const isValue = (value: unknown): value is Value => typeof value === 'string' || isSealed(value)

/** One whose value cannot be read is a match that nobody is known to meet. */
const valueMatchOf = (raw: unknown): ValueMatch => {
  const type = textAt(raw, 'type') ?? 'Exact'
  const value = valueAt(raw, 'value')
  const name = textAt(raw, 'name') ?? ''
  if (!isValue(value)) return { type: 'unrecognised', name, value: '' }
  return { type: type === 'Exact' || type === 'RegularExpression' ? type : 'unrecognised', name, value }
}
