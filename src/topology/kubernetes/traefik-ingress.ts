/** Ingress objects that Traefik serves, as the routers that it makes of them (its Kubernetes Ingress provider). */
import type { Truth } from '#base/truth.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { textAt } from '../config.ts'
import type { Ingress, IngressPath } from '../model/kubernetes.ts'
import type { IngressRoute, Middleware, ObjectName, TraefikRouter } from '../model/traefik.ts'
import { buildIngress } from './ingress.ts'
import { annotationsOf, objectOf, textsIn } from './object.ts'
import { referencesIn, type StaticConfig } from './traefik-static.ts'

const prefix = 'traefik.ingress.kubernetes.io/router.'
const ownController = 'traefik.io/ingress-controller'

/** Whether it serves the object. A class that was not read may be anybody's. */
export const servesIngress = (
  resource: LocatedResource,
  classes: readonly LocatedResource[],
  { ingresses, ingressClass }: StaticConfig,
): Truth => {
  if (!ingresses) return false
  const named = textAt(resource.config, 'spec', 'ingressClassName')
  if (named !== undefined) {
    if (ingressClass !== null && ingressClass !== named) return false
    const found = classes.find(c => objectOf(c).name === named)
    return found === undefined ? 'unknown' : textAt(found.config, 'spec', 'controller') === ownController
  }
  const old = textAt(annotationsOf(resource), 'kubernetes.io/ingress.class')
  if (old !== undefined) return old === (ingressClass ?? 'traefik')
  if (ingressClass !== null) return false
  // The API writes the default class into objects that name none; a manifest does not show it yet.
  const isDefault = (c: LocatedResource): boolean =>
    textAt(annotationsOf(c), 'ingressclass.kubernetes.io/is-default-class') === 'true'
  return classes.some(isDefault) ? 'unknown' : true
}

/** As Traefik names an object in references: namespace and name, everything but letters and digits a dash. */
const idOf = ({ namespace, name }: ObjectName): string =>
  `${namespace}-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** `namespace-name@kubernetescrd`; anything else names what was not read. */
export const referred = (reference: string, middlewares: readonly Middleware[]): ObjectName => {
  const [, id] = /^(.*)@kubernetescrd$/.exec(reference.toLowerCase()) ?? []
  const found = middlewares.filter(m => idOf(m) === id)
  const [one] = found
  const same = found.every(m => m.name === one?.name && m.namespace === one.namespace)
  if (one !== undefined && same) return { namespace: one.namespace, name: one.name }
  const doubt = `the middleware ${reference} is not one that was read, and without it the router is left out`
  return { namespace: '', name: reference, doubt }
}

const hostRule = (host: string, old: boolean): string => {
  if (!host.startsWith('*.')) return `Host(\`${host}\`)`
  const pattern = `[a-zA-Z0-9-]+\\.${host.slice(2).replaceAll('.', '\\.')}`
  return `HostRegexp(\`${old ? pattern : `^${pattern}$`}\`)`
}

const pathRule = ({ path, pathType }: IngressPath, asked: string | undefined, strict: boolean): string => {
  if (pathType === 'Exact') return `Path(\`${path}\`)`
  if (pathType === 'ImplementationSpecific' && asked !== undefined) return `${asked}(\`${path}\`)`
  const bare = path.replace(/\/$/, '')
  if (!strict || bare === '') return `PathPrefix(\`${path}\`)`
  return `(Path(\`${bare}\`) || PathPrefix(\`${bare}/\`))`
}

const priorityIn = (text: string | undefined): number | null => {
  if (text === undefined) return null
  return /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN
}

/** The lowest priority there is: of the router of a default backend. */
const last = -(2 ** 31)

/** `old`: its rules are in the syntax of version 2. */
export const ingressRouters = (
  resource: LocatedResource,
  served: Truth,
  middlewares: readonly Middleware[],
  { strictPrefix }: StaticConfig,
  old: boolean,
): IngressRoute => {
  const { ingress } = buildIngress(resource)
  const annotations = textsIn(annotationsOf(resource))
  const own = (name: string): string | undefined => annotations[`${prefix}${name}`]
  const priority = priorityIn(own('priority'))
  const syntax = own('rulesyntax')
  const doubt =
    served === 'unknown'
      ? 'whether it is served was not observed, for its class was not read'
      : Number.isNaN(priority)
        ? 'its priority is no number, and such an object is left out'
        : null
  const made = (text: string, service: IngressPath['service'], rank: number | null): TraefikRouter => ({
    match: { text, values: [], length: text.length },
    syntax: syntax === 'v2' || syntax === 'v3' ? syntax : old ? 'v2' : null,
    priority: rank,
    middlewares: referencesIn(own('middlewares')).map(r => referred(r, middlewares)),
    services: service === null ? [] : [{ ...service, name: `${ingress.namespace}/${service.name}` }],
    ...(doubt === null ? {} : { doubt }),
  })
  return {
    ref: ingress.ref,
    place: ingress.place,
    namespace: ingress.namespace,
    name: ingress.name,
    className: ingress.className,
    entryPoints: referencesIn(own('entrypoints')),
    tls: own('tls') === 'true',
    routes: [
      ...ingress.rules.flatMap(({ host, paths }) =>
        paths.map(path => {
          const asks = [
            ...(host === '' ? [] : [hostRule(host, old)]),
            ...(path.path === '' ? [] : [pathRule(path, own('pathmatcher'), strictPrefix)]),
          ]
          return made(asks.join(' && '), path.service, priority)
        }),
      ),
      ...defaultOf(ingress, made),
    ],
  }
}

/** Beside rules it is passed over, by the versions that were looked at; others may serve it. */
const defaultOf = (
  { defaultBackend, rules }: Ingress,
  made: (text: string, service: IngressPath['service'], rank: number) => TraefikRouter,
): readonly TraefikRouter[] => {
  if (defaultBackend === null) return []
  const router = made('PathPrefix(`/`)', defaultBackend, last)
  if (rules.length === 0) return [router]
  return [{ ...router, doubt: 'whether a default backend beside rules is served is not known' }]
}
