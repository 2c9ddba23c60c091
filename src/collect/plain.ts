/** SDK output as plain JSON: dates as ISO text, bytes as text, nothing undefined. */

/** The JSON form of a value; objects keep the order of their keys. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return textOf(value)
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      item === undefined || key === '$metadata' ? [] : [[key, plain(item)]],
    ),
  )
}

/** The JSON form of a structure. */
export const plainFields = (value: object): Record<string, unknown> => plain(value) as Record<string, unknown>

/** UTF-8 where it is, else one character per byte: search strings of WAF may be any bytes. */
const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}
