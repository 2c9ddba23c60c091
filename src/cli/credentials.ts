/** Credentials: the standard AWS chain, a profile of it, and a role assumed from there. */
import type { Settings } from './settings.ts'

/** The region that global and sign-in calls go to: of the flag, the environment or the profile, as the SDK finds it. */
export const homeRegion = async ({
  region,
  profile,
}: Pick<Settings, 'region' | 'profile'>): Promise<string> => {
  if (region?.[0] !== undefined) return region[0]
  const { STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient(profile ? { profile } : {})
  return client.config.region().catch(() => 'us-east-1')
}

type Provider = ReturnType<typeof import('@aws-sdk/credential-providers')['fromTemporaryCredentials']>

/** Nothing is called here: the provider resolves when the first request is signed. */
export const credentialsOf = async (settings: Settings): Promise<Provider> => {
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import('@aws-sdk/credential-providers')
  const chain = fromNodeProviderChain(settings.profile ? { profile: settings.profile } : {})
  if (!settings.roleArn) return chain
  return fromTemporaryCredentials({
    masterCredentials: chain,
    params: {
      RoleArn: settings.roleArn,
      RoleSessionName: 'originproof',
      ...(settings.externalId && { ExternalId: settings.externalId }),
    },
    clientConfig: {
      region: await homeRegion(settings),
      ...(settings.endpointUrl && { endpoint: settings.endpointUrl }),
    },
  })
}
