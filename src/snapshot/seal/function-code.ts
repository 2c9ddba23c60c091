/** Takes the code of functions out of records: it may hold any secret, and nothing but what it may do to the origin is needed. */
import { keyedFingerprint } from '#base/fingerprint.ts'
import { functionCodeFacts } from '../function-code.ts'
import type { ResourceRecord } from '../record.ts'
import { textOfBytes } from './bytes.ts'

const sealedCode = (code: string, key: Uint8Array): Readonly<Record<string, unknown>> => {
  const { helpers, updates, doubts } = functionCodeFacts(code)
  return {
    Fingerprint: keyedFingerprint(key, code),
    Length: code.length,
    OriginHelpers: helpers,
    OriginUpdates: updates.map(u => ({ DomainName: u.domainName, CustomHeaders: u.customHeaders })),
    Doubts: doubts,
  }
}

const without = (value: unknown, key: Uint8Array): unknown => {
  if (Array.isArray(value)) return value.map(item => without(item, key))
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array)
    return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const code = name === 'FunctionCode' ? (typeof item === 'string' ? item : textOfBytes(item)) : null
      return [name, code === null ? without(item, key) : sealedCode(code, key)]
    }),
  )
}

const holdsCode = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Uint8Array) &&
  (Object.hasOwn(value, 'FunctionCode') || Object.values(value).some(holdsCode))

/** The records with facts in the place of every `FunctionCode`; facts stay as they are. */
export const withoutCode = (
  resources: readonly ResourceRecord[],
  key: Uint8Array,
): readonly ResourceRecord[] =>
  resources.map(record =>
    holdsCode(record.config)
      ? { ...record, config: without(record.config, key) as ResourceRecord['config'] }
      : record,
  )
