/** Whether the web ACL of a load balancer stops every request of somebody who holds no strong secret. */
import type { LoadBalancer } from '#topology/model.ts'
import type { Reason } from './exposure.ts'
import { gapReasons, notModelled } from './uncertainty.ts'
import { evaluateWebAcl } from './waf/evaluate.ts'
import { anyWafRequest } from './waf/request.ts'

export type WebAclGate =
  | { readonly kind: 'blocks'; readonly text: string; readonly line: number }
  /** It would, but it is not to be relied on. */
  | { readonly kind: 'unsure'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'passes' }

const gates = new WeakMap<LoadBalancer, WebAclGate>()

export const webAclGate = (lb: LoadBalancer): WebAclGate => {
  const before = gates.get(lb)
  if (before) return before
  const gate = judge(lb)
  gates.set(lb, gate)
  return gate
}

const judge = ({ webAcl, attributes }: LoadBalancer): WebAclGate => {
  if (!webAcl.known || webAcl.value === null) return { kind: 'passes' }
  const { name, ref } = webAcl.value
  if (!evaluateWebAcl(webAcl.value, anyWafRequest).stops) return { kind: 'passes' }
  if (!attributes.known) return { kind: 'unsure', reasons: gapReasons(attributes.gaps) }
  if (attributes.value['waf.fail_open.enabled'] === 'true') {
    const message = `Web ACL ${name} blocks requests without the secret, but the load balancer lets them pass while AWS WAF does not answer (waf.fail_open.enabled).`
    return { kind: 'unsure', reasons: [notModelled(message)] }
  }
  return { kind: 'blocks', text: `Web ACL ${name} blocks every request without the secret.`, line: ref.line }
}
