/** Takes password files out of Secrets: what stays is whether each `Authorization` value that an edge sends opens them. */
import { keyedFingerprint } from '#base/fingerprint.ts'
import { basicAuthFacts } from '../basic-auth.ts'
import type { ResourceRecord } from '../record.ts'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every `{HeaderName: 'Authorization', HeaderValue}` inside. */
const authorizationsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(authorizationsIn)
  if (!isFields(value) || value instanceof Date || value instanceof Uint8Array) return []
  const own =
    typeof value.HeaderName === 'string' &&
    value.HeaderName.toLowerCase() === 'authorization' &&
    typeof value.HeaderValue === 'string'
      ? [value.HeaderValue]
      : []
  return [...own, ...Object.values(value).flatMap(authorizationsIn)]
}

interface PasswordFile extends Fields {
  readonly form: unknown
  /** Null where the controller finds none in the Secret. */
  readonly file: string | null
}

const isPasswordFile = (value: unknown): value is PasswordFile =>
  isFields(value) && (typeof value.file === 'string' || value.file === null)

/**
 * - `state`: `unreadable` where nginx reads no entry.
 * - `compared`: for each `Authorization` value, by its fingerprint, what `basicAuthFacts` finds.
 * - `bits`: of the weakest password that is known because it fits.
 */
const sealedFile = ({ form, file }: PasswordFile, sent: readonly string[], key: Uint8Array): Fields => {
  const { entries } = basicAuthFacts('', file ?? '')
  const compared = sent.map(value => {
    const { fits, defects, bits } = basicAuthFacts(value, file ?? '')
    const strength = bits === undefined ? {} : { bits }
    return { authorization: keyedFingerprint(key, value), fits, defects, ...strength }
  })
  const known = compared.flatMap(c => ('bits' in c && c.bits !== undefined ? [c.bits] : []))
  const state = entries > 0 ? 'usable' : 'unreadable'
  return { form, state, entries, compared, ...(known.length > 0 ? { bits: Math.min(...known) } : {}) }
}

/** The records with facts in the place of every password file; facts stay as they are. */
export const withoutPasswords = (
  records: readonly ResourceRecord[],
  key: Uint8Array,
): readonly ResourceRecord[] => {
  const holds = (record: ResourceRecord): boolean =>
    Array.isArray(record.config.basicAuth) && record.config.basicAuth.some(isPasswordFile)
  if (!records.some(holds)) return records
  const sent = [...new Set(records.flatMap(r => authorizationsIn(r.config)))].sort()
  const one = (value: unknown): unknown => (isPasswordFile(value) ? sealedFile(value, sent, key) : value)
  return records.map(record =>
    holds(record)
      ? {
          ...record,
          config: { ...record.config, basicAuth: (record.config.basicAuth as unknown[]).map(one) },
        }
      : record,
  )
}
