/** Everything that a controller may be serving, where a default of its version or the age of an object is not known. */
import type { Ingress, IngressController } from '#topology/model/kubernetes.ts'
import type { Controlled } from './render.ts'
import { isRejected } from './risk.ts'
import { inOrder, type Server, serversOf } from './servers.ts'
import { settingsOf } from './settings.ts'

export interface Reading {
  readonly controlled: Controlled
  /** Annotations above it make the controller ignore an object: 0 Low to 3 Critical. */
  readonly risk: number
  readonly taken: readonly Ingress[]
  readonly rejected: readonly Ingress[]
  readonly servers: readonly Server[]
}

/** `ingresses` are those of the controller's classes. */
export const readingsOf = (
  controller: IngressController,
  ingresses: readonly Ingress[],
): readonly Reading[] => {
  const settings = settingsOf(controller)
  const allowed = settings.allowsSnippets === null ? [true, false] : [settings.allowsSnippets]
  const risks = settings.riskLevel === null ? [2, 3] : [settings.riskLevel]
  return allowed.flatMap(snippets =>
    ordersOf(ingresses).flatMap(order =>
      risks.map(risk => {
        const taken = order.filter(i => !isRejected(i, risk))
        return {
          controlled: { controller, settings, snippets },
          risk,
          taken,
          rejected: order.filter(i => !taken.includes(i)),
          servers: serversOf(taken, snippets),
        }
      }),
    ),
  )
}

const ordersOf = (ingresses: readonly Ingress[]): readonly (readonly Ingress[])[] => {
  const ordered = inOrder(ingresses)
  const aged = ingresses.length < 2 || ingresses.every(i => i.createdAt !== null)
  return aged ? [ordered] : [ordered, ordered.toReversed()]
}
