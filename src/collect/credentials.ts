/** One set of credentials for all clients: each client by itself would assume the role, or sign in, once more. */
import type { STSClientConfig } from '@aws-sdk/client-sts'

/** Credentials, or a function that gets them. */
export type Credentials = NonNullable<STSClientConfig['credentials']>

type Provider = Extract<Credentials, (...args: never[]) => unknown>
type Identity = Awaited<ReturnType<Provider>>

/** Replaced this long before they expire. */
const margin = 5 * 60_000

/** A provider that asks `credentials` again only when what it gave is about to expire, or was an error. */
export function sharedCredentials(credentials: Credentials, now: () => number = Date.now): Provider {
  if (typeof credentials !== 'function') return async () => credentials
  let current: Promise<Identity> | undefined
  const renew = (): Promise<Identity> => {
    const asked = credentials()
    current = asked
    asked.catch(() => {
      if (current === asked) current = undefined
    })
    return asked
  }
  return async () => {
    const asked = current ?? renew()
    const { expiration } = await asked
    if (!expiration || expiration.getTime() - now() > margin) return asked
    // Of many that find the same ones expiring, the first renews.
    return current === asked ? renew() : (current ?? renew())
  }
}
