/** Arguments of controllers keep the options that decide, and lose the tokens. */
import { expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { sealResources } from '#snapshot/seal.ts'

const token = 'wT4kq9ZcV7mB2xR8nL5pD1sF6hJ3gY0a'
const sealedArguments = (args: readonly string[]): readonly unknown[] => {
  const record: ResourceRecord = {
    record: 'resource',
    type: types.workload,
    arn: 'kubernetes://lab/Deployment/edge/controller',
    account: '',
    region: 'lab',
    source: { kind: 'kubernetes', cluster: 'lab', resource: 'deployments.apps' },
    config: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'controller' },
      spec: { template: { spec: { containers: [{ args }] } } },
    },
  }
  const [sealed] = sealResources([record], new Uint8Array(32).fill(7))
  const { spec } = (sealed?.config ?? {}) as {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: [{ readonly args: unknown[] }] } }
    }
  }
  return spec.template.spec.containers[0].args
}

test.each([
  '--controller-class=k8s.io/ingress-nginx',
  '--watch-ingress-without-class=true',
  '--enable-ssl-passthrough',
  '--tcp-services-configmap=$(POD_NAMESPACE)/tcp-services',
  '--default-backend-service=shop/shop',
  '--watch-namespace-selector=team=shop',
  '--annotations-prefix=nginx.ingress.kubernetes.io',
  '--providers.kubernetescrd.allowCrossNamespace=true',
  '--providers.providersthrottleduration=2s',
  '--entryPoints.websecure.http.middlewares=shop-gate@kubernetescrd',
  'traefik --entryPoints.web.address=:8000 --core.defaultRuleSyntax=v2',
])('%s is kept', argument => {
  expect(sealedArguments([argument])).toEqual([argument])
})

test.each([
  `--x=${token}`,
  `--${token}`,
  `--api-key=${token}`,
  `--token ${token}`,
  `-${token}=1`,
  `run --a.${token}`,
])('the token of %s is not', argument => {
  expect(JSON.stringify(sealedArguments([argument]))).not.toContain(token)
})
