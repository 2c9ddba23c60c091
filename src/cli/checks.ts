/** The checks of single settings, the same for a flag and for the config file. Each throws one sentence. */

import { UserFault } from '#base/fault.ts'
import { addressFamily } from '#base/ip-set.ts'
import { type Format, formats as known } from './formats.ts'

type Check<T> = (value: T) => T

const refuse = (value: string, what: string): never => {
  throw new UserFault(`${JSON.stringify(value)} is not ${what}.`)
}

const matching =
  (pattern: RegExp, what: string): Check<string> =>
  value =>
    pattern.test(value) ? value : refuse(value, what)

export const region = matching(
  /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/,
  'the name of an AWS region, such as eu-west-1',
)

export const roleArn = matching(
  /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/,
  'the ARN of a role, such as arn:aws:iam::111122223333:role/audit',
)

export const keyId = matching(/^[A-Z0-9]{8,24}$/, 'a CloudFront key id, such as K2JCJMDEHXQW5F')

export const objectName = matching(
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  'the name of an object with its namespace, such as shop/shop-users',
)

export const cidr: Check<string> = value =>
  value.includes('/') && addressFamily(value) !== null
    ? value
    : refuse(value, 'a CIDR, such as 203.0.113.0/24')

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'

/** A whole name: no wildcard, which would vouch for hosts that nobody has looked at. */
export const hostName = matching(
  new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+[a-z][a-z0-9-]{0,62}\\.?$`, 'i'),
  'the name of one host, such as origin.example.com',
)

export const httpUrl: Check<string> = value => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url?.protocol === 'http:' || url?.protocol === 'https:'
    ? value
    : refuse(value, 'an http or https URL')
}

/** `1.2.3.4`, `1.2.3.4:53`, `[::1]:53`. */
export const dnsServer: Check<string> = value => {
  const [, bracketed, plain, port = '53'] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(value) ?? []
  const address = bracketed ?? plain ?? ''
  const isAddress = !address.includes('/') && addressFamily(address) !== null
  return isAddress && Number(port) >= 1 && Number(port) <= 65_535
    ? value
    : refuse(value, 'an address with a port, such as 127.0.0.1:5353')
}

export const formats = (names: readonly string[]): readonly Format[] => {
  const trimmed = names.map(n => n.trim())
  const wrong = trimmed.find(n => !(known as readonly string[]).includes(n))
  if (wrong !== undefined) refuse(wrong, `a format; choose from ${known.join(', ')}`)
  return [...new Set(trimmed)] as Format[]
}
