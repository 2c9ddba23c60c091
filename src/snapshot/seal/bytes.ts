/** Bytes as text: what the SDK gives as a byte array, and what such an array becomes in JSON. */

/** UTF-8 where it is valid, else one character for each byte, so that nothing is lost. */
const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

const isByte = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 256

/** The text of a byte array, of `{type: 'Buffer', data: [...]}`, or of `{0: ..., 1: ...}`; null for anything else. */
export const textOfBytes = (value: unknown): string | null => {
  if (value instanceof Uint8Array) return decode(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  if (!('0' in value || 'data' in value)) return null
  const { type, data } = value as { readonly type?: unknown; readonly data?: unknown }
  if (type === 'Buffer' && Array.isArray(data) && data.every(isByte)) return decode(Uint8Array.from(data))
  const entries = Object.entries(value)
  const indexed = entries.length > 0 && entries.every(([key, byte], i) => key === String(i) && isByte(byte))
  return indexed ? decode(Uint8Array.from(entries.map(([, byte]) => byte as number))) : null
}
