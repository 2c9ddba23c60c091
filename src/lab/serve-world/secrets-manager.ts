/** AWS Secrets Manager of a world: what may be listed; there are no values. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, orRefuse } from './operation.ts'
import { pageOf } from './page.ts'

const paging = (token: unknown, asked: unknown, pageSize: number) => ({
  token,
  asked,
  most: 100,
  pageSize,
  badToken: 'InvalidNextTokenException',
})

export const secretsManager: Operations = {
  ListSecrets: ({ input, view, pageSize }) => {
    const { items, next } = pageOf(
      view.list(types.secret),
      paging(input.NextToken, input.MaxResults, pageSize),
    )
    // What people write into descriptions is nobody's business.
    const SecretList = items.map(one => ({ ...one, Description: 'lab-description-that-must-not-be-kept' }))
    return { SecretList, NextToken: next }
  },
  ListSecretVersionIds: ({ input, view, pageSize }) => {
    const { SecretId } = input
    const secret = orRefuse(view.by(types.secret, 'ARN', SecretId), 'ResourceNotFoundException', SecretId)
    const [found] = view.by(types.secretVersions, 'ARN', secret.ARN)
    const versions = Array.isArray(found?.Versions) ? found.Versions : []
    const { items, next } = pageOf(versions, paging(input.NextToken, input.MaxResults, pageSize))
    return { ARN: secret.ARN, Name: secret.Name, Versions: items, NextToken: next }
  },
}
