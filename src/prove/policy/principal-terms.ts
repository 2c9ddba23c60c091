/** Reads what stands in Principal and NotPrincipal. */
import type { PrincipalTerm } from './policy.ts'

const everyone: PrincipalTerm = { kind: 'everyone' }

/** Null where the element is of no known form. */
export const principalsOf = (value: unknown): readonly PrincipalTerm[] | null => {
  if (value === '*') return [everyone]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const terms: PrincipalTerm[] = []
  for (const [type, listed] of Object.entries(value)) {
    const list: readonly unknown[] = Array.isArray(listed) ? listed : [listed]
    for (const item of list) {
      if (typeof item !== 'string') return null
      terms.push(termOf(type, item))
    }
  }
  return terms
}

const termOf = (type: string, text: string): PrincipalTerm => {
  switch (type) {
    case 'AWS':
      return awsTerm(text)
    case 'Service':
      return text.includes('*')
        ? { kind: 'unrecognised', text }
        : { kind: 'service', name: text.toLowerCase() }
    case 'Federated':
      return { kind: 'federated', provider: text }
    case 'CanonicalUser':
      return { kind: 'canonical', id: text }
    default:
      return { kind: 'unrecognised', text: `${type} ${text}` }
  }
}

const awsTerm = (text: string): PrincipalTerm => {
  if (text === '*') return everyone
  const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(:root)?$/.exec(text)
  // `arn:aws:iam::<id>` alone is no principal.
  if (account?.[1] && text.startsWith('arn:') === (account[2] !== undefined))
    return { kind: 'account', account: account[1] }
  if (/^(?:AIDA|AROA|AGPA|ANPA)[A-Z0-9]{12,}$/.test(text)) return { kind: 'deleted' }
  // Wildcards are not allowed inside a principal: AWS refuses such a document.
  return /^arn:[\w-]+:(?:iam|sts)::(?:\d{12}|cloudfront):[^*?]+$/.test(text)
    ? { kind: 'arn', arn: text }
    : { kind: 'unrecognised', text }
}
