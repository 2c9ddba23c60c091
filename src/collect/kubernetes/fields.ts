/** Reads objects of unknown shape, as manifests and clusters give them. */

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsAt = (value: unknown, ...path: readonly string[]): Fields => {
  const found = path.reduce<unknown>(
    (at, key) => (isFields(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  )
  return isFields(found) ? found : {}
}

/** Empty where there is none. */
export const textAt = (fields: Fields, key: string): string => {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined
  return typeof value === 'string' ? value : ''
}

export const listAt = (fields: Fields, key: string): readonly unknown[] => {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined
  return Array.isArray(value) ? value : []
}

/** The fields of these names that are there. */
export const only = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))

/** An object has a kind, a version and a name; without a name it is a template of objects. */
export interface Named {
  readonly kind: string
  readonly apiVersion: string
  /** `-` for kinds without namespaces; `default` where the object names none. */
  readonly namespace: string
  readonly name: string
}

/** Groups that a project left: an object of theirs is another than the one of the same name in its new group. */
const formerGroup = /^(traefik\.containo\.us)\//

/** The identifier of an object in snapshots. */
export const arnOf = (cluster: string, { apiVersion, kind, namespace, name }: Named): string => {
  const group = formerGroup.exec(apiVersion)?.[1]
  return `kubernetes://${cluster}/${group === undefined ? kind : `${kind}.${group}`}/${namespace}/${name}`
}
