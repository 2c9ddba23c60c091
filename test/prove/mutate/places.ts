/** Every place of a configuration, and the configuration with that place changed. */

export type Config = Readonly<Record<string, unknown>>
export type Path = readonly (string | number)[]

export interface Place {
  readonly path: Path
  readonly value: unknown
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const isObject = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !isList(value)

/** Values that hold no others, and lists, at any depth. */
export const placesOf = (value: unknown, path: Path = []): readonly Place[] => {
  if (isList(value)) return [{ path, value }, ...value.flatMap((item, i) => placesOf(item, [...path, i]))]
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))
  return [{ path, value }]
}

/** The last name on the way to a place: what kind of value it holds. */
export const keyOf = (path: Path): string => String(path.findLast(step => typeof step === 'string') ?? '')

const changed = (value: unknown, path: Path, change: (at: unknown) => unknown): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return change(value)
  if (isList(value)) return value.map((item, i) => (i === step ? changed(item, rest, change) : item))
  return isObject(value) ? { ...value, [step]: changed(value[step], rest, change) } : value
}

export const withPlace = (config: Config, path: Path, value: unknown): Config =>
  changed(config, path, () => value) as Config
