/** Domain names, compared as DNS does: case-insensitively and without the trailing dot. */

/** Lower case, no trailing dot; Route 53 writes `\052` for `*`. */
export const normalName = (name: string): string =>
  name.trim().toLowerCase().replace(/\.$/, '').replaceAll('\\052', '*')

export const sameName = (a: string, b: string): boolean => normalName(a) === normalName(b)

/** Whether a certificate name covers a host name: equal, or one left-most label replaced by `*` (RFC 6125). */
export const certificateNameCovers = (certificateName: string, host: string): boolean => {
  const [pattern, name] = [normalName(certificateName), normalName(host)]
  if (pattern === name) return true
  if (!pattern.startsWith('*.')) return false
  const dot = name.indexOf('.')
  return dot > 0 && name.slice(dot) === pattern.slice(1)
}
