/** A cluster as far as it was read: its ingress controllers, what leads to them, and what else leads to the same pods. */
import type { Gap } from '#base/gap.ts'
import type { Ingress, IngressController, ManifestPlace } from './kubernetes.ts'
import type { Ref } from './ref.ts'

export interface Cluster {
  /** Name of the context, or `manifests`. */
  readonly name: string
  readonly controllers: readonly ClusterController[]
  readonly services: readonly ClusterService[]
  /** Of every class. */
  readonly ingresses: readonly Ingress[]
  /** Gateway API and Traefik routes, which lead to Services as well. */
  readonly otherRoutes: readonly OtherRoute[]
  /** Why there may be more, or why what is here may not be all of it. */
  readonly gaps: readonly Gap[]
}

/** An ingress-nginx controller in its place: whom it serves, and who leads there. */
export interface ClusterController {
  readonly cluster: string
  readonly controller: IngressController
  readonly serves: readonly ServedIngress[]
  /** Services whose pods are the controller's. */
  readonly services: readonly ClusterService[]
  /** ARNs of load balancers that lead nowhere else. */
  readonly loadBalancers: readonly string[]
  /** ARNs of target groups that lead nowhere else. */
  readonly targetGroups: readonly string[]
  /** Why nothing can be told of what it does. */
  readonly gaps: readonly Gap[]
}

export interface ServedIngress {
  readonly ingress: Ingress
  /** False where it may also belong to another controller. */
  readonly sure: boolean
}

export interface ClusterService {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly namespace: string
  readonly name: string
  /** `ClusterIP` | `NodePort` | `LoadBalancer` | `ExternalName`, or a value of a later API. */
  readonly type: string
  /** Labels of its pods; null without any, where somebody else says who its endpoints are. */
  readonly selector: Readonly<Record<string, string>> | null
  /** Ports of the nodes that lead to it; null where they were not assigned yet. */
  readonly nodePorts: readonly number[] | null
  /** Of the load balancer, lower case. */
  readonly hostnames: readonly string[]
  /** Whether nodes keep the address of the client: `externalTrafficPolicy: Local`. */
  readonly keepsClient: boolean
}

export interface OtherRoute {
  readonly ref: Ref
  /** `namespace/name` of the Services that it names. */
  readonly services: readonly string[]
}
