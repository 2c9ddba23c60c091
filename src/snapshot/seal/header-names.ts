/** Which header and query names carry secrets, which never do, and which values look like a token whatever they are called. */
import { strengthOf } from '../strength.ts'

const always = /^(?:authorization|proxy-authorization|cookie|x-api-key)$/

/** Headers of everyday traffic: their values are published, or differ with every request. */
const ordinary =
  /^(?:user-agent|accept(?:-.+)?|content-.+|host|origin|referer|via|forwarded|x-forwarded-(?:for|proto|host|port|server|prefix|scheme|ssl|path|uri)|x-real-ip|true-client-ip|x-client-ip|x-requested-with|x-amz-cf-id|x-amzn-trace-id|x-edge-.+|cloudfront-(?:viewer-.+|is-.+|forwarded-proto)|cache-control|pragma|connection|keep-alive|date|expect|from|if-.+|max-forwards|range|te|trailer|transfer-encoding|upgrade|upgrade-insecure-requests|warning|dnt|sec-.+|save-data|device-memory|priority|early-data|access-control-.+|x-http-method-override)$/

const credentialName =
  /token|secret|key|auth|sig|pass|pwd|credential|session|jwt|hash|nonce|ticket|code|verify/i

/** Values that sealing itself put in the place of a secret say nothing more. */
const sealMark = /\[sealed:[0-9a-f]{8}\]/g

/** One long run of token characters with more bits than a name or product would have. */
const looksLikeToken = (value: string): boolean => {
  const bare = value.replace(sealMark, '').replace(/^[*?]+|[*?]+$/g, '')
  return /^[A-Za-z0-9+/=_*?-]{16,}$/.test(bare) && strengthOf(bare, 'value').exactBits >= 64
}

/**
 * Whether the value of a header is sealed: always unless the header is one of everyday traffic, and even then where the
 * value looks like a token (a secret `Referer` is an old trick).
 */
export const isSecretHeader = (name: string, value: string): boolean => {
  const header = name.trim().toLowerCase()
  return always.test(header) || !ordinary.test(header) || looksLikeToken(value)
}

/** Whether a query value is sealed: by its key, or because it carries 40 bits or more. */
export const isSecretQuery = (key: string | null, value: string): boolean => {
  const bare = value.replace(sealMark, '')
  return (
    (key !== null && credentialName.test(key)) ||
    strengthOf(bare, 'alb-glob', { escapes: true }).exactBits >= 40
  )
}
