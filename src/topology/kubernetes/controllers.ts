/** The ingress-nginx controllers of a cluster: by their workloads, else by ConfigMap and class. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { objectAt } from '../config.ts'
import { misread } from '../facts.ts'
import type { OtherRoute } from '../model/cluster.ts'
import type { BasicAuthSecret, IngressController } from '../model/kubernetes.ts'
import type { Ref } from '../model.ts'
import { labelsOf, objectOf, textsIn } from './object.ts'
import { ingressNginx, type Watching } from './serves.ts'
import { snippetsIn, unreadable } from './snippet.ts'
import { type ControllerWorkload, controllerWorkload } from './workload.ts'

export interface FoundController {
  readonly controller: IngressController
  readonly watching: Watching
  /** Of its pods; null where its workload was not read. */
  readonly podLabels: Readonly<Record<string, string>> | null
  readonly namespace: string | null
  /** Why nothing can be told of what it does. */
  readonly gaps: readonly Gap[]
}

export interface ControllerParts {
  readonly workloads: readonly LocatedResource[]
  readonly configMaps: readonly LocatedResource[]
  readonly classes: readonly LocatedResource[]
  readonly authSecrets: Known<readonly BasicAuthSecret[]>
}

/** Names that the Helm chart and the static manifests give to the ConfigMap. */
const knownName = /(?:^|-)ingress-nginx-controller$|^nginx-configuration$|^nginx-load-balancer-conf$/

const gapAt = (resource: LocatedResource, what: string): Gap => misread(resource, what)

export const controllersOf = (parts: ControllerParts): readonly FoundController[] => {
  const running = parts.workloads.flatMap(resource => {
    const workload = controllerWorkload(resource)
    return workload === null ? [] : [ofWorkload(parts, resource, workload)]
  })
  return running.length > 0 ? running : unseenControllers(parts)
}

const ofWorkload = (
  { configMaps, authSecrets }: ControllerParts,
  resource: LocatedResource,
  { ref, place, version, args, podLabels, namespace }: ControllerWorkload,
): FoundController => {
  const named = args.get('configmap')
  const map = configMaps.find(m => objectOf(m).ref.name === named)
  const prefix = args.get('annotations-prefix')
  const missing =
    named !== undefined && map === undefined ? [gapAt(resource, `its ConfigMap ${named} was not read`)] : []
  const renamed =
    prefix !== undefined && prefix !== 'nginx.ingress.kubernetes.io'
      ? [gapAt(resource, `it reads annotations of another prefix, ${prefix}`)]
      : []
  return {
    controller: {
      ref,
      place,
      version,
      ...settingsIn(map),
      sslPassthrough: args.has('enable-ssl-passthrough') && args.get('enable-ssl-passthrough') !== 'false',
      authSecrets,
    },
    watching: { controllerClass: args.get('controller-class') ?? ingressNginx, args },
    podLabels,
    namespace,
    gaps: [...missing, ...renamed, ...strange(map)],
  }
}

const settingsIn = (
  map: LocatedResource | undefined,
): Pick<IngressController, 'data' | 'snippets' | 'settings'> => {
  const data = objectAt(map?.config, 'data') ?? {}
  return {
    data: textsIn(data),
    snippets: snippetsIn(data, ''),
    ...(map === undefined ? {} : { settings: objectOf(map) }),
  }
}

const strange = (map: LocatedResource | undefined): readonly Gap[] =>
  map === undefined
    ? []
    : unreadable(objectAt(map.config, 'data') ?? {}).map(key => gapAt(map, `its key ${key} cannot be read`))

/** Manifests may hold the settings alone. Several of them are not told apart without the workload that names them. */
const unseenControllers = ({
  configMaps,
  classes,
  authSecrets,
}: ControllerParts): readonly FoundController[] => {
  const maps = configMaps.filter(isControllers)
  const own = classes.filter(c => objectAt(c.config, 'spec')?.controller === ingressNginx)
  const [map] = maps
  const holder = map ?? own[0]
  if (holder === undefined) return []
  const object: { readonly ref: Ref; readonly place: IngressController['place'] } = objectOf(holder)
  const gaps =
    maps.length === 1
      ? strange(map)
      : [gapAt(holder, `${maps.length === 0 ? 'no' : 'more than one'} ConfigMap of a controller was read`)]
  return [
    {
      controller: {
        ref: object.ref,
        place: object.place,
        version: null,
        ...settingsIn(map),
        sslPassthrough: null,
        authSecrets,
      },
      watching: { controllerClass: ingressNginx, args: null },
      podLabels: null,
      namespace: map === undefined ? null : objectOf(map).namespace,
      gaps,
    },
  ]
}

const isControllers = (resource: LocatedResource): boolean =>
  knownName.test(objectOf(resource).name) || labelsOf(resource)['app.kubernetes.io/name'] === 'ingress-nginx'

/**
 * Services that a controller leads to by its arguments, without any Ingress: the backend of whatever nobody else takes, and
 * those of ConfigMaps that are not read.
 */
export const argumentRoutes = ({ controller, watching }: FoundController): readonly OtherRoute[] => {
  const named = (argument: string): readonly string[] => {
    const value = watching.args?.get(argument)
    return value === undefined || value === 'true' ? [] : [value]
  }
  const services = [
    ...named('default-backend-service'),
    ...['tcp-services-configmap', 'udp-services-configmap'].flatMap(named).map(name => `${name} (ConfigMap)`),
  ]
  return services.length === 0 ? [] : [{ ref: controller.ref, services }]
}
