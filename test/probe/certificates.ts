/** Certificates for hostile servers: a small authority, and leaves that are right or wrong in one way. */
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto as Crypto)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 86_400_000

export interface Pair {
  readonly key: string
  readonly cert: string
}

interface Authority {
  readonly cert: string
  readonly issue: (name: string, notAfter?: Date) => Promise<Pair>
}

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

const pem = async (key: webcrypto.CryptoKey): Promise<string> =>
  x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')

/** A self-signed authority that issues leaves for one name each. */
export const newAuthority = async (name: string): Promise<Authority> => {
  const keys = await newKeys()
  const now = Date.now()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys: keys as CryptoKeyPair,
    notBefore: new Date(now - day),
    notAfter: new Date(now + 10 * day),
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  })
  return {
    cert: root.toString('pem'),
    issue: async (host, notAfter = new Date(now + day)) => {
      const own = await newKeys()
      const leaf = await x509.X509CertificateGenerator.create({
        subject: `CN=${host}`,
        issuer: root.subject,
        signingKey: keys.privateKey as CryptoKey,
        publicKey: own.publicKey as CryptoKey,
        notBefore: new Date(now - 5 * day),
        notAfter,
        signingAlgorithm: algorithm,
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
      })
      return { key: await pem(own.privateKey), cert: leaf.toString('pem') }
    },
  }
}
