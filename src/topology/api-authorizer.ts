/** Who authorizes the requests of an API: Lambda functions, user pools and issuers of tokens. */
import { invokedFunction } from '#base/invoked-function.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, secondCall } from './calls.ts'
import { integerAt, textAt, textsAt } from './config.ts'
import { allKnown, type Facts, listed, misread, refOf } from './facts.ts'
import type { Authorizer } from './model.ts'

const kinds: Readonly<Record<string, Authorizer['type']>> = {
  TOKEN: 'lambda',
  REQUEST: 'lambda',
  COGNITO_USER_POOLS: 'cognito',
  JWT: 'jwt',
}

/** What API Gateway keeps a decision for where nothing says it, in seconds. */
const usualTtl = 300

const restAuthorizer = (resource: LocatedResource): Known<Authorizer> => {
  const id = textAt(resource.config, 'id')
  return id === undefined
    ? unobserved(misread(resource, 'the authorizer has no id'))
    : known(restAuthorizerOf(resource, resource.config, id))
}

/** One that `resource` tells of, in the words of AWS. */
export const restAuthorizerOf = (resource: LocatedResource, said: unknown, id: string): Authorizer => {
  const sources = (textAt(said, 'identitySource') ?? '').split(',').map(source => source.trim())
  return {
    ref: refOf(resource, textAt(said, 'name') ?? id),
    id,
    name: textAt(said, 'name') ?? id,
    type: kinds[textAt(said, 'type') ?? ''] ?? 'unrecognised',
    functionArn: invokedFunction(textAt(said, 'authorizerUri')),
    identitySources: sources.filter(source => source !== ''),
    ttl: integerAt(said, 'authorizerResultTtlInSeconds') ?? usualTtl,
  }
}

/** Decisions about tokens are not kept: the token is looked at each time. WebSocket APIs keep none either. */
const httpAuthorizer = (resource: LocatedResource, kind: 'http' | 'websocket'): Known<Authorizer> => {
  const { config } = resource
  const id = textAt(config, 'AuthorizerId')
  if (id === undefined) return unobserved(misread(resource, 'the authorizer has no id'))
  const type = kinds[textAt(config, 'AuthorizerType') ?? ''] ?? 'unrecognised'
  return known({
    ref: refOf(resource, textAt(config, 'Name') ?? id),
    id,
    name: textAt(config, 'Name') ?? id,
    type,
    functionArn: invokedFunction(textAt(config, 'AuthorizerUri')),
    identitySources: textsAt(config, 'IdentitySource') ?? [],
    ttl:
      type === 'jwt' || kind === 'websocket'
        ? 0
        : (integerAt(config, 'AuthorizerResultTtlInSeconds') ?? usualTtl),
  })
}

export const authorizersOf = (
  facts: Facts,
  api: LocatedResource,
  id: string,
  kind: 'rest' | 'http' | 'websocket',
): Known<readonly Authorizer[]> => {
  const [type, field] = kind === 'rest' ? [types.restAuthorizer, 'restApiId'] : [types.apiAuthorizer, 'ApiId']
  const own = facts.where(type, field, id).filter(one => one.region === api.region)
  const asked = kind === 'rest' ? call('GetAuthorizers', id, api) : secondCall('GetAuthorizers', id, api)
  const found = listed(facts, asked, own)
  if (!found.known) return found
  return allKnown(found.value.map(one => (kind === 'rest' ? restAuthorizer(one) : httpAuthorizer(one, kind))))
}
