/** The ingress controllers of the clusters that were read, and the links that lead to them. */
import type { Truth } from '#base/truth.ts'
import { attachesTo } from '#prove/kubernetes/gateway-api/routes.ts'
import { comesTo, type Placed } from '#prove/kubernetes/paths.ts'
import { bearsOn } from '#prove/kubernetes/router-reach.ts'
import type {
  Cluster,
  ClusterController,
  ClusterRouter,
  Fronted,
  Ingress,
  Link,
  ManifestPlace,
  Ref,
  Snippet,
  Topology,
} from '#topology/model.ts'
import type { Evidence } from '../asking/answer.ts'
import { citeObject } from '../asking/answer.ts'
import type { SubjectOf } from '../asking/subject.ts'
import { loadBalancersOf } from './backends.ts'

export interface PlacedController extends Placed {
  readonly links: readonly Link[]
}

const groupsOf = (link: Link): readonly string[] =>
  loadBalancersOf(link)
    .flatMap(lb => (lb.listeners.known ? lb.listeners.value : []))
    .flatMap(l => (l.rules.known ? l.rules.value : []))
    .flatMap(r => r.actions)
    .flatMap(a => (a.kind === 'forward' ? a.groups : []))
    .flatMap(({ group }) => (group.known ? [group.value.ref.arn] : []))

export const leadsTo = (link: Link, at: Fronted): boolean =>
  loadBalancersOf(link).some(lb => at.loadBalancers.includes(lb.ref.arn)) ||
  groupsOf(link).some(arn => at.targetGroups.includes(arn))

export const controllersIn = ({ topology }: { readonly topology: Topology }): readonly PlacedController[] =>
  topology.clusters.flatMap(cluster =>
    cluster.controllers.map(at => ({ cluster, at, links: topology.links.filter(l => leadsTo(l, at)) })),
  )

/** Where no account was read, every object of a cluster is taken to stand behind a distribution. */
export const isClusterAlone = ({ topology }: { readonly topology: Topology }): boolean =>
  topology.accounts.length === 0

export const takenToServe = ({ ref, place }: Parameters<typeof citeObject>[0]): Evidence =>
  citeObject({ ref, place }, `no account was read, so that ${ref.name} is taken to serve an origin`)

export const leadsToIngress = (
  link: Link,
  cluster: Cluster,
  at: ClusterController,
  ingress: Ingress,
): Truth => comesTo(link, { cluster, at }, ingress)

export interface NamedSnippet {
  readonly name: string
  /** With the object that it stands in, for people. */
  readonly title: string
  readonly snippet: Snippet
  /** Evidence at a line of the snippet, 1-based. */
  readonly cite: (text: string, line?: number) => Evidence
}

type Holder = Parameters<typeof citeObject>[0] & { readonly snippets: Readonly<Record<string, Snippet>> }

const inHolder = (holder: Holder): readonly NamedSnippet[] =>
  Object.entries(holder.snippets)
    .filter(([, { text }]) => text.trim() !== '')
    .map(([name, snippet]) => ({
      name,
      title: `${name} of ${holder.ref.name}`,
      snippet,
      cite: (text, line = 1) => {
        const { fileLine } = snippet
        return citeObject(holder, text, fileLine === undefined ? undefined : fileLine + line - 1)
      },
    }))

/** Every piece of nginx configuration of the controller and the objects that it serves. */
export const snippetsOf = ({ at }: Pick<Placed, 'at'>): readonly NamedSnippet[] => [
  ...inHolder({ ...(at.controller.settings ?? at.controller), snippets: at.controller.snippets }),
  ...at.serves.flatMap(s => inHolder(s.ingress)),
]

/** The links whose requests may come to a Service of the object. */
export const linksOfRoute = (
  { topology }: { readonly topology: Topology },
  { object, cluster, at }: Omit<SubjectOf<'cluster-route'>, 'kind'>,
): readonly Link[] =>
  topology.links.filter(link => leadsTo(link, at) && bearsOn(link, { cluster, at }, object.ref))

/** The objects whose routes a router serves. Those that do not attach to a Gateway are none of its. */
export const objectsOf = ({
  routing,
}: ClusterRouter): readonly { readonly ref: Ref; readonly place: ManifestPlace | null }[] =>
  routing.kind === 'traefik'
    ? routing.objects
    : routing.routes.filter(r => routing.gateway.listeners.some(l => attachesTo(r, routing.gateway, l)))
