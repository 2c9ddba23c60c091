/** Which paths a probe may ask for: nothing that is known to change state, nothing that is not plain text. */

const forbidden = [
  'logout',
  'log-out',
  'log_out',
  'logoff',
  'signout',
  'sign-out',
  'sign_out',
  'delete',
  'destroy',
  'remove',
  'unsubscribe',
  'cron',
  'webhook',
  'web-hook',
  'web_hook',
]

/** Percent-decoding that never throws, repeated: a server may decode more than once. */
const decoded = (path: string): string => {
  let text = path
  for (let i = 0; i < 3; i++)
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return text.toLowerCase()
}

/**
 * Whether the path (with query) may be asked for: starts with `/`, visible ASCII, at most 2048 characters, and after
 * decoding holds none of the words of state-changing pages and no `action` parameter. A path that stands for one with a
 * sealed value may not: nobody here knows the value.
 */
export const isSafePath = (path: string): boolean => {
  if (!/^\/[!-~]*$/.test(path) || path.length > 2048 || /#|\$\{sealed:/.test(path)) return false
  const text = decoded(path)
  return !forbidden.some(word => text.includes(word)) && !/[?&;]action=/.test(text)
}
