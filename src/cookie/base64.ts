/** CloudFront's base64: `-` for `+`, `_` for `=`, `~` for `/`. */

export interface Decoded {
  readonly bytes: Uint8Array
  /** Whether it was written in the ordinary alphabet, which a URL or cookie does not carry safely. */
  readonly ordinary: boolean
}

/** Null for text in neither alphabet, or of a length that no encoding has. */
export const decodeBase64 = (text: string): Decoded | null => {
  const ordinary = /[+/=]/.test(text)
  const plain = text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return null
  const bare = plain.replace(/=+$/, '')
  return bare.length % 4 === 1 ? null : { bytes: Buffer.from(bare, 'base64'), ordinary }
}

/** The text in CloudFront's alphabet. */
export const encodeBase64 = (text: string): string =>
  Buffer.from(text, 'utf8').toString('base64').replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~')
