/** Reads configurations of unknown shape: every getter gives the type asked for, or `undefined`. */

export type Config = Readonly<Record<string, unknown>>

export const asObject = (value: unknown): Config | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Config) : undefined

/** The own value at a path of keys. */
export const valueAt = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => {
    const object = asObject(at)
    return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined
  }, value)

export const objectAt = (value: unknown, ...path: readonly string[]): Config | undefined =>
  asObject(valueAt(value, ...path))

export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] | undefined => {
  const found = valueAt(value, ...path)
  return Array.isArray(found) ? found : undefined
}

/** Text that says something: the empty one counts as absent. */
export const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = valueAt(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export const flagAt = (value: unknown, ...path: readonly string[]): boolean | undefined => {
  const found = valueAt(value, ...path)
  return typeof found === 'boolean' ? found : undefined
}

/** A whole number, also written as decimal text (rule priorities, status codes). */
export const integerAt = (value: unknown, ...path: readonly string[]): number | undefined => {
  const found = valueAt(value, ...path)
  const number = typeof found === 'string' && /^\d{1,10}$/.test(found) ? Number(found) : found
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null

export const isMissing = (value: unknown, ...path: readonly string[]): boolean =>
  isAbsent(valueAt(value, ...path))

/** A list of texts; `undefined` where there is no list or one of its items is something else. */
export const textsAt = (value: unknown, ...path: readonly string[]): readonly string[] | undefined => {
  const list = listAt(value, ...path)
  return list?.every(item => typeof item === 'string' && item !== '') ? (list as string[]) : undefined
}

/** CloudFront's `{Quantity, Items}`: an absent list is empty, one whose items are not all there is `undefined`. */
export const itemsAt = (value: unknown, ...path: readonly string[]): readonly unknown[] | undefined => {
  if (isMissing(value, ...path)) return []
  const box = objectAt(value, ...path)
  const quantity = integerAt(box, 'Quantity')
  const items = isMissing(box, 'Items') ? [] : listAt(box, 'Items')
  if (items === undefined || box === undefined) return undefined
  return quantity === undefined
    ? isMissing(box, 'Items')
      ? undefined
      : items
    : quantity === items.length
      ? items
      : undefined
}

/** Whether an object has only these keys, or nothing in the others. */
export const hasOnly = (object: Config, keys: readonly string[]): boolean =>
  Object.keys(object).every(key => keys.includes(key) || isAbsent(object[key]))
