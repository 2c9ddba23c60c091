/** Secrets and parameters that belong to a distribution, as far as metadata tells of them. */
import { known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from '../calls.ts'
import { asObject, flagAt, integerAt, listAt, textAt, textsAt } from '../config.ts'
import { type Facts, gapsOf, misread, refOf } from '../facts.ts'
import type { StoredParameter, StoredSecret, TokenLife } from '../model/life.ts'
import { unlisted } from './lists.ts'

type Versions = StoredSecret['versions']

const versionsOf = (facts: Facts, secret: LocatedResource): Versions => {
  const found = facts.byArn(types.secretVersions, secret.arn)
  if (found === undefined)
    return unobserved(...gapsOf(facts, call('ListSecretVersionIds', secret.arn, secret)))
  const versions = listAt(found.config, 'Versions')
  if (versions === undefined) return unobserved(misread(found, 'the versions cannot be read'))
  return known(
    versions.map(version => ({
      created: textAt(version, 'CreatedDate') ?? null,
      stages: textsAt(version, 'VersionStages') ?? [],
    })),
  )
}

const tagsOf = (resource: LocatedResource): StoredSecret['tags'] =>
  Object.fromEntries(
    (listAt(resource.config, 'Tags') ?? []).flatMap(tag => {
      const key = textAt(asObject(tag), 'Key')
      return key === undefined ? [] : [[key, textAt(asObject(tag), 'Value') ?? '']]
    }),
  )

const secretOf = (facts: Facts, resource: LocatedResource): StoredSecret => {
  const { config } = resource
  return {
    ref: refOf(resource, textAt(config, 'Name') ?? resource.arn),
    created: textAt(config, 'CreatedDate') ?? null,
    lastChanged: textAt(config, 'LastChangedDate') ?? null,
    lastRotated: textAt(config, 'LastRotatedDate') ?? null,
    nextRotation: textAt(config, 'NextRotationDate') ?? null,
    rotationEnabled: flagAt(config, 'RotationEnabled') ?? false,
    rotationFunctionArn: textAt(config, 'RotationLambdaARN') ?? null,
    rotationDays: integerAt(config, 'RotationRules', 'AutomaticallyAfterDays') ?? null,
    versions: versionsOf(facts, resource),
    tags: tagsOf(resource),
  }
}

const parameterTypes = ['String', 'StringList', 'SecureString'] as const

const parameterOf = (resource: LocatedResource): StoredParameter => {
  const { config } = resource
  const type = textAt(config, 'Type')
  return {
    ref: refOf(resource, textAt(config, 'Name') ?? resource.arn),
    type: parameterTypes.find(t => t === type) ?? 'unrecognised',
    lastModified: textAt(config, 'LastModifiedDate') ?? null,
    version: integerAt(config, 'Version') ?? null,
  }
}

export const storedSecretsOf = (facts: Facts): TokenLife['secrets'] => ({
  items: facts.byType(types.secret).map(resource => secretOf(facts, resource)),
  gaps: unlisted(facts, 'ListSecrets'),
})

export const storedParametersOf = (facts: Facts): TokenLife['parameters'] => ({
  items: facts.byType(types.parameter).map(parameterOf),
  gaps: unlisted(facts, 'DescribeParameters'),
})
