/** Which Ingress objects an ingress-nginx controller serves. */
import type { Truth } from '#base/truth.ts'
import type { Ingress, IngressClass } from '#topology/model/kubernetes.ts'

const ingressNginx = 'k8s.io/ingress-nginx'

/** `classes` are those of the cluster that were read; an object without a class is served by the default one alone. */
export const isServedByNginx = (ingress: Ingress, classes: readonly IngressClass[]): Truth => {
  if (ingress.className === null) {
    const fallback = classes.find(c => c.isDefault)
    // Without a default class it depends on --watch-ingress-without-class.
    return fallback === undefined ? 'unknown' : fallback.controller === ingressNginx
  }
  const own = classes.find(c => c.name === ingress.className)
  // A class that was not read may belong to any controller.
  return own === undefined ? 'unknown' : own.controller === ingressNginx
}
