/** What a probe request may carry: no credentials, no secret, nothing that changes how it is framed or whose it is. */

const forbidden = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // Probes name themselves, always.
  'user-agent',
  'x-api-key',
  'x-amz-security-token',
])

/** Forged forwarding headers are a test of their own, which nobody has asked for. */
const isForged = (name: string): boolean =>
  name === 'forwarded' ||
  name === 'true-client-ip' ||
  name.startsWith('x-forwarded-') ||
  name.startsWith('x-real-')

const isSafeHeader = ([name, value]: readonly [string, string]): boolean => {
  const folded = name.toLowerCase()
  return (
    /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/.test(name) &&
    /^[ -~]{0,2048}$/.test(value) &&
    // A value that must not be shown cannot be sent: nobody here knows it.
    !value.includes('${sealed:') &&
    !forbidden.has(folded) &&
    !isForged(folded)
  )
}

/** Whether the text is a host name or address, with or without a port: what a Host header or a server name may be. */
export const isHost = (text: string): boolean => /^[A-Za-z0-9._:[\]-]{1,255}$/.test(text)

/** Whether every header may be sent, and there are no more than ten. */
export const hasSafeHeaders = (headers: readonly (readonly [name: string, value: string])[]): boolean =>
  headers.length <= 10 && headers.every(isSafeHeader)
