/** Credentials: the standard AWS chain, a profile of it, and a role assumed from there. */
import type { Settings } from './settings.ts'

/** The region that global and sign-in calls go to when the environment names none. */
export const homeRegion = (settings: Pick<Settings, 'region'>): string =>
  settings.region?.[0] ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1'

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
      region: homeRegion(settings),
      ...(settings.endpointUrl && { endpoint: settings.endpointUrl }),
    },
  })
}
