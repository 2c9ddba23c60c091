/** The laboratory's certificate authority: made anew at every start, trusted by nobody else. */
// The X.509 library resolves its parts by decorators, which need this polyfill first.
import 'reflect-metadata'
import { KeyObject, type webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const hour = 3_600_000

export interface KeyPair {
  /** PEM. */
  readonly cert: string
  readonly key: string
}

export interface Authority {
  /** PEM of the root. */
  readonly ca: string
  issue(names: readonly string[]): Promise<KeyPair>
}

const pem = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString()

const window = (): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(Date.now() - hour),
  notAfter: new Date(Date.now() + 24 * hour),
})

const leaf = async (
  root: X509Certificate,
  signingKey: webcrypto.CryptoKey,
  names: readonly string[],
): Promise<KeyPair> => {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create({
    ...window(),
    subject: `CN=${names[0] ?? 'laboratory'}`,
    issuer: root.subject,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new BasicConstraintsExtension(false),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map(value => ({ type: 'dns', value }))),
    ],
  })
  return { cert: certificate.toString('pem'), key: pem(keys.privateKey) }
}

export const createAuthority = async (): Promise<Authority> => {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const root = await X509CertificateGenerator.createSelfSigned({
    ...window(),
    name: 'CN=originproof laboratory root',
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  })
  return { ca: root.toString('pem'), issue: names => leaf(root, keys.privateKey, names) }
}
