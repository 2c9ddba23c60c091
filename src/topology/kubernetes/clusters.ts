/** The clusters of a snapshot, each with its controllers joined to the load balancers in front of them. */
import { compareText } from '#base/canonical.ts'
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { type Call, notRead } from '../calls.ts'
import { type Facts, hidden } from '../facts.ts'
import type { Cluster, ClusterController, ClusterService } from '../model/cluster.ts'
import type { LoadBalancer } from '../model.ts'
import { balancerClassesOf, balancerControllersOf } from './balancer-classes.ts'
import { balancerIngressesOf } from './balancer-ingress.ts'
import { argumentRoutes, controllersOf, type FoundController } from './controllers.ts'
import { frontsOf, madeOf, type Published } from './fronts.ts'
import { type BuiltIngress, buildClass, buildIngress } from './ingress.ts'
import { annotatedRoutesOf, errorPagesOf, otherRoutesOf, routeTypes } from './other-routes.ts'
import { routersOf } from './routers.ts'
import { authSecretsOf } from './secrets.ts'
import { isServedBy } from './serves.ts'
import { buildService } from './service.ts'

const kinds = [
  types.ingress,
  types.ingressClass,
  types.service,
  types.configMap,
  types.workload,
  types.kubernetesSecret,
  ...routeTypes,
  types.gateway,
] as const

export const clustersOf = (facts: Facts, balancers: readonly LoadBalancer[]): readonly Cluster[] => {
  const names = [...new Set(kinds.flatMap(kind => facts.byType(kind).map(r => r.region)))].toSorted(
    compareText,
  )
  return names.map(name => clusterOf(facts, balancers, name, names.length === 1))
}

const isSecret = ({ operation }: Gap): boolean => /secret/i.test(operation)

const clusterOf = (
  facts: Facts,
  balancers: readonly LoadBalancer[],
  name: string,
  alone: boolean,
): Cluster => {
  const of = (type: string): readonly LocatedResource[] =>
    facts.byType(type).filter(resource => resource.region === name)
  const gaps = facts.snapshot.gaps.filter(
    g => ['kubernetes', 'file'].includes(g.service) && [name, ''].includes(g.region),
  )
  const ingresses = of(types.ingress)
  const built = ingresses.map(buildIngress)
  const services = of(types.service).map(buildService)
  const balancerIngresses = balancerIngressesOf(of)
  const fromFiles = kinds.some(kind => of(kind).some(r => r.source.kind === 'file'))
  const published: Published = {
    cluster: name,
    alone,
    services,
    ingresses: built,
    groups: new Map(
      balancerIngresses.flatMap(({ ref, group }) => (group === null ? [] : [[ref.name, group]])),
    ),
  }
  const found = controllersOf({
    workloads: of(types.workload),
    configMaps: of(types.configMap),
    classes: of(types.ingressClass),
    authSecrets: authSecretsOf(
      of(types.kubernetesSecret),
      built.map(b => b.ingress),
      facts.snapshot.reads.filter(r => r.region === name),
    ),
  })
  const classes = of(types.ingressClass).map(buildClass)
  const inPlace = (one: FoundController): ClusterController => {
    const servedBy = ({ ingress }: BuiltIngress, by: FoundController) =>
      isServedBy(ingress, classes, by.watching)
    const serves = built.flatMap(b => {
      const served = servedBy(b, one)
      return served === false ? [] : [{ built: b, sure: served === true }]
    })
    const own = services.filter(s => leadsTo(s, one, found.length === 1))
    // Of two controllers that serve an object, either may have written the address into its status.
    const surely = serves
      .filter(s => s.sure && found.every(other => other === one || servedBy(s.built, other) === false))
      .map(s => s.built)
    return {
      cluster: name,
      controller: one.controller,
      serves: serves.map(({ built: { ingress }, sure }) => ({ ingress, sure })),
      services: own,
      ...frontsOf(facts, balancers, published, own, surely),
      gaps: one.gaps,
    }
  }
  return {
    name,
    controllers: found.map(inPlace),
    routers: routersOf({ facts, balancers, published, of }),
    balancerIngresses: balancerIngresses.map(one => ({
      ...one,
      loadBalancers: madeOf(facts, balancers, published, one.ref),
    })),
    balancerClasses: balancerClassesOf(of),
    balancerControllers: balancerControllersOf(of),
    services,
    ingresses: built.map(b => b.ingress),
    otherRoutes: [
      ...routeTypes.flatMap(type => of(type).flatMap(otherRoutesOf)),
      ...of(types.middleware).flatMap(errorPagesOf),
      ...found.flatMap(argumentRoutes),
      ...built.flatMap(b => annotatedRoutesOf(b.ingress)),
    ],
    gaps: [
      ...gaps.filter(gap => !isSecret(gap)),
      ...unread(facts, name, fromFiles),
      ...short(facts, name, fromFiles, [ingresses, of(types.service)]),
      ...built.flatMap(b => b.gaps),
    ],
  }
}

/** Lists of objects that lead to Services, or say who serves them. */
const lists = [
  ...['Ingress', 'IngressClass', 'Service', 'Deployment', 'DaemonSet'],
  ...[...routeTypes, types.traefikService].map(type => type.replace('Kubernetes::', '')),
]

const asked = (operation: string, cluster: string): Call => ({
  service: 'kubernetes',
  operation,
  target: '*',
  account: '',
  region: cluster,
})

const unread = (facts: Facts, cluster: string, fromFiles: boolean): readonly Gap[] =>
  (fromFiles ? ['ReadManifests'] : lists.map(kind => `List${kind}`))
    .map(operation => asked(operation, cluster))
    .filter(one => !facts.wasRead(one) && facts.gapsFor(one).length === 0)
    .map(notRead)

/** Lists that are kept whole: the snapshot holds as many as there were. */
const short = (
  facts: Facts,
  cluster: string,
  fromFiles: boolean,
  found: readonly (readonly LocatedResource[])[],
): readonly Gap[] =>
  fromFiles
    ? []
    : ['ListIngress', 'ListService'].flatMap((operation, i) => {
        const one = asked(operation, cluster)
        return facts.wasRead(one) ? hidden(facts, one, found[i]?.length ?? 0) : []
      })

/** By the labels of its pods; where its workload was not read, by the labels and names that its charts give. */
const leadsTo = (service: ClusterService, found: FoundController, only: boolean): boolean => {
  const { selector, namespace, name } = service
  if (selector === null || name.endsWith('-admission')) return false
  const { podLabels } = found
  if (podLabels !== null)
    return (
      namespace === found.namespace &&
      Object.entries(selector).every(([key, value]) => podLabels[key] === value)
    )
  return only && selector['app.kubernetes.io/name'] === 'ingress-nginx' && sameNamespace(found, namespace)
}

const sameNamespace = ({ namespace }: FoundController, other: string): boolean =>
  namespace === null || namespace === other
