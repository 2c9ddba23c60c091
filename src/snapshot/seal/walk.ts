/** Walks a configuration, hands its secrets to a visitor and every other text to a second one, and rebuilds it as plain JSON. */
import { isSealed } from '../sealed.ts'
import { textOfBytes } from './bytes.ts'
import { kubernetesObject } from './kubernetes.ts'
import { places, type Visit } from './places.ts'

/** Gives what stands in the place of a text that is no secret itself; `key` is the field it stands in, or the array of it. */
export type Rewrite = (text: string, key: string) => string

/** Sealed values stay as they are; bytes become text, dates ISO 8601, big integers digits. */
export const walk = (value: unknown, visit: Visit, rewrite: Rewrite, key = ''): unknown => {
  if (typeof value === 'string') return rewrite(value, key)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null || isSealed(value)) return value
  if (Array.isArray(value)) return value.map(v => walk(v, visit, rewrite, key))
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  const bytes = textOfBytes(value)
  if (bytes !== null) return rewrite(bytes, key)
  const fields = value as Readonly<Record<string, unknown>>
  const inner = (v: unknown, k = key): unknown => walk(v, visit, rewrite, k)
  for (const place of [...places, kubernetesObject]) {
    const sealed = place(fields, visit, inner)
    if (sealed !== null) return sealed
  }
  return Object.fromEntries(Object.entries(fields).map(([k, v]) => [rewrite(k, ''), inner(v, k)]))
}
