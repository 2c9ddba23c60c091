/** Certificates for hostile servers: a small authority, and leaves that are right or wrong in one way. */
import 'reflect-metadata'
import { KeyObject, type webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000

export interface Pair {
  readonly key: string
  readonly cert: string
}

interface Authority {
  readonly cert: string
  readonly issue: (name: string, notAfter?: Date) => Promise<Pair>
}

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

const pem = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString()

/** A self-signed authority that issues leaves for one name each. */
export const newAuthority = async (name: string): Promise<Authority> => {
  const keys = await newKeys()
  const now = Date.now()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
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
        signingKey: keys.privateKey,
        publicKey: own.publicKey,
        notBefore: new Date(now - 5 * day),
        notAfter,
        signingAlgorithm: algorithm,
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
      })
      return { key: pem(own.privateKey), cert: leaf.toString('pem') }
    },
  }
}
