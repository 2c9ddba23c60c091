/** What a controller may be told that the laboratory does not play: it then leaves the controller to the model, and says why. */
import type { ControllerSource, IngressSource } from './source.ts'

/** Arguments that change nothing of what is rendered, or that are followed. */
const argumentsPlayed = new Set([
  'configmap',
  'controller-class',
  'election-id',
  'publish-service',
  'validating-webhook',
  'validating-webhook-certificate',
  'validating-webhook-key',
])

/** Addresses are left out: on loopback everybody has the same. */
const settingsPlayed = new Set([
  'allow-snippet-annotations',
  'annotations-risk-level',
  'http-snippet',
  'location-snippet',
  'no-auth-locations',
  'server-snippet',
])

/** With their risk: 1 Medium, 2 High, 3 Critical. */
const annotationsPlayed: ReadonlyMap<string, number> = new Map([
  ['auth-realm', 1],
  ['auth-secret', 1],
  ['auth-type', 0],
  ['configuration-snippet', 3],
  ['permanent-redirect', 1],
  ['rewrite-target', 1],
  ['server-alias', 2],
  ['server-snippet', 3],
  ['use-regex', 0],
])

const levels = ['Low', 'Medium', 'High', 'Critical']

/** Of annotations that the controller takes: High by default since 1.12, everything before. */
const highestRisk = ({ config, version }: ControllerSource): number => {
  const at = levels.indexOf(config['annotations-risk-level'] ?? '')
  if (at >= 0 && Number(version.split('.')[1]) >= 9) return at
  return Number(version.split('.')[1]) >= 12 ? 2 : 3
}

const strangeIngress = (source: ControllerSource, ingress: IngressSource): string | null => {
  const name = `Ingress ${ingress.namespace}/${ingress.name}`
  for (const annotation of Object.keys(ingress.annotations)) {
    const risk = annotationsPlayed.get(annotation)
    if (risk === undefined) return `the laboratory does not play the annotation ${annotation} of ${name}`
    if (risk > highestRisk(source)) return `the controller does not take ${name} with its ${annotation}`
  }
  return ingress.hasCertificate ? `the laboratory does not play the certificate of ${name}` : null
}

/** A clause; null where the laboratory plays all of it. */
export const unplayable = (source: ControllerSource, args: ReadonlyMap<string, string>): string | null => {
  const argument = [...args.keys()].find(name => !argumentsPlayed.has(name))
  if (argument !== undefined) return `the laboratory does not play its argument --${argument}`
  const setting = Object.keys(source.config).find(name => !settingsPlayed.has(name))
  if (setting !== undefined) return `the laboratory does not play its setting ${setting}`
  const strange = source.ingresses.map(ingress => strangeIngress(source, ingress))
  return strange.find(s => s !== null) ?? null
}
