/** A cluster with an object of every kind that is read, and a way to read it once. */
import { startJournal } from '#collect/journal.ts'
import { readCluster } from '#collect/kubernetes/cluster.ts'
import { type KubernetesOptions, serveKubernetes } from '#lab/kubernetes/api-server.ts'
import type { KubernetesObject } from '#lab/world.ts'
import { htpasswd } from './shop.ts'

const object = (
  apiVersion: string,
  kind: string,
  metadata: { readonly name: string; readonly [field: string]: unknown },
  rest: object = {},
): KubernetesObject => ({ apiVersion, kind, metadata, ...rest })

const gatewayApi = 'gateway.networking.k8s.io/v1'
const nginx = 'nginx.ingress.kubernetes.io'

export const shopCluster: readonly KubernetesObject[] = [
  ...['shop', 'blog', 'docs'].map(name =>
    object(
      'networking.k8s.io/v1',
      'Ingress',
      {
        name,
        namespace: name,
        annotations: { [`${nginx}/auth-type`]: 'basic', [`${nginx}/auth-secret`]: 'shop/users' },
      },
      { spec: { ingressClassName: 'nginx' } },
    ),
  ),
  object(
    'networking.k8s.io/v1',
    'IngressClass',
    { name: 'nginx' },
    { spec: { controller: 'k8s.io/ingress-nginx' } },
  ),
  object('elbv2.k8s.aws/v1beta1', 'IngressClassParams', { name: 'alb' }, { spec: { scheme: 'internal' } }),
  object(
    'v1',
    'Service',
    { name: 'shop', namespace: 'shop' },
    { spec: { type: 'ClusterIP', ports: [{ port: 80 }] } },
  ),
  object('v1', 'Namespace', { name: 'shop', labels: { team: 'shop' } }),
  object(
    'apps/v1',
    'Deployment',
    { name: 'controller', namespace: 'ingress-nginx' },
    {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'controller',
                image: 'registry.k8s.io/ingress-nginx/controller:v1.12.1',
                args: ['/nginx-ingress-controller', '--configmap=$(POD_NAMESPACE)/settings'],
                env: [{ name: 'KEY', value: 'private' }],
              },
            ],
          },
        },
      },
    },
  ),
  object('apps/v1', 'Deployment', { name: 'app', namespace: 'shop' }, { spec: { template: { spec: {} } } }),
  object(
    'apps/v1',
    'DaemonSet',
    { name: 'traefik', namespace: 'edge' },
    { spec: { template: { spec: { containers: [{ name: 'traefik', image: 'traefik:v3.1.2' }] } } } },
  ),
  object(
    'v1',
    'ConfigMap',
    { name: 'settings', namespace: 'ingress-nginx' },
    { data: { 'hide-headers': 'X' } },
  ),
  object('v1', 'ConfigMap', { name: 'app', namespace: 'shop' }, { data: { PASSWORD: 'private' } }),
  object(
    'v1',
    'Secret',
    { name: 'users', namespace: 'shop' },
    { data: { auth: Buffer.from(htpasswd).toString('base64') } },
  ),
  object('v1', 'Secret', { name: 'app', namespace: 'shop' }, { data: { KEY: 'cHJpdmF0ZQ==' } }),
  object(gatewayApi, 'GatewayClass', { name: 'edge' }, { spec: { controllerName: 'example.com/edge' } }),
  object(gatewayApi, 'Gateway', { name: 'edge', namespace: 'edge' }, { spec: { listeners: [] } }),
  object(
    gatewayApi,
    'HTTPRoute',
    { name: 'shop', namespace: 'shop' },
    { spec: { hostnames: ['shop.example.com'] } },
  ),
  object(
    'traefik.io/v1alpha1',
    'IngressRoute',
    { name: 'shop', namespace: 'shop' },
    { spec: { routes: [] } },
  ),
  object(
    'traefik.io/v1alpha1',
    'Middleware',
    { name: 'login', namespace: 'shop' },
    { spec: { basicAuth: { secret: 'users' } } },
  ),
]

/** Reads the objects as a cluster, in clear. */
export const readOnce = async (objects: readonly KubernetesObject[], options: KubernetesOptions = {}) => {
  const server = await serveKubernetes(objects, options)
  const journal = startJournal()
  try {
    await readCluster({ text: server.kubeconfig, file: '/config' }, journal)
    return journal
  } finally {
    await server.close()
  }
}
