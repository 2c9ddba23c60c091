/** Lambda function URLs: the one that an origin names, its siblings of the same function, and their policies. */
import { normalName } from '#base/domain-name.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout } from './calls.ts'
import { objectAt, textAt } from './config.ts'
import { type Facts, gapsOf, listed, misread, refOf } from './facts.ts'
import type { FunctionUrl, ResourcePolicy, Target } from './model.ts'

/** `arn:aws:lambda:<region>:<account>:function:<name>` and the alias that may follow. */
const partsOf = (arn: string): { readonly functionArn: string; readonly alias: string | null } => {
  const parts = arn.split(':')
  return { functionArn: parts.slice(0, 7).join(':'), alias: parts[7] ?? null }
}

const policyOf = (facts: Facts, url: LocatedResource): Known<ResourcePolicy | null> => {
  const asked = call('GetPolicy', url.arn, url)
  const found = facts.byArn(types.functionPolicy, url.arn)
  if (found === undefined)
    return facts.wasRead(asked) && facts.itemsRead(asked) === 0
      ? known(null)
      : unobserved(...gapsOf(facts, asked))
  const document = objectAt(found.config, 'Policy')
  if (document === undefined) return unobserved(misread(found, 'the policy is no JSON object'))
  return known({ ref: refOf(found, `policy of ${url.arn.split(':').slice(6).join(':')}`), document })
}

const hostOf = (resource: LocatedResource): string | undefined => {
  const url = textAt(resource.config, 'FunctionUrl')
  return url !== undefined && URL.canParse(url) ? normalName(new URL(url).hostname) : undefined
}

const authTypes = ['NONE', 'AWS_IAM'] as const

const buildUrl = (facts: Facts, resource: LocatedResource): FunctionUrl => {
  const { functionArn, alias } = partsOf(resource.arn)
  const authType = textAt(resource.config, 'AuthType')
  return {
    ref: refOf(resource, resource.arn.split(':').slice(6).join(':')),
    host: hostOf(resource) ?? '',
    functionArn,
    alias,
    authType: authTypes.find(t => t === authType) ?? 'unrecognised',
    created: textAt(resource.config, 'CreationTime') ?? null,
    policy: policyOf(facts, resource),
  }
}

/** All URLs of the function, that of `url` included; a read that was cut short hides some. */
const urlsOfFunction = (facts: Facts, url: LocatedResource): Known<readonly FunctionUrl[]> => {
  const { functionArn } = partsOf(url.arn)
  const own = facts.byType(types.functionUrl).filter(r => partsOf(r.arn).functionArn === functionArn)
  const all = listed(facts, call('ListFunctionUrlConfigs', functionArn, url), own)
  return all.known ? known(all.value.map(r => buildUrl(facts, r))) : all
}

/** What stands behind a function URL's host name. */
export const functionUrlTarget = (facts: Facts, host: string, names: readonly string[]): Target => {
  const found = facts.byType(types.functionUrl).find(r => hostOf(r) === host)
  if (found === undefined) return { kind: 'unknown', names, gaps: missing(facts, host) }
  const siblings = urlsOfFunction(facts, found)
  const url = buildUrl(facts, found)
  return {
    kind: 'function-url',
    url,
    siblings: siblings.known ? known(siblings.value.filter(s => s.ref.arn !== url.ref.arn)) : siblings,
    names,
  }
}

const missing = (facts: Facts, host: string): ReturnType<typeof gapsOf> => {
  const region = host.split('.')[2] ?? ''
  const unread = facts.snapshot.head.accounts.flatMap(account => {
    const asked = call('ListFunctions', '*', { account, region })
    return facts.wasRead(asked) ? [] : gapsOf(facts, asked)
  })
  if (unread.length > 0) return unread
  const hidden = facts.snapshot.gaps.filter(
    g => g.operation === 'ListFunctionUrlConfigs' && g.region === region,
  )
  if (hidden.length > 0) return hidden
  const asked = call('ListFunctions', host, { region })
  return [gapAbout(asked, 'not-found', `${host} is the URL of no function of the accounts that were read.`)]
}
