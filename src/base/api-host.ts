/** Host names of Amazon API Gateway. Whole labels are compared. */
import { normalName } from './domain-name.ts'

/** An API's own endpoint, or the endpoint behind a custom domain name, which does not say whose it is. */
export type ApiHost =
  | { readonly kind: 'api'; readonly id: string; readonly region: string }
  | { readonly kind: 'domain'; readonly region: string }

const region = '[a-z]{2,}(?:-[a-z]+)+-\\d+'
const end = `\\.execute-api\\.(${region})\\.amazonaws\\.(?:com|com\\.cn|eu)$`
const domain = new RegExp(`^d-[a-z0-9]+${end}`)
/** A private API has a name for each VPC endpoint. */
const api = new RegExp(`^([a-z0-9]+)(?:-vpce-[a-z0-9]+)?${end}`)

/** Null where the name is none of API Gateway's. */
export const apiHostOf = (domainName: string): ApiHost | null => {
  const name = normalName(domainName)
  const [, shared] = domain.exec(name) ?? []
  if (shared !== undefined) return { kind: 'domain', region: shared }
  const [, id, own] = api.exec(name) ?? []
  return id === undefined || own === undefined ? null : { kind: 'api', id, region: own }
}
