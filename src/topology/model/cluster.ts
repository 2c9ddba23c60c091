/** A cluster as far as it was read: its ingress controllers, what leads to them, and what else leads to the same pods. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { Gateway, HttpRoute } from './gateway-api.ts'
import type { BasicAuthSecret, Ingress, IngressController, ManifestPlace } from './kubernetes.ts'
import type { Ref } from './ref.ts'
import type { ForwardedHeaders, IngressRoute, Middleware } from './traefik.ts'

export interface Cluster {
  /** Name of the context, or `manifests`. */
  readonly name: string
  readonly controllers: readonly ClusterController[]
  /** Traefik, and Gateways of the Gateway API. */
  readonly routers: readonly ClusterRouter[]
  readonly services: readonly ClusterService[]
  /** Of every class. */
  readonly ingresses: readonly Ingress[]
  /** Objects from which the AWS Load Balancer Controller makes load balancers. */
  readonly balancerIngresses: readonly BalancerIngress[]
  /** Classes by which an object comes to be one of that controller. */
  readonly balancerClasses: readonly BalancerClass[]
  /** Workloads of that controller; none where it was not read. */
  readonly balancerControllers: readonly BalancerController[]
  /** Gateway API and Traefik routes, which lead to Services as well. */
  readonly otherRoutes: readonly OtherRoute[]
  /** Why there may be more, or why what is here may not be all of it. */
  readonly gaps: readonly Gap[]
}

/** An ingress-nginx controller in its place: whom it serves, and who leads there. */
export interface ClusterController extends Fronted {
  readonly controller: IngressController
  readonly serves: readonly ServedIngress[]
}

/** Where requests go that come to a load balancer or target group of these, and nowhere else. */
export interface Fronted {
  readonly cluster: string
  /** Services whose pods it is. */
  readonly services: readonly ClusterService[]
  /** ARNs of load balancers that lead nowhere else. */
  readonly loadBalancers: readonly string[]
  /** ARNs of target groups that lead nowhere else. */
  readonly targetGroups: readonly string[]
  /** Why nothing can be told of what it does. */
  readonly gaps: readonly Gap[]
}

/** Traefik or a Gateway in its place. */
export interface ClusterRouter extends Fronted {
  /** The workload of Traefik, or the Gateway. */
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly routing:
    | {
        readonly kind: 'traefik'
        readonly objects: readonly IngressRoute[]
        readonly middlewares: readonly Middleware[]
        readonly authSecrets: Known<readonly BasicAuthSecret[]>
        /** Of entry points that say something of it. */
        readonly forwarded: readonly ForwardedHeaders[]
        /** Serves objects that are written for ingress-nginx as well, without their snippets. */
        readonly nginxIngresses?: true
      }
    | { readonly kind: 'gateway'; readonly gateway: Gateway; readonly routes: readonly HttpRoute[] }
  /** Why it may answer by itself what a route would take; null where nothing says so. */
  readonly aside: string | null
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
  /** `ClusterIP` | `ClusterIP with externalIPs` | `NodePort` | `LoadBalancer` | `ExternalName`, or a value of a later API. */
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

/** An Ingress of the AWS Load Balancer Controller: what it asks the controller to make. */
export interface BalancerIngress {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly namespace: string
  readonly name: string
  /** Objects of one group share a load balancer; null for one of its own. The class may set it for all. */
  readonly group: string | null
  /** Why all of this may be otherwise; null where everything that bears on it was read. */
  readonly doubt: string | null
  /** Names of the Services that its rules and default backend lead to, `use-annotation` actions included. */
  readonly services: readonly string[]
  readonly conditions: readonly ListenerCondition[]
  /** Without the prefix `alb.ingress.kubernetes.io/`, conditions left out. */
  readonly annotations: Readonly<Record<string, string>>
  /** `IngressClassParams` of its class, which go before annotations; null without any. */
  readonly params: {
    readonly scheme: string | null
    readonly inboundCidrs: readonly string[]
    readonly prefixLists: readonly string[]
    readonly webAcl: string | null
  } | null
  /** ARNs of the load balancers that were made of it and were read. */
  readonly loadBalancers: readonly string[]
}

/** `conditions.<name>` of an Ingress. */
export interface ListenerCondition {
  /** Of a Service or an action of the same object; the controller ignores any other. */
  readonly name: string
  /** Lower-case names of the headers that it compares; null where the annotation cannot be read. */
  readonly headers: readonly string[] | null
}

/** An IngressClass of the AWS Load Balancer Controller, as far as it says who may share a load balancer. */
export interface BalancerClass {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly name: string
  /** Group of every object of the class; null where each object names its own. */
  readonly group: string | null
  /** Whose objects the class takes: its `namespaceSelector`. */
  readonly namespaces: 'every' | 'chosen'
  /** Its `IngressClassParams` were not read. */
  readonly unread: boolean
}

export interface BalancerController {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  /** Takes new objects by the annotation `kubernetes.io/ingress.class`, past every class. */
  readonly takesOldClass: boolean
  /** Takes new objects that name a group by annotation. */
  readonly takesGroupName: boolean
}

export interface OtherRoute {
  readonly ref: Ref
  /** `namespace/name` of the Services that it names. */
  readonly services: readonly string[]
}
