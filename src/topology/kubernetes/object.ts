/** What every object of a cluster has: name, namespace, labels, annotations, age, and the manifest it was read from. */
import type { LocatedResource } from '#snapshot/record.ts'
import { type Config, objectAt, textAt } from '../config.ts'
import { refOf } from '../facts.ts'
import type { ManifestPlace } from '../model/kubernetes.ts'
import type { Ref } from '../model.ts'

export interface ClusterObject {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly namespace: string
  readonly name: string
}

export const objectOf = (resource: LocatedResource): ClusterObject => {
  const name = textAt(resource.config, 'metadata', 'name') ?? ''
  const namespace = namespaceOf(resource)
  const { source } = resource
  return {
    ref: refOf(resource, namespace === '' ? name : `${namespace}/${name}`),
    place: source.kind === 'file' ? { file: source.path, line: source.line } : null,
    namespace,
    name,
  }
}

/** Objects of a namespace without one are of `default`; the ARN writes `-` for kinds that have none. */
const namespaceOf = ({ arn, config }: LocatedResource): string => {
  const written = textAt(config, 'metadata', 'namespace')
  if (written !== undefined) return written
  const [namespace = '-'] = arn.split('/').slice(-2)
  return namespace === '-' ? '' : namespace
}

/** The entries of an object whose values are text. */
export const textsIn = (object: Config | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(object ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )

export const annotationsOf = ({ config }: LocatedResource): Config =>
  objectAt(config, 'metadata', 'annotations') ?? {}

export const labelsOf = ({ config }: LocatedResource): Readonly<Record<string, string>> =>
  textsIn(objectAt(config, 'metadata', 'labels'))

/**
 * `namespace/name` of what a route leads to. What is no Service has its kind behind it, so that it is none of the Services
 * that were read: where it leads is not known.
 */
export const serviceName = (backend: unknown, namespace: string): string => {
  const kind = textAt(backend, 'kind') ?? 'Service'
  const name = `${textAt(backend, 'namespace') ?? namespace}/${textAt(backend, 'name') ?? ''}`
  return kind === 'Service' ? name : `${name} (${kind})`
}
