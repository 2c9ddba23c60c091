/** What a signed URL or a set of signed cookies allows, until when, and what is wrong with it; no request is sent. */

import { decodeBase64 } from './base64.ts'
import { coverageOf } from './breadth.ts'
import {
  addressNotes,
  isHash,
  isKeyId,
  keyNotes,
  limitNotes,
  type Note,
  pieceNotes,
  signatureNotes,
} from './notes.ts'
import { findPieces, type Pasted, type PieceName } from './pieces.ts'
import { type Limits, noLimits, type Read, readStatement } from './statement.ts'

export interface Inspection {
  readonly form: Pasted['form']
  /** Canned: only an expiry, for one URL. Null where the pieces tell neither. */
  readonly policy: 'canned' | 'custom' | null
  /** URL or pattern that may be fetched. Null: everything that trusts the key, or for canned cookies not told. */
  readonly resource: string | null
  /** ISO 8601. */
  readonly starts: string | null
  readonly expires: string | null
  /** Address or range that may use it; null for any. */
  readonly sourceIp: string | null
  readonly keyId: string | null
  /** `SHA1` or `SHA256`; null for anything else. */
  readonly hash: string | null
  readonly notes: readonly Note[]
}

/**
 * Reads what was pasted. `knownKeyIds` are the key ids that CloudFront trusts, null where they were not read; `now` is
 * in milliseconds since 1970. Null where the text holds no piece of a signature. The signature never appears in the answer.
 */
export const inspectSigned = (
  text: string,
  knownKeyIds: readonly string[] | null,
  now: number,
): Inspection | null => {
  const pasted = findPieces(text)
  if (!pasted) return null
  const piece = (name: PieceName): string | null => pasted.pieces.find(p => p.name === name)?.value ?? null
  const custom = piece('Policy')
  const policy = custom === null ? (piece('Expires') === null ? null : 'canned') : 'custom'
  const { value: limits, problems } =
    custom === null ? cannedLimits(pasted, piece('Expires')) : customLimits(custom)
  const keyId = piece('Key-Pair-Id')
  const hash = piece('Hash-Algorithm') ?? 'SHA1'
  const told = custom !== null && problems.length === 0
  return {
    form: pasted.form,
    policy,
    ...shown(limits),
    // Anything else may be a signature that was pasted in the wrong place.
    keyId: keyId !== null && isKeyId(keyId) ? keyId : null,
    hash: isHash(hash) ? hash : null,
    notes: [
      ...pieceNotes(pasted, policy),
      ...problems.map((text): Note => ({ level: 'refused', text })),
      ...signatureNotes(piece('Signature'), hash),
      ...keyNotes(keyId, knownKeyIds),
      ...limitNotes(limits, told ? coverageOf(limits.resource) : null, now),
      ...(custom === null || told ? addressNotes(limits.sourceIp) : []),
    ],
  }
}

const iso = (seconds: number | null): string | null =>
  seconds === null ? null : new Date(seconds * 1000).toISOString()

const shown = ({ resource, starts, expires, sourceIp }: Limits) => ({
  resource,
  starts: iso(starts),
  expires: iso(expires),
  sourceIp,
})

const cannedLimits = ({ url }: Pasted, expires: string | null): Read<Limits> => {
  const limits = { ...noLimits, resource: url }
  if (expires === null) return { value: limits, problems: [] }
  return /^\d{1,12}$/.test(expires)
    ? { value: { ...limits, expires: Number(expires) }, problems: [] }
    : { value: limits, problems: ['Expires is no time in whole seconds since 1970.'] }
}

const customLimits = (encoded: string): Read<Limits> => {
  const decoded = decodeBase64(encoded)
  if (decoded === null) return { value: noLimits, problems: ["The policy is not in CloudFront's base64."] }
  const { value, problems } = readStatement(Buffer.from(decoded.bytes).toString('utf8'))
  return {
    value,
    problems: [...(decoded.ordinary ? [ordinaryAlphabet('policy')] : []), ...problems],
  }
}

const ordinaryAlphabet = (what: string): string =>
  `The ${what} is in ordinary base64: CloudFront wants - _ ~ instead of + = /.`
