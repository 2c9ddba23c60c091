/** Clusters with Ingress objects of the AWS Load Balancer Controller, and the load balancers that were made of them. */
import { known } from '#base/known.ts'
import type { BalancerClass, BalancerController, BalancerIngress, Cluster } from '#topology/model.ts'
import { aGap, aLoadBalancer, aRef, aWebAcl, inCluster, type World } from '../../judge/build.ts'
import { withCluster } from './with-cluster.ts'

export const object = (name: string, changes: Partial<BalancerIngress> = {}): BalancerIngress => ({
  ref: aRef('Kubernetes::Ingress', `shop/${name}`, `kubernetes://manifests/Ingress/shop/${name}`),
  place: { file: 'deploy/alb.yaml', line: 7 },
  namespace: 'shop',
  name,
  group: null,
  doubt: null,
  services: ['shop'],
  conditions: [],
  annotations: {},
  params: null,
  loadBalancers: [],
  ...changes,
})

export const condition = (name: string) => ({ name, headers: ['x-origin-token'] })

export const alb = (...balancerIngresses: readonly BalancerIngress[]): World =>
  withCluster(inCluster({}), () => ({ balancerIngresses }))

/** The object, and the load balancer that was made of it. */
export const making = (ingress: BalancerIngress, spec: Parameters<typeof aLoadBalancer>[0] = {}): World => {
  const lb = aLoadBalancer(spec)
  const world = alb({ ...ingress, loadBalancers: [lb.ref.arn] })
  return { ...world, topology: { ...world.topology, loadBalancers: [lb] } }
}

export const made = (
  annotations: Readonly<Record<string, string>>,
  spec: Parameters<typeof aLoadBalancer>[0],
) => making(object('web', { annotations: { scheme: 'internet-facing', ...annotations } }), spec)

export const aClass = (name: string, changes: Partial<BalancerClass> = {}): BalancerClass => ({
  ref: aRef('Kubernetes::IngressClass', name, `kubernetes://manifests/IngressClass/-/${name}`),
  place: { file: 'deploy/class.yaml', line: 1 },
  name,
  group: 'edge',
  namespaces: 'chosen',
  unread: false,
  ...changes,
})

export const strict: BalancerController = {
  ref: aRef('Kubernetes::Workload', 'kube-system/lbc', 'kubernetes://manifests/Deployment/kube-system/lbc'),
  place: null,
  takesOldClass: false,
  takesGroupName: false,
}

export const sharing = (cluster: Partial<Cluster>, ...others: readonly BalancerIngress[]): World =>
  withCluster(alb(object('web', { group: 'edge' }), ...others), () => ({
    balancerClasses: [aClass('edge')],
    balancerControllers: [strict],
    ...cluster,
  }))

export const elsewhere = object('sneak', {
  group: 'edge',
  namespace: 'team-b',
  ref: aRef('Kubernetes::Ingress', 'team-b/sneak', 'kubernetes://manifests/Ingress/team-b/sneak'),
  annotations: { 'group.order': '-10' },
})

export const facing = (annotations: Readonly<Record<string, string>> = {}): World =>
  alb(object('web', { annotations: { scheme: 'internet-facing', ...annotations } }))

export const unclassed = 'who serves it was not read, for its class was not'
export const params = { scheme: null, inboundCidrs: [], prefixLists: [], webAcl: null }
export const acl = (name: string) => ({
  'wafv2-acl-arn': `arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/${name}/1`,
})
export const gap = aGap('DescribeRules', '*')
/** Named by its own name in an annotation. */
export const realAcl = known(aWebAcl([]))
