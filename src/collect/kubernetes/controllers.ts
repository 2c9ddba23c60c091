/** Which workloads are ingress controllers, what they are started with, and which ConfigMap they read. */
import { type Fields, fieldsAt, isFields, listAt, textAt } from './fields.ts'

/** Last part of the image's name, which mirrors keep. */
const image =
  /(?:^|\/)(?:ingress-nginx\/controller|(?:nginx-ingress|ingress-nginx|aws-load-balancer|aws-alb-ingress)-controller|traefik)$/
const label = /^(?:ingress-nginx|traefik|aws-load-balancer-controller)$/
/** Parts of the charts that serve no Ingress. */
const beside = /^(?:default-backend|defaultbackend|admission-webhook)$/

export const containersOf = (workload: Fields): readonly Fields[] =>
  listAt(fieldsAt(workload, 'spec', 'template', 'spec'), 'containers').filter(isFields)

const argumentsOf = (container: Fields): readonly string[] =>
  [...listAt(container, 'command'), ...listAt(container, 'args')].filter(a => typeof a === 'string')

const runsController = (container: Fields): boolean =>
  image.test(textAt(container, 'image').replace(/@.*$|:[^/]*$/, '')) ||
  argumentsOf(container).some(
    a => a.endsWith('/nginx-ingress-controller') || a.startsWith('--controller-class='),
  )

/** Told by image, program or the labels of the charts: mirrors rename images, and nobody renames all three. */
export const isController = (workload: Fields): boolean => {
  const labels = fieldsAt(workload, 'metadata', 'labels')
  if (beside.test(textAt(labels, 'app.kubernetes.io/component'))) return false
  return label.test(textAt(labels, 'app.kubernetes.io/name')) || containersOf(workload).some(runsController)
}

export interface ObjectName {
  readonly namespace: string
  readonly name: string
}

/** `--name=value`, or the value in the argument that follows. */
const flag = (args: readonly string[], name: string): string | undefined => {
  const at = args.findIndex(a => a === name || a.startsWith(`${name}=`))
  const found = args[at]
  if (found === undefined) return undefined
  return found === name ? args[at + 1] : found.slice(name.length + 1)
}

/**
 * The ConfigMap that ingress-nginx is told to read with `--configmap`. `unclear` holds a text that names none because a
 * variable in it comes from somewhere else than the pod's own namespace.
 */
export const configMapOf = (workload: Fields, namespace: string): ObjectName | { unclear: string } | null => {
  const named = containersOf(workload).flatMap(c => flag(argumentsOf(c), '--configmap') ?? [])[0]
  if (named === undefined) return null
  const [space = '', name = '', ...rest] = named.replaceAll('$(POD_NAMESPACE)', namespace).split('/')
  const readable = [space, name].every(part => /^[a-z0-9][a-z0-9.-]*$/.test(part)) && rest.length === 0
  return readable ? { namespace: space, name } : { unclear: named }
}

/** Keys that only the ConfigMap of an ingress-nginx controller has. */
const ownKeys = [
  'allow-snippet-annotations',
  'annotations-risk-level',
  'location-snippet',
  'server-snippet',
  'http-snippet',
  'main-snippet',
]

/** Whether a ConfigMap that no controller at hand names is one of a controller all the same. */
export const looksLikeSettings = (configMap: Fields): boolean =>
  textAt(fieldsAt(configMap, 'metadata', 'labels'), 'app.kubernetes.io/name') === 'ingress-nginx' ||
  ownKeys.some(key => Object.hasOwn(fieldsAt(configMap, 'data'), key))
