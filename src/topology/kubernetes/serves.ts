/** Which Ingress objects an ingress-nginx controller serves. */
import type { Truth } from '#base/truth.ts'
import type { Ingress, IngressClass } from '../model/kubernetes.ts'

/** What `IngressClass` objects name the controller by, unless it is started with another name. */
export const ingressNginx = 'k8s.io/ingress-nginx'

/** How the controller was started; `args` null where its workload was not read. */
export interface Watching {
  readonly controllerClass: string
  readonly args: ReadonlyMap<string, string> | null
}

/** `classes` are those of the cluster that were read; an object without a class is served by the default one alone. */
export const isServedBy = (
  ingress: Ingress,
  classes: readonly IngressClass[],
  { controllerClass, args }: Watching,
): Truth => {
  const namespace = args?.get('watch-namespace')
  if (namespace !== undefined && namespace !== 'true' && namespace !== ingress.namespace) return false
  const served = byClass(ingress, classes, controllerClass, args)
  return served === true && args?.has('watch-namespace-selector') ? 'unknown' : served
}

const byClass = (
  { className }: Ingress,
  classes: readonly IngressClass[],
  controllerClass: string,
  args: Watching['args'],
): Truth => {
  if (className === null) {
    if (args?.get('watch-ingress-without-class') === 'true') return true
    const fallback = classes.find(c => c.isDefault)
    // Without a default class it depends on --watch-ingress-without-class.
    return fallback === undefined
      ? args === null
        ? 'unknown'
        : false
      : fallback.controller === controllerClass
  }
  const own = classes.find(c => c.name === className)
  // A class that was not read may belong to any controller.
  return own === undefined ? 'unknown' : own.controller === controllerClass
}
