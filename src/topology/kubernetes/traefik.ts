/** IngressRoute and Middleware objects of Traefik. */
import type { LocatedResource } from '#snapshot/record.ts'
import { type Config, integerAt, listAt, objectAt, textAt, textsAt, valueAt } from '../config.ts'
import type {
  AddressSource,
  ForwardedHeaders,
  IngressRoute,
  Middleware,
  MiddlewareKind,
  ObjectName,
  TraefikRouter,
} from '../model/traefik.ts'
import { isSealed, type Value } from '../sealed.ts'
import type { SealedRule } from '../traefik.ts'
import { annotationsOf, objectOf } from './object.ts'
import { referred } from './traefik-ingress.ts'
import { servicesBehind } from './traefik-services.ts'
import type { StaticConfig } from './traefik-static.ts'

/** What of a cluster says how the objects are served. */
export interface TraefikParts {
  readonly services: readonly LocatedResource[]
  readonly middlewares: readonly Middleware[]
  readonly config: StaticConfig
  /** Its rules are in the syntax of version 2. */
  readonly old: boolean
}

export const buildIngressRoute = (resource: LocatedResource, parts: TraefikParts): IngressRoute => {
  const { config } = resource
  const object = objectOf(resource)
  const routes = listAt(config, 'spec', 'routes') ?? []
  return {
    ...object,
    className: textAt(annotationsOf(resource), 'kubernetes.io/ingress.class') ?? null,
    entryPoints: textsAt(config, 'spec', 'entryPoints') ?? [],
    tls: objectAt(config, 'spec', 'tls') !== undefined,
    routes: routes.map(route => routerOf(route, object.namespace, parts)),
  }
}

const routerOf = (route: unknown, namespace: string, parts: TraefikParts): TraefikRouter => {
  const syntax = textAt(route, 'syntax')
  const services = listAt(route, 'services') ?? []
  const named = listAt(route, 'middlewares') ?? []
  const abroad = [...services, ...named].some(s => (textAt(s, 'namespace') ?? namespace) !== namespace)
  return {
    match: matchOf(valueAt(route, 'match')),
    syntax: syntax === 'v2' || syntax === 'v3' ? syntax : parts.old ? 'v2' : null,
    priority: integerAt(route, 'priority') ?? null,
    middlewares: [
      ...(abroad && !parts.config.allowCrossNamespace ? [refused] : []),
      ...namesIn(named, namespace),
    ],
    services: services.flatMap(s => servicesBehind(s, namespace, parts.services)),
  }
}

/** The provider leaves out routers that name objects of another namespace. */
const refused: ObjectName = {
  namespace: '',
  name: '',
  doubt: 'it names an object of another namespace, which Traefik refuses without allowCrossNamespace',
}

/** The router behind the middlewares of its entry points, which stand in front of its own. */
export const behindEntryPoints = (
  object: IngressRoute,
  { config, middlewares }: Pick<TraefikParts, 'config' | 'middlewares'>,
): IngressRoute => {
  const { entryPoints } = config
  const names = object.entryPoints.length > 0 ? object.entryPoints : [...entryPoints.keys()]
  const lists = names.map(name => entryPoints.get(name.toLowerCase()) ?? [])
  const [first = []] = lists
  if (lists.every(list => list.length === 0)) return object
  const alike = lists.every(list => list.join() === first.join())
  const front = alike ? first.map(r => referred(r, middlewares)) : [different]
  return { ...object, routes: object.routes.map(r => ({ ...r, middlewares: [...front, ...r.middlewares] })) }
}

const different: ObjectName = {
  namespace: '',
  name: '',
  doubt: 'its entry points have different middlewares, and which one the load balancer leads to is not known',
}

const isValue = (value: unknown): value is Value => typeof value === 'string' || isSealed(value)

/** One that cannot be read asks for nothing that is known, and its router is never decided. */
const matchOf = (raw: unknown): SealedRule<Value> => {
  const values = listAt(raw, 'values') ?? []
  const text = textAt(raw, 'text')
  if (text === undefined || !values.every(isValue)) return { text: '', values: [], length: 0 }
  return { text, values, length: integerAt(raw, 'length') ?? text.length }
}

