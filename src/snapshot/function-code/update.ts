/** What one call of `updateRequestOrigin` says of the new origin: which of the assigned origin's settings it replaces. */
import type { Node } from 'acorn'
import { argumentsOf, literalKeys } from './nodes.ts'

/** `kept`: the setting of the assigned origin stays, as AWS documents for whatever is not given. */
export type Setting = 'kept' | 'set' | 'untold'

export interface OriginUpdate {
  readonly domainName: Setting
  readonly customHeaders: Setting
}

export const untold: OriginUpdate = { domainName: 'untold', customHeaders: 'untold' }

/** `untold` where the settings are not written out in the call. */
export const updateBy = (call: Node): OriginUpdate => {
  const keys = literalKeys(argumentsOf(call)?.[0])
  if (keys === null) return untold
  const setting = (name: string): Setting => (keys.has(name) ? 'set' : 'kept')
  return { domainName: setting('domainName'), customHeaders: setting('customHeaders') }
}
