/** What is known of the password files that Ingress objects name. */
import { type Known, known } from '#base/known.ts'
import type { LocatedResource, ReadRecord } from '#snapshot/record.ts'
import { listAt, textAt, valueAt } from '../config.ts'
import type { AuthorizationFacts, BasicAuthSecret, Ingress } from '../model/kubernetes.ts'
import { objectOf } from './object.ts'

const stateIn = (file: unknown): BasicAuthSecret['state'] | undefined =>
  (['usable', 'unreadable'] as const).find(s => s === textAt(file, 'state'))

const comparisonOf = (raw: unknown): readonly AuthorizationFacts[] => {
  const authorization = textAt(raw, 'authorization')
  const fits = valueAt(raw, 'fits')
  if (authorization === undefined || (typeof fits !== 'boolean' && fits !== null)) return []
  const defects = (listAt(raw, 'defects') ?? []).filter(d => typeof d === 'string')
  return [{ authorization, fits, defects }]
}

/** Of the file that a controller makes of the Secret: `auth-` for ingress-nginx, `single` for Traefik. */
export const passwordFilesOf = (
  resource: LocatedResource,
  form: 'auth-' | 'single',
): readonly BasicAuthSecret[] => {
  const files = listAt(resource.config, 'basicAuth') ?? []
  const file = files.find(f => textAt(f, 'form')?.startsWith(form))
  const state = stateIn(file)
  if (state === undefined) return []
  const { ref, place } = objectOf(resource)
  const bits = valueAt(file, 'bits')
  const compared = (listAt(file, 'compared') ?? []).flatMap(comparisonOf)
  return [{ name: ref.name, state, ref, place, compared, ...(typeof bits === 'number' ? { bits } : {}) }]
}

/** A name alone is of the object's own namespace. */
const secretNamed = ({ annotations, namespace }: Ingress): string | null => {
  const written = annotations['auth-secret']?.trim() ?? ''
  if (written === '') return null
  return written.includes('/') ? written : `${namespace}/${written}`
}

/** The API was asked for the Secret and knows none of the name. */
const isAbsent = ({ service, operation, count }: ReadRecord): boolean =>
  service === 'kubernetes' && operation === 'GetSecret' && count === 0

/**
 * `reads` are those of the cluster: what it was asked for and has not is missing. Manifests often leave Secrets out, and
 * RBAC may forbid them: then the file is taken to be there, and nothing is known of its passwords.
 */
export const authSecretsOf = (
  secrets: readonly LocatedResource[],
  ingresses: readonly Ingress[],
  reads: readonly ReadRecord[],
): Known<readonly BasicAuthSecret[]> => {
  const found = secrets.flatMap(s => passwordFilesOf(s, 'auth-'))
  const names = new Set(found.map(s => s.name))
  const asked = [...new Set(ingresses.flatMap(i => secretNamed(i) ?? []))].filter(name => !names.has(name))
  const absent = new Set(reads.filter(isAbsent).map(r => r.target))
  return known([
    ...found,
    ...asked.map(name => ({ name, state: absent.has(name) ? ('missing' as const) : ('usable' as const) })),
  ])
}
