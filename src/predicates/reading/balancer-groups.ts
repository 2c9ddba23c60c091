/** Ingress objects that share a load balancer, and the web ACL that each asks for. */
import type { BalancerIngress, Cluster } from '#topology/model.ts'

export const groupMembers = (ingress: BalancerIngress, { balancerIngresses }: Cluster) =>
  ingress.group === null ? [ingress] : balancerIngresses.filter(i => i.group === ingress.group)

/** `none` takes it off; null says nothing, which leaves the load balancer as it is. */
export const webAclOf = ({ params, annotations }: BalancerIngress): string | null => {
  const named = params?.webAcl ?? annotations['wafv2-acl-arn'] ?? annotations['waf-acl-id']
  return named?.trim() || null
}
