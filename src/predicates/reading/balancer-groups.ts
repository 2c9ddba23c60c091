/** Ingress objects that share a load balancer, the load balancers that were made of them, and what each asks for. */
import type { BalancerIngress, Cluster, LoadBalancer, Topology, WebAcl } from '#topology/model.ts'

export const groupMembers = (ingress: BalancerIngress, { balancerIngresses }: Cluster) =>
  ingress.group === null ? [ingress] : balancerIngresses.filter(i => i.group === ingress.group)

/** `none` takes it off; null says nothing, which leaves the load balancer as it is. */
export const webAclOf = ({ params, annotations }: BalancerIngress): string | null => {
  const named =
    params?.webAcl ??
    annotations['wafv2-acl-arn'] ??
    annotations['wafv2-acl-name'] ??
    annotations['waf-acl-id']
  return named?.trim() || null
}

/** Whether the annotation, an ARN or a name, means this one. */
export const isNamed = (named: string, acl: WebAcl): boolean => named === acl.ref.arn || named === acl.name

/** Those that were read; none where nothing joins the object to one. */
export const madeOf = (
  { loadBalancers }: BalancerIngress,
  topology: Pick<Topology, 'loadBalancers'>,
): readonly LoadBalancer[] => topology.loadBalancers.filter(lb => loadBalancers.includes(lb.ref.arn))
