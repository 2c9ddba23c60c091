/** Authentication annotations as the controller renders them: a password, a login, nothing, or 503 for a setting it cannot use. */
import type { BasicAuthSecret, Ingress, IngressController } from '#topology/model/kubernetes.ts'
import type { BasicGate, Place } from '../nginx/program.ts'
import type { Settings } from './settings.ts'

export type Rendered =
  | {
      readonly kind: 'gates'
      readonly basic: BasicGate | null
      readonly external: { readonly place: Place } | null
    }
  /** The controller answers 503 for every request to the object's paths. */
  | { readonly kind: 'denied'; readonly place: Place }

/** An annotation that stands on an object and is not rendered. */
export interface Unrendered {
  readonly ingress: Ingress
  readonly annotation: string
  readonly reason: string
}

const noted = (annotation: string): Place => ({ origin: `annotation ${annotation}`, line: 0 })

/** Paths that no authentication is asked for, by the controller's own list. */
const isOpenPath = (settings: Settings, path: string): boolean =>
  settings.noAuthLocations.some(prefix => path.startsWith(prefix))

const gates = (basic: BasicGate | null, external: { readonly place: Place } | null): Rendered => ({
  kind: 'gates',
  basic,
  external,
})

export const renderedAuth = (
  ingress: Ingress | null,
  controller: IngressController,
  settings: Settings,
  path: string,
): Rendered => {
  if (ingress === null) return gates(null, null)
  const { annotations } = ingress
  const external = externalOf(ingress, settings)
  const type = annotations['auth-type']
  if (type === undefined) return exempt(settings, path, gates(null, external))
  if (type !== 'basic' && type !== 'digest') return { kind: 'denied', place: noted('auth-type') }
  const place = noted('auth-secret')
  const name = secretName(ingress)
  if (name === null) return { kind: 'denied', place }
  const secrets = controller.authSecrets
  const secret = secrets.known ? secrets.value.find(s => s.name === name) : undefined
  if (secrets.known && !isUsable(secret)) return { kind: 'denied', place }
  return exempt(settings, path, gates({ place, bits: secret?.bits ?? null }, external))
}

/** Denied settings are denied everywhere; what is rendered is left out on the controller's own open paths. */
const exempt = (settings: Settings, path: string, rendered: Rendered): Rendered =>
  isOpenPath(settings, path) ? gates(null, null) : rendered

const isUsable = (secret: BasicAuthSecret | undefined): boolean => secret?.state === 'usable'

/** `namespace/name`; a name alone is of the object's own namespace. */
export const secretName = ({ annotations, namespace }: Ingress): string | null => {
  const written = annotations['auth-secret']?.trim() ?? ''
  if (written === '') return null
  return written.includes('/') ? written : `${namespace}/${written}`
}

const externalOf = ({ annotations }: Ingress, settings: Settings): { readonly place: Place } | null => {
  if ((annotations['auth-url'] ?? '').trim() !== '') return { place: noted('auth-url') }
  if (!settings.globalAuthUrl || annotations['enable-global-auth'] === 'false') return null
  return { place: { origin: 'ConfigMap global-auth-url', line: 0 } }
}

/** Authentication that stands on the object and asks for nothing. */
export const unrenderedAuth = (ingress: Ingress): readonly Unrendered[] => {
  const { annotations } = ingress
  if (annotations['auth-secret'] === undefined || annotations['auth-type'] !== undefined) return []
  const reason = 'without auth-type the controller asks for no password'
  return [{ ingress, annotation: 'auth-secret', reason }]
}
