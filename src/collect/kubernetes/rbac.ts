/** The least that RBAC must allow for a cluster to be read, generated from the kinds that are read. */
import type { ObjectName } from './controllers.ts'
import { type Resource, resources } from './resources.ts'

/** The Helm chart's name of the ConfigMap of ingress-nginx, which most clusters have. */
const usualSettings = 'ingress-nginx-controller'

const rule = ({ groups, plural, verb, purpose }: Resource, names: readonly string[] = []): string =>
  [
    `  # ${purpose}`,
    `  - apiGroups: [${groups.map(({ group }) => group || '""').join(', ')}]`,
    `    resources: [${plural}]`,
    ...(names.length > 0 ? [`    resourceNames: [${names.join(', ')}]`] : []),
    `    verbs: [${verb}]`,
  ].join('\n')

const binding = (kind: 'ClusterRole' | 'Role', name: string, namespace?: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}Binding
metadata:
  name: ${name}
${namespace === undefined ? '' : `  namespace: ${namespace}\n`}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${kind}
  name: ${name}
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: originproof
`

const lists = resources.filter(({ verb }) => verb === 'list')
const named = (kind: string): readonly Resource[] => resources.filter(r => r.kind === kind)

const clusterRole = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: originproof
rules:
${[...lists.map(r => rule(r)), ...named('ConfigMap').map(r => rule(r, [usualSettings]))].join('\n')}
`

const secretRole = (namespace: string, secrets: readonly ObjectName[]): string =>
  `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: originproof-passwords
  namespace: ${namespace}
rules:
${named('Secret')
  .map(r => rule(r, [...new Set(secrets.map(({ name }) => name))].sort()))
  .join('\n')}
`

const head = `# What originproof reads of a cluster. It lists and gets; it changes nothing.
#
#   originproof policy --kubernetes --secret shop/shop-users | kubectl apply -f -
#
# The group originproof is bound. On Amazon EKS an access entry puts a role into it:
#
#   aws eks create-access-entry --cluster-name CLUSTER --principal-arn ROLE --kubernetes-groups originproof
#
# ConfigMaps: only the one of the controller. Where --configmap of your controller names another, add its name below.
#
# Secrets: RBAC knows neither types nor keys, so a Secret can be allowed by its name alone. Name each Secret that an
# auth-secret annotation or a basicAuth middleware refers to with --secret NAMESPACE/NAME. Its htpasswd entries are
# compared with what CloudFront sends, and dropped. A Secret that is not allowed is a gap that says its name.
`

/** YAML for kubectl. `secrets` are those that hold passwords; RBAC can allow no Secret but by name. */
export const rbacManifest = (secrets: readonly ObjectName[]): string => {
  const bySpace = [...Map.groupBy(secrets, ({ namespace }) => namespace)].sort(([a], [b]) => (a < b ? -1 : 1))
  const roles = bySpace.flatMap(([namespace, own]) => [
    secretRole(namespace, own),
    binding('Role', 'originproof-passwords', namespace),
  ])
  return [`${head}${clusterRole}`, binding('ClusterRole', 'originproof'), ...roles].join('---\n')
}
