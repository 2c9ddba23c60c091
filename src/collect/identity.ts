/** Who is asking. Without an answer to this nothing else can be read, so it is the one fault that ends a collection. */
import { UserFault } from '#base/fault.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Send } from './clients.ts'
import { type Failure, failureOf, hasExpired, isCredentialFailure } from './failure.ts'
import type { Journal } from './journal.ts'
import { getCallerIdentity } from './operations/sts.ts'
import { arnParts } from './reader.ts'

export interface Identity {
  readonly account: string
  readonly partition: string
}

/** Asks STS and notes the answer. Throws a UserFault that says what is wrong with the credentials or the connection. */
export async function identify(
  send: Send,
  journal: Journal,
  region: string,
  endpoint: string | undefined,
): Promise<Identity> {
  const output = await send('sts', region, getCallerIdentity.name, {}).catch((thrown: unknown) => {
    throw new UserFault(sentence(failureOf(thrown), region, endpoint))
  })
  const [own] = getCallerIdentity.items(output as Parameters<typeof getCallerIdentity.items>[0]) ?? []
  const account = own?.Account
  if (!own || !account) throw new UserFault(sentence({ code: 'malformed', reason: '' }, region, endpoint))
  journal.account = account
  journal.read(getCallerIdentity, region, '*', 1)
  const arn = own.Arn ?? ''
  journal.keep(getCallerIdentity, { type: types.account, arn: arn || account, region, config: own })
  return { account, partition: arnParts(arn).partition || 'aws' }
}

const sentence = (failure: Failure, region: string, endpoint: string | undefined): string => {
  const { code, reason } = failure
  const where = endpoint ? `at ${endpoint}` : `in ${region}`
  if (/Provider/.test(reason))
    return 'No AWS credentials were found: set a profile (--profile), environment variables, or run where a role is attached.'
  if (hasExpired(failure))
    return `The AWS credentials have expired (${reason}): sign in again, then repeat the scan.`
  if (isCredentialFailure(failure))
    return `AWS does not accept the credentials (${reason}): check the access key, the region and the clock of this machine.`
  if (code === 'denied')
    return `The credentials may not be used (${reason}): where a role is to be assumed, check its trust policy and the external id.`
  if (code === 'unreachable' || code === 'timeout')
    return `No connection to AWS STS ${where} (${reason}): check the network, the proxy and the endpoint URL.`
  if (code === 'malformed')
    return `What answers ${where} is not AWS STS: check the endpoint URL and any proxy in between.`
  return `AWS STS ${where} did not say whose credentials these are (${reason}): try again later.`
}
