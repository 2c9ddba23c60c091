/** The ingress-nginx controllers among the objects of a cluster, each with what it renders from, by the Service before it. */
import type { KubernetesObject } from '../world.ts'
import type { ControllerSource, IngressPathSource, IngressSource } from './source.ts'
import { unplayable } from './unplayable.ts'

/** `unplayed` is a clause: why the laboratory cannot play the controller. */
export type Found = ControllerSource | { readonly unplayed: string }

type Texts = Readonly<Record<string, string>>
interface Backend {
  readonly service?: { readonly name: string }
}
interface IngressSpec {
  readonly ingressClassName?: string
  readonly tls?: unknown
  readonly defaultBackend?: Backend
  readonly rules?: readonly {
    readonly host?: string
    readonly http?: {
      readonly paths: readonly { path?: string; pathType: IngressPathSource['type']; backend: Backend }[]
    }
  }[]
}
interface Workload {
  readonly template: {
    readonly metadata: { readonly labels: Texts }
    readonly spec: { readonly containers: readonly { readonly image: string; readonly args?: string[] }[] }
  }
}

const specOf = <T>({ spec }: KubernetesObject): T => (spec ?? {}) as T
const ofKind = (objects: readonly KubernetesObject[], ...kinds: readonly string[]) =>
  objects.filter(o => kinds.includes(o.kind))
const nameOf = ({ metadata: { namespace = 'default', name } }: KubernetesObject): string =>
  `${namespace}/${name}`

const prefix = 'nginx.ingress.kubernetes.io/'

const annotationsOf = ({ metadata }: KubernetesObject): Texts =>
  Object.fromEntries(
    Object.entries((metadata.annotations ?? {}) as Texts).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  )

const ingressOf = (object: KubernetesObject): IngressSource => {
  const { rules = [], defaultBackend, tls } = specOf<IngressSpec>(object)
  return {
    namespace: object.metadata.namespace ?? 'default',
    name: object.metadata.name,
    rules: rules.map(({ host = '', http }) => ({
      host,
      paths: (http?.paths ?? []).flatMap(({ path = '', pathType, backend: { service } }) =>
        service ? [{ path, type: pathType, service: service.name }] : [],
      ),
    })),
    hasCertificate: tls !== undefined,
    defaultBackend: defaultBackend?.service?.name ?? null,
    annotations: annotationsOf(object),
  }
}

/** By the field, or the annotation before it; null where it names none. */
const classOf = (object: KubernetesObject): string | null => {
  const { 'kubernetes.io/ingress.class': old } = (object.metadata.annotations ?? {}) as Texts
  return specOf<IngressSpec>(object).ingressClassName ?? old ?? null
}

/** The oldest first; of the same age, by name in falling order. */
const byAge = (ingresses: readonly KubernetesObject[]): readonly KubernetesObject[] => {
  const age = (o: KubernetesObject): string => String(o.metadata.creationTimestamp ?? '')
  const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return ingresses.toSorted((a, b) => before(age(a), age(b)) || before(nameOf(b), nameOf(a)))
}

const passwordFiles = (objects: readonly KubernetesObject[]): Texts =>
  Object.fromEntries(
    ofKind(objects, 'Secret').flatMap(secret => {
      const { auth } = (secret.data ?? {}) as Texts
      return auth === undefined ? [] : [[nameOf(secret), Buffer.from(auth, 'base64').toString()]]
    }),
  )

/** `--name=value` and `--name`, by name. */
const argumentsIn = (args: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    args.flatMap(arg => {
      const [, name, value = ''] = /^--([\w-]+)(?:=(.*))?$/.exec(arg) ?? []
      return name === undefined ? [] : [[name, value] as const]
    }),
  )

const image = /ingress-nginx\/controller(?:-chroot)?:v(\d+\.\d+\.\d+)/

/** The workload whose pods the Service leads to. */
const workloadOf = (objects: readonly KubernetesObject[], service: KubernetesObject) => {
  const { selector } = specOf<{ readonly selector?: Texts }>(service)
  return ofKind(objects, 'Deployment', 'DaemonSet').find(o => {
    const { labels } = specOf<Workload>(o).template.metadata
    const chosen = Object.entries(selector ?? {})
    return (
      (o.metadata.namespace ?? '') === (service.metadata.namespace ?? '') &&
      chosen.length > 0 &&
      chosen.every(([k, v]) => labels[k] === v)
    )
  })
}

/** What the controller behind the Service `namespace/name` renders from. */
export const controllerBehind = (objects: readonly KubernetesObject[], name: string): Found => {
  const service = ofKind(objects, 'Service').find(s => nameOf(s) === name)
  const workload = service && workloadOf(objects, service)
  const [container] = workload ? specOf<Workload>(workload).template.spec.containers : []
  const version = image.exec(container?.image ?? '')?.[1]
  if (workload === undefined || version === undefined) return { unplayed: 'it is no ingress-nginx' }
  const args = argumentsIn(container?.args ?? [])
  const named = args.get('configmap')?.replace('$(POD_NAMESPACE)', workload.metadata.namespace ?? 'default')
  const settings = ofKind(objects, 'ConfigMap').find(m => nameOf(m) === named)
  const controllerClass = args.get('controller-class') ?? 'k8s.io/ingress-nginx'
  const classes = ofKind(objects, 'IngressClass')
    .filter(c => specOf<{ readonly controller?: string }>(c).controller === controllerClass)
    .map(c => c.metadata.name)
  const ingresses = ofKind(objects, 'Ingress')
  const classless = ingresses.find(i => classOf(i) === null)
  if (classless) return { unplayed: `Ingress ${nameOf(classless)} names no class` }
  const source: ControllerSource = {
    version,
    config: (settings?.data ?? {}) as Texts,
    htpasswd: passwordFiles(objects),
    ingresses: byAge(ingresses.filter(i => classes.includes(classOf(i) ?? ''))).map(ingressOf),
  }
  const unplayed = unplayable(source, args)
  return unplayed === null ? source : { unplayed }
}
