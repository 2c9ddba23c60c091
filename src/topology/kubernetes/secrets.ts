/** What is known of the password files that Ingress objects name. */
import type { Gap } from '#base/gap.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { textAt, valueAt } from '../config.ts'
import type { BasicAuthSecret, Ingress } from '../model/kubernetes.ts'
import { objectOf } from './object.ts'

const states: readonly BasicAuthSecret['state'][] = ['usable', 'missing', 'unreadable']

const secretOf = (resource: LocatedResource): readonly BasicAuthSecret[] => {
  const { config } = resource
  const state = states.find(s => s === textAt(config, 'basicAuth', 'state'))
  if (state === undefined) return []
  const bits = valueAt(config, 'basicAuth', 'bits')
  return [{ name: objectOf(resource).ref.name, state, ...(typeof bits === 'number' ? { bits } : {}) }]
}

/** A name alone is of the object's own namespace. */
export const secretNamed = ({ annotations, namespace }: Ingress): string | null => {
  const written = annotations['auth-secret']?.trim() ?? ''
  if (written === '') return null
  return written.includes('/') ? written : `${namespace}/${written}`
}

/**
 * A live cluster tells which Secrets there are. Manifests often leave them out: then the file is taken to be there, and
 * nothing is known of its passwords.
 */
export const authSecretsOf = (
  secrets: readonly LocatedResource[],
  ingresses: readonly Ingress[],
  gaps: readonly Gap[],
  fromFiles: boolean,
): Known<readonly BasicAuthSecret[]> => {
  if (gaps.length > 0) return unobserved(...gaps)
  const found = secrets.flatMap(secretOf)
  const names = new Set(found.map(s => s.name))
  const asked = ingresses.flatMap(i => secretNamed(i) ?? [])
  const taken = fromFiles ? [...new Set(asked)].filter(name => !names.has(name)) : []
  return known([...found, ...taken.map(name => ({ name, state: 'usable' as const }))])
}
