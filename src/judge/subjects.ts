/** Everything there is to judge, and how the result names it. */
import { compareText } from '#base/canonical.ts'
import type { Known } from '#base/known.ts'
import type { Subject } from '#findings/result.ts'
import type { Facts } from '#predicates/asking/facts.ts'
import type { JudgedSubject, SubjectKind } from '#predicates/asking/subject.ts'
import { loadBalancersOf } from '#predicates/reading/backends.ts'
import {
  controllersIn,
  leadsTo,
  leadsToIngress,
  linksOfRoute,
  objectsOf,
} from '#predicates/reading/clusters.ts'
import { endsTls } from '#predicates/reading/tls-listeners.ts'
import type { Certificate, Link, LoadBalancer, ManifestPlace, Ref } from '#topology/model.ts'
import { keysToJudge } from './signing-keys.ts'

/** A subject with the links it bears on, which are in order of their ids. */
export interface Judged {
  readonly subject: JudgedSubject
  readonly named: Subject
  readonly links: readonly Link[]
}

export type Subjects = Readonly<Record<SubjectKind, readonly Judged[]>>

/** A resource as the result names it. */
export const nameRef = ({ arn, type, name, account, region, line }: Ref): Subject => ({
  arn,
  type,
  name,
  account,
  region,
  line,
})

const byId = (links: Iterable<Link>): readonly Link[] => [...links].sort((a, b) => compareText(a.id, b.id))

const linkSubjects = ({ topology }: Facts): readonly Judged[] =>
  topology.links.map(link => ({
    subject: { kind: 'link', link },
    named: { ...nameRef(link.distribution.ref), name: link.id },
    links: [link],
  }))

const distributionSubjects = ({ topology }: Facts): readonly Judged[] => {
  const links = Map.groupBy(topology.links, link => link.distribution.ref.arn)
  return topology.distributions.map(distribution => ({
    subject: { kind: 'distribution', distribution },
    named: nameRef(distribution.ref),
    links: byId(links.get(distribution.ref.arn) ?? []),
  }))
}

const linkedLoadBalancers = ({ topology }: Facts): readonly LoadBalancer[] => [
  ...new Map(topology.links.flatMap(loadBalancersOf).map(lb => [lb.ref.arn, lb])).values(),
]

const loadBalancerSubjects = (facts: Facts): readonly Judged[] =>
  linkedLoadBalancers(facts).map(loadBalancer => ({
    subject: { kind: 'load-balancer', loadBalancer },
    named: nameRef(loadBalancer.ref),
    links: byId(facts.linksTo(loadBalancer)),
  }))

interface Shown {
  readonly certificate: Known<Certificate>
  readonly holder: Ref
  readonly links: readonly Link[]
}

const shownByListeners = (loadBalancer: LoadBalancer, links: readonly Link[]): readonly Shown[] => {
  const unread = (gaps: Known<never>, holder: Ref): readonly Shown[] => [{ certificate: gaps, holder, links }]
  if (!loadBalancer.listeners.known) return unread(loadBalancer.listeners, loadBalancer.ref)
  return loadBalancer.listeners.value.filter(endsTls).flatMap(({ certificates, ref }) => {
    if (!certificates.known) return unread(certificates, ref)
    return certificates.value.map(certificate => ({ certificate, holder: ref, links }))
  })
}

/** A distribution that is disabled shows its certificate to nobody. */
const shownToViewers = (
  { distribution }: { readonly distribution: Link['distribution'] },
  links: readonly Link[],
) =>
  distribution.enabled && distribution.viewer.certificate
    ? [{ certificate: distribution.viewer.certificate, holder: distribution.ref, links }]
    : []

/** One subject for each certificate, however many listeners and distributions show it. */
const certificateSubjects = (facts: Facts, distributions: readonly Judged[]): readonly Judged[] => {
  const shown = [
    ...linkedLoadBalancers(facts).flatMap(lb => shownByListeners(lb, facts.linksTo(lb))),
    ...distributions.flatMap(({ subject, links }) =>
      subject.kind === 'distribution' ? shownToViewers(subject, links) : [],
    ),
  ]
  const refOf = ({ certificate, holder }: Shown): Ref => (certificate.known ? certificate.value.ref : holder)
  const groups = Map.groupBy(shown, s => refOf(s).arn)
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first
      ? [
          {
            subject: { kind: 'certificate', certificate: first.certificate, holder: first.holder },
            named: nameRef(refOf(first)),
            links: byId(new Set([first, ...rest].flatMap(s => s.links))),
          },
        ]
      : [],
  )
}

const signingKeySubjects = ({ topology }: Facts): readonly Judged[] =>
  keysToJudge(topology).map(({ key, holder, links }) => ({
    subject: { kind: 'signing-key', key, holder },
    named: nameRef(holder),
    links: byId(links),
  }))

const placed = ({ ref, place }: { readonly ref: Ref; readonly place: ManifestPlace | null }): Subject => ({
  ...nameRef(ref),
  ...(place === null ? {} : { source: place }),
})

const controllerSubjects = (facts: Facts): readonly Judged[] =>
  controllersIn(facts).map(({ cluster, at, links }) => ({
    subject: { kind: 'ingress-controller', cluster, at },
    named: placed(at.controller),
    links: byId(links),
  }))

/** An object that several controllers may serve is judged once for each. */
const ingressSubjects = (facts: Facts): readonly Judged[] =>
  controllersIn(facts).flatMap(({ cluster, at, links }) =>
    at.serves.map(({ ingress }) => ({
      subject: { kind: 'ingress' as const, ingress, cluster, at },
      named: placed(ingress),
      links: byId(links.filter(link => leadsToIngress(link, cluster, at, ingress) === true)),
    })),
  )

const balancerIngressSubjects = ({ topology }: Facts): readonly Judged[] =>
  topology.clusters.flatMap(cluster =>
    cluster.balancerIngresses.map(ingress => ({
      subject: { kind: 'balancer-ingress' as const, ingress, cluster },
      named: placed(ingress),
      links: byId(
        topology.links.filter(l => loadBalancersOf(l).some(lb => ingress.loadBalancers.includes(lb.ref.arn))),
      ),
    })),
  )

const routeSubjects = (facts: Facts): readonly Judged[] =>
  facts.topology.clusters.flatMap(cluster =>
    cluster.routers.flatMap(at =>
      objectsOf(at).map(object => ({
        subject: { kind: 'cluster-route' as const, object, cluster, at },
        named: placed(object),
        links: byId(linksOfRoute(facts, { object, cluster, at })),
      })),
    ),
  )

const routerSubjects = ({ topology }: Facts): readonly Judged[] =>
  topology.clusters.flatMap(cluster =>
    cluster.routers.map(at => ({
      subject: { kind: 'cluster-router' as const, cluster, at },
      named: placed(at),
      links: byId(topology.links.filter(l => leadsTo(l, at))),
    })),
  )

export const enumerateSubjects = (facts: Facts): Subjects => {
  const distributions = distributionSubjects(facts)
  return {
    link: linkSubjects(facts),
    distribution: distributions,
    'load-balancer': loadBalancerSubjects(facts),
    certificate: certificateSubjects(facts, distributions),
    'signing-key': signingKeySubjects(facts),
    ingress: ingressSubjects(facts),
    'ingress-controller': controllerSubjects(facts),
    'balancer-ingress': balancerIngressSubjects(facts),
    'cluster-route': routeSubjects(facts),
    'cluster-router': routerSubjects(facts),
  }
}
