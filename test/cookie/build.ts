/** Signatures to inspect; their signature bytes are a canary. */
import { encodeBase64 } from '#cookie/base64.ts'

export const keyId = 'K2JCJMDEHXQW5F'
/** 256 bytes, as RSA 2048 gives, with a text in it that no output may hold. */
export const signature = encodeBase64('canary-signature'.repeat(16))
export const now = Date.parse('2026-11-20T12:00:00Z')
export const inOneHour = now / 1000 + 3600

export const statement = (more: Record<string, unknown> = {}, resource?: string | null) => ({
  Statement: [
    {
      ...(resource === null ? {} : { Resource: resource ?? 'https://cdn.example.com/private/*' }),
      Condition: {
        DateLessThan: { 'AWS:EpochTime': inOneHour },
        IpAddress: { 'AWS:SourceIp': '192.0.2.0/24' },
        ...more,
      },
    },
  ],
})

export const cookie = (policy: unknown = statement(), more: Record<string, string> = {}): string =>
  Object.entries({
    'CloudFront-Policy': encodeBase64(typeof policy === 'string' ? policy : JSON.stringify(policy)),
    'CloudFront-Signature': signature,
    'CloudFront-Key-Pair-Id': keyId,
    ...more,
  })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
