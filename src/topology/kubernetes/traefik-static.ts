/** What the arguments of Traefik say: where it takes routers from, its entry points, and what is not followed. */
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { listAt, textAt } from '../config.ts'
import { misread } from '../facts.ts'

export interface StaticConfig {
  /** Serves IngressRoute objects. */
  readonly crd: boolean
  /** Serves Ingress objects; `nginx` those written for ingress-nginx, without their snippets. */
  readonly ingresses: boolean
  readonly nginxIngresses: boolean
  /** Of Ingress objects, the one class that it serves; null for every class of its own. */
  readonly ingressClass: string | null
  /** Prefixes end at a slash. */
  readonly strictPrefix: boolean
  readonly allowCrossNamespace: boolean
  /** References to the middlewares of each entry point that serves HTTP, by its name in lower case. */
  readonly entryPoints: ReadonlyMap<string, readonly string[]>
}

/** Flags are read without regard to case; of one that stands twice the last counts. */
const flagsOf = (args: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    args.flatMap(arg => {
      const [, name, value = 'true'] = /^--?([a-z0-9.[\]_-]+)(?:=(.*))?$/s.exec(arg) ?? []
      return name === undefined ? [] : [[name, value] as const]
    }),
  )

const provider = 'providers.kubernetes'

/** `args` in lower case. */
export const staticConfigOf = (args: readonly string[]): StaticConfig => {
  const flags = flagsOf(args)
  const says = (name: string): boolean =>
    [...flags].some(([key, value]) => (key === name || key.startsWith(`${name}.`)) && value !== 'false')
  const names = [...flags.keys()].flatMap(key => /^entrypoints\.([^.]+)\.address$/.exec(key)?.[1] ?? [])
  const served = names.filter(
    name => name !== 'traefik' && !flags.get(`entrypoints.${name}.address`)?.endsWith('/udp'),
  )
  return {
    crd: says(`${provider}crd`),
    ingresses: says(`${provider}ingress`),
    nginxIngresses: says(`${provider}ingressnginx`),
    ingressClass: flags.get(`${provider}ingress.ingressclass`) ?? null,
    strictPrefix: says(`${provider}ingress.strictprefixmatching`),
    allowCrossNamespace: says(`${provider}crd.allowcrossnamespace`),
    entryPoints: new Map(
      served.map(name => [name, referencesIn(flags.get(`entrypoints.${name}.http.middlewares`))]),
    ),
  }
}

/** A list as annotations and arguments write it. */
export const referencesIn = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').flatMap(item => (item.trim() === '' ? [] : [item.trim()]))

/** Objects of the cluster are read, whichever of these serves them; files and other stores are not. */
const isElsewhere = (arg: string): boolean =>
  /--providers\.(?!kubernetes(?:crd|ingress|ingressnginx|gateway)(?![a-z])|providersthrottleduration)/.test(
    arg,
  )

const repeated = (args: readonly string[]): boolean => {
  const named = args.flatMap(a => /^--?(entrypoints\.[^.]+\.http\.middlewares)=/.exec(a)?.[1] ?? [])
  return new Set(named).size < named.length
}

/** A file in this place is read instead of the arguments. */
const mountsFile = (workload: LocatedResource): boolean =>
  (listAt(workload.config, 'spec', 'template', 'spec', 'containers') ?? [])
    .flatMap(container => listAt(container, 'volumeMounts') ?? [])
    .some(mount => /^\/etc\/traefik(?:\/traefik\.[a-z]+)?\/?$/.test(textAt(mount, 'mountPath') ?? ''))

/** What the arguments say that is not followed. Without any, the configuration is in a file. */
export const staticGaps = (workload: LocatedResource, args: readonly string[]): readonly Gap[] => {
  const says = (part: string): boolean => args.some(a => a.includes(part))
  const { crd, ingresses } = staticConfigOf(args)
  const some = ['crd.ingressclass', 'crd.namespaces', 'crd.labelselector', 'ingress.namespaces']
  return [
    ...(crd || ingresses ? [] : ['its arguments do not say that it serves IngressRoutes or Ingresses']),
    ...([...some, 'ingress.labelselector'].some(key => says(`--${provider}${key}`))
      ? ['it serves some classes or namespaces only']
      : []),
    // Written item by item, or more than once.
    ...(says('.http.middlewares[') || repeated(args)
      ? ['its entry points have middlewares of their own']
      : []),
    ...(args.some(isElsewhere) ? ['it takes routers from elsewhere as well'] : []),
    ...(says('--configfile') || mountsFile(workload) ? ['its configuration is in a file'] : []),
    ...(args.some(a => /^[^=]*\$\(/.test(a)) ? ['its arguments hold variables'] : []),
  ].map(what => misread(workload, what))
}
