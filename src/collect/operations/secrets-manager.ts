/** The AWS Secrets Manager operations that collecting uses: metadata only, never a value. */
import type * as SecretsManager from '@aws-sdk/client-secrets-manager'
import { byToken, operationsOf } from './operation.ts'

const define = operationsOf('secrets-manager')

export const listSecrets = define<
  SecretsManager.ListSecretsCommandInput,
  SecretsManager.ListSecretsCommandOutput
>()({
  name: 'ListSecrets',
  purpose: 'when the secret behind an origin header was changed and rotated last; names and dates, no values',
  target: '*',
  always: { MaxResults: 100 },
  items: output => output.SecretList,
  next: byToken,
})

export const listSecretVersionIds = define<
  SecretsManager.ListSecretVersionIdsCommandInput,
  SecretsManager.ListSecretVersionIdsCommandOutput
>()({
  name: 'ListSecretVersionIds',
  purpose: 'since when the current version is in use, and whether a rotation is stuck half-way; no values',
  target: 'secret ARN',
  always: { MaxResults: 100 },
  items: output => output.Versions,
  next: byToken,
})
