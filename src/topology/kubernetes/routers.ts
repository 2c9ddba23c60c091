/** Traefik and the Gateways of a cluster, each with its routes and joined to the load balancers in front of it. */
import { normalName } from '#base/domain-name.ts'
import { known } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { listAt, objectAt, textAt } from '../config.ts'
import { type Facts, misread } from '../facts.ts'
import type { ClusterRouter, ClusterService } from '../model/cluster.ts'
import type { Gateway } from '../model/gateway-api.ts'
import type { BasicAuthSecret } from '../model/kubernetes.ts'
import type { IngressRoute } from '../model/traefik.ts'
import type { LoadBalancer } from '../model.ts'
import { frontsOf, type Published } from './fronts.ts'
import { buildGateway, buildHttpRoute } from './gateway-api.ts'
import { labelsOf, objectOf, textsIn } from './object.ts'
import { passwordFilesOf } from './secrets.ts'
import { behindEntryPoints, buildIngressRoute, buildMiddleware, forwardedHeadersOf } from './traefik.ts'
import { ingressRouters, servesIngress } from './traefik-ingress.ts'
import { staticConfigOf, staticGaps } from './traefik-static.ts'

interface Read {
  readonly facts: Facts
  readonly balancers: readonly LoadBalancer[]
  readonly published: Published
  /** Records of the cluster. */
  readonly of: (type: string) => readonly LocatedResource[]
}

export const routersOf = (read: Read): readonly ClusterRouter[] => [
  ...read.of(types.workload).flatMap(w => traefikOf(read, w)),
  ...read.of(types.gateway).flatMap(g => gatewayOf(read, g)),
]

const traefikImage = /(?:^|\/)traefik(?:-[a-z]+)?(?::v?(\d+)(?=[.@-]|$)|[:@]|$)/

const traefikOf = (read: Read, workload: LocatedResource): readonly ClusterRouter[] => {
  const containers = listAt(workload.config, 'spec', 'template', 'spec', 'containers') ?? []
  const own = containers.find(c => traefikImage.test(textAt(c, 'image') ?? ''))
  if (own === undefined) return []
  const { ref, place, namespace } = objectOf(workload)
  const args = [...(listAt(own, 'command') ?? []), ...(listAt(own, 'args') ?? [])].map(a =>
    // One dash is as good as two.
    String(a)
      .toLowerCase()
      .replace(/^-(?!-)/, '--'),
  )
  const services = read.published.services.filter(s => selects(s, workload, namespace))
  const old =
    traefikImage.exec(textAt(own, 'image') ?? '')?.[1] === '2' || args.includes('--core.defaultrulesyntax=v2')
  const config = staticConfigOf(args)
  const middlewares = config.crd ? read.of(types.middleware).map(buildMiddleware) : []
  const parts = { services: read.of(types.traefikService), middlewares, config, old }
  const ingresses = read.of(types.ingress).flatMap(resource => {
    const served = servesIngress(resource, read.of(types.ingressClass), config)
    return served === false ? [] : [{ resource, served }]
  })
  const surely = new Set(ingresses.flatMap(i => (i.served === true ? [i.resource.arn] : [])))
  const published = read.published.ingresses.filter(i => surely.has(i.ingress.ref.arn))
  return [
    {
      ref,
      place,
      cluster: read.published.cluster,
      services,
      ...frontsOf(read.facts, read.balancers, read.published, services, published),
      routing: {
        kind: 'traefik',
        objects: [
          ...(config.crd ? read.of(types.ingressRoute).map(r => buildIngressRoute(r, parts)) : []).filter(
            isOwnClass,
          ),
          ...ingresses.map(i => ingressRouters(i.resource, i.served, middlewares, config, old)),
        ].map(o => behindEntryPoints(o, parts)),
        middlewares,
        authSecrets: known(passwordsOf(read)),
        forwarded: forwardedHeadersOf(args),
        ...(config.nginxIngresses ? { nginxIngresses: true } : {}),
      },
      aside: args.some(a => a.includes('.http.redirections.'))
        ? 'an entry point of Traefik redirects, and which one the load balancer leads to is not known'
        : null,
      gaps: staticGaps(workload, args),
    },
  ]
}

/** Those of another class it leaves out, unless it is told a class of its own, which is not followed. */
const isOwnClass = ({ className }: IngressRoute): boolean => ['traefik', ''].includes(className ?? '')

/** Of the file that Traefik makes of a Secret. */
const passwordsOf = ({ of }: Read): readonly BasicAuthSecret[] =>
  of(types.kubernetesSecret).flatMap(r => passwordFilesOf(r, 'single'))

const selects = (service: ClusterService, workload: LocatedResource, namespace: string): boolean => {
  if (service.selector === null || service.namespace !== namespace) return false
  const labels = {
    ...labelsOf(workload),
    ...textsIn(objectAt(workload.config, 'spec', 'template', 'metadata', 'labels')),
  }
  return Object.entries(service.selector).every(([key, value]) => labels[key] === value)
}

/** Those of the AWS Load Balancer Controller are load balancers themselves, whose rules are read from AWS. */
const gatewayOf = (read: Read, resource: LocatedResource): readonly ClusterRouter[] => {
  const gateway = buildGateway(resource)
  const named = read.of(types.gatewayClass).find(c => objectOf(c).name === gateway.className)
  const controller = textAt(named?.config, 'spec', 'controllerName')
  if (controller?.startsWith('gateway.k8s.aws/')) return []
  const services = read.published.services.filter(s => s.hostnames.some(h => isAddress(gateway, h)))
  const fronts = frontsOf(read.facts, read.balancers, read.published, services, [])
  const direct = read.balancers.filter(lb => isAddress(gateway, lb.dnsName)).map(lb => lb.ref.arn)
  return [
    {
      ref: gateway.ref,
      place: gateway.place,
      cluster: read.published.cluster,
      services,
      loadBalancers: [...new Set([...fronts.loadBalancers, ...direct])],
      targetGroups: fronts.targetGroups,
      routing: { kind: 'gateway', gateway, routes: read.of(types.httpRoute).map(buildHttpRoute) },
      aside: null,
      gaps:
        controller === undefined
          ? [
              misread(
                resource,
                `its class ${gateway.className} was not read, so that who serves it is not known`,
              ),
            ]
          : [],
    },
  ]
}

const bare = (name: string): string => normalName(name).replace(/^dualstack\./, '')
const isAddress = ({ addresses }: Gateway, name: string): boolean =>
  addresses.some(a => bare(a) === bare(name))
