/** Names of the estate: what looks like a secret's value but stands in DNS, certificates and ARNs for everyone to read. */

/** Fields that identify things, and that joins go by. */
export const isIdentityField = (key: string): boolean =>
  /(?:Id|Ids|Arn|Arns|ARN|ARNs|arn|Name|Names|Identifier|CNAME|Aliases|Zone|Target|Targets)$/.test(key) &&
  key !== 'HeaderName'

const hostName = /^(?:https?:\/\/)?(?:[a-z0-9*_-]+\.)+[a-z]{2,24}\.?(?::\d{1,5})?\/?$/
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*)(?:\/\d{1,3})?$/i
const arn = /^arn:aws[a-z-]*:/

/** A host name in lower case, an address, a CIDR or an ARN. */
export const looksLikeName = (text: string): boolean =>
  hostName.test(text) || address.test(text) || arn.test(text)