const namesIn = (list: readonly unknown[] | undefined, namespace: string): readonly ObjectName[] =>
  (list ?? []).flatMap(one => {
    const name = textAt(one, 'name')
    return name === undefined ? [] : [{ namespace: textAt(one, 'namespace') ?? namespace, name }]
  })

export const buildMiddleware = (resource: LocatedResource): Middleware => {
  const object = objectOf(resource)
  const spec = objectAt(resource.config, 'spec') ?? {}
  const [kind, ...more] = Object.keys(spec)
  const does: MiddlewareKind =
    kind === undefined || more.length > 0
      ? { kind: 'unread', name: Object.keys(spec).join(', ') || 'nothing' }
      : kindOf(kind, objectAt(spec, kind) ?? {}, object.namespace)
  return { ...object, does }
}

/** Middlewares that let every request through, whatever they do to it (Traefik's documentation, HTTP middlewares). */
const harmless = new Set([
  'addPrefix',
  'buffering',
  'circuitBreaker',
  'compress',
  'contentType',
  'errors',
  'grpcWeb',
  'headers',
  'inFlightReq',
  'passTLSClientCert',
  'rateLimit',
  'retry',
  'stripPrefix',
  'stripPrefixRegex',
  'replacePath',
  'replacePathRegex',
])

const kindOf = (kind: string, spec: Config, namespace: string): MiddlewareKind => {
  const written = kind === 'headers' ? Object.keys(objectAt(spec, 'customRequestHeaders') ?? {}) : []
  if (written.some(name => name.toLowerCase() === 'authorization')) return { kind: 'authorization' }
  if (harmless.has(kind)) return { kind: 'harmless' }
  switch (kind) {
    case 'basicAuth': {
      const secret = textAt(spec, 'secret')
      return secret === undefined
        ? { kind: 'unread', name: 'basicAuth without a Secret' }
        : { kind: 'basic-auth', secret: `${namespace}/${secret}` }
    }
    case 'forwardAuth':
    case 'digestAuth':
      return { kind: 'login' }
    case 'ipAllowList':
    case 'ipWhiteList': {
      const cidrs = textsAt(spec, 'sourceRange')
      if (cidrs === undefined) return { kind: 'unread', name: `${kind} without addresses` }
      return { kind: 'addresses', cidrs, of: addressSource(objectAt(spec, 'ipStrategy')) }
    }
    case 'chain': {
      const of = listAt(spec, 'middlewares')
      return of === undefined
        ? { kind: 'unread', name: 'chain' }
        : { kind: 'chain', of: namesIn(of, namespace) }
    }
    default:
      return { kind: 'unread', name: kind }
  }
}

/** A strategy that says nothing takes the address of the connection. */
const addressSource = (strategy: Config | undefined): AddressSource => {
  const depth = integerAt(strategy, 'depth') ?? 0
  if (depth > 0) return { kind: 'position', depth }
  const cidrs = textsAt(strategy, 'excludedIPs') ?? []
  return cidrs.length > 0 ? { kind: 'last-other-than', cidrs } : { kind: 'connection' }
}

/** From the arguments of Traefik, in lower case; entry points that say nothing believe nobody. */
export const forwardedHeadersOf = (args: readonly string[]): readonly ForwardedHeaders[] => {
  const said = args.flatMap(arg => {
    const [, entryPoint, key, value = 'true'] =
      /^--entrypoints\.([^.=]+)\.forwardedheaders\.(insecure|trustedips)(?:=(.*))?$/.exec(arg) ?? []
    return entryPoint === undefined ? [] : [{ entryPoint, key, value }]
  })
  return [...Map.groupBy(said, s => s.entryPoint)].map(([entryPoint, own]) => ({
    entryPoint,
    everybody: own.some(s => s.key === 'insecure' && s.value !== 'false'),
    cidrs: own.flatMap(s =>
      s.key === 'trustedips' ? s.value.split(',').flatMap(c => (c.trim() === '' ? [] : [c.trim()])) : [],
    ),
  }))
}
