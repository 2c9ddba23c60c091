/** What there is to say about a signature, in sentences; none of them holds a piece of the signature. */
import { coversAll } from '#base/ip-set.ts'
import { decodeBase64 } from './base64.ts'
import type { Coverage } from './breadth.ts'
import { type Pasted, type PieceName, pieceNames } from './pieces.ts'
import type { Limits } from './statement.ts'

export interface Note {
  /** `refused`: CloudFront answers 403. `risk`: it works, and for more than it should. `note`: good to know. */
  readonly level: 'refused' | 'risk' | 'note'
  readonly text: string
}

const refused = (text: string): Note => ({ level: 'refused', text })
const risk = (text: string): Note => ({ level: 'risk', text })
const note = (text: string): Note => ({ level: 'note', text })

const called = (name: PieceName, form: Pasted['form']): string =>
  form === 'url' ? name : `CloudFront-${name}`

export const pieceNotes = ({ pieces, form }: Pasted, policy: 'canned' | 'custom' | null): readonly Note[] => {
  const values = (name: PieceName) => pieces.filter(p => p.name === name)
  const missing = (['Signature', 'Key-Pair-Id'] as const).filter(name => values(name).length === 0)
  const twice = pieceNames.filter(name => new Set(values(name).map(p => p.value)).size > 1)
  const lacking = (attribute: string) =>
    pieces.filter(p => p.attributes && !(attribute in p.attributes)).map(p => called(p.name, form))
  return [
    ...missing.map(name => refused(`${called(name, form)} is missing.`)),
    ...(policy === null
      ? [refused(`Neither ${called('Policy', form)} nor ${called('Expires', form)} is there.`)]
      : []),
    ...twice.map(name => refused(`${called(name, form)} occurs with two different values.`)),
    ...(values('Policy').length > 0 && values('Expires').length > 0
      ? [
          note(
            `Both ${called('Policy', form)} and ${called('Expires', form)} are there; the policy was read.`,
          ),
        ]
      : []),
    ...attributeNotes('Secure', lacking('secure'), 'it is sent over plain HTTP as well'),
    ...attributeNotes('HttpOnly', lacking('httponly'), 'scripts of the page can read it'),
  ]
}

const attributeNotes = (attribute: string, names: readonly string[], consequence: string): readonly Note[] =>
  names.map(name => risk(`${name} is set without ${attribute}: ${consequence}.`))

/** Bytes of signatures: RSA 2048, and ECDSA P-256 in DER. Source: CloudFront Developer Guide, "Create key pairs". */
const isRsa2048 = (length: number): boolean => length === 256
const isEcdsa = (length: number): boolean => length >= 68 && length <= 72

export const isHash = (text: string): boolean => ['SHA1', 'SHA256'].includes(text)

export const signatureNotes = (signature: string | null, hash: string): readonly Note[] => {
  const notes: Note[] = []
  if (!isHash(hash)) notes.push(refused('Hash-Algorithm is neither SHA1 nor SHA256.'))
  if (signature === null) return notes
  const decoded = decodeBase64(signature)
  if (decoded === null) return [...notes, refused("The signature is not in CloudFront's base64.")]
  const { ordinary, bytes } = decoded
  if (ordinary)
    notes.push(refused('The signature is in ordinary base64: CloudFront wants - _ ~ instead of + = /.'))
  if (bytes.length === 128)
    notes.push(risk('The signature has the length of an RSA key of 1024 bits: too short a key.'))
  else if (!isRsa2048(bytes.length) && !isEcdsa(bytes.length))
    notes.push(
      refused(
        `The signature has ${bytes.length} bytes: RSA 2048 gives 256, ECDSA 256 about 70. It may be cut off.`,
      ),
    )
  return notes
}

/** A public key of CloudFront, or an account key pair of the older kind. */
export const isKeyId = (text: string): boolean => /^(K|APKA)[A-Z0-9]{8,20}$/.test(text)

export const keyNotes = (keyId: string | null, known: readonly string[] | null): readonly Note[] => {
  if (keyId === null) return []
  if (!isKeyId(keyId)) return [refused('The key id is of no form that CloudFront gives out.')]
  if (keyId.startsWith('APKA'))
    return [risk('The key is an account key pair of the root user (APKA...): use a key group instead.')]
  if (known === null) return [note('Whether the key id is one that CloudFront trusts was not checked.')]
  return known.includes(keyId)
    ? []
    : [refused('The key id is none of those that CloudFront is known to trust.')]
}

const day = 86_400_000
/** Longer than this from now on, and a copied cookie is worth having. */
const longLife = day

export const limitNotes = (limits: Limits, coverage: Coverage | null, now: number): readonly Note[] => [
  ...timeNotes(limits, now),
  ...(coverage ? coverageNotes(coverage) : []),
]

const timeNotes = ({ starts, expires }: Limits, now: number): readonly Note[] => {
  const notes: Note[] = []
  if (starts !== null && starts * 1000 > now) notes.push(refused('It is not valid yet.'))
  if (expires === null) return notes
  const left = expires * 1000 - now
  if (starts !== null && expires <= starts) notes.push(refused('It expires before it starts.'))
  if (left <= 0) notes.push(refused('It has expired.'))
  else if (left > longLife)
    notes.push(
      risk(`It stays valid for ${Math.floor(left / day)} more days: whoever copies it has that long.`),
    )
  return notes
}

const breadths: Readonly<Record<Coverage['breadth'], Note | null>> = {
  everything: risk('It covers every object of every distribution that trusts the key.'),
  host: risk('It covers every path of its host names.'),
  paths: note('It covers all paths that match a wildcard.'),
  object: null,
}

const coverageNotes = ({ breadth, plainHttp }: Coverage): readonly Note[] => {
  const width = breadths[breadth]
  return [
    ...(width ? [width] : []),
    ...(plainHttp ? [note('It is good for plain HTTP as well as for HTTPS.')] : []),
  ]
}

/** Who may use it, by address. Only for limits that were read: a policy that was not may name one. */
export const addressNotes = (sourceIp: string | null): readonly Note[] => {
  if (sourceIp === null) return [note('It is bound to no address: it works wherever it is copied to.')]
  if (coversAll([sourceIp], 4)) return [note('Its address range is all of IPv4, which limits nothing.')]
  return sourceIp.includes(':')
    ? [refused('Its address range is IPv6, which signed policies cannot hold.')]
    : []
}
