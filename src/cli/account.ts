/** What collecting needs from the settings: credentials, regions, resolver, key, manifests, a cluster, and progress. */
import { type CollectEvent, type CollectOptions, dnsResolver } from '#scan.ts'
import { httpUrl } from './checks.ts'
import { credentialsOf, homeRegion } from './credentials.ts'
import { clusterAccess } from './kubeconfig.ts'
import { readManifests } from './manifests.ts'
import { version } from './package-files.ts'
import type { Progress } from './progress.ts'
import { sealKey } from './seal-key.ts'
import type { Settings } from './settings.ts'

/** Counts calls and names stages; values never come this way. */
const reporting = (progress: Progress): ((event: CollectEvent) => void) => {
  let calls = 0
  return event => {
    if (event.kind === 'stage') progress.stage(event.stage)
    else progress.detail(`${++calls} calls, ${event.service} ${event.operation} in ${event.region}`)
  }
}

export const collectOptions = async (settings: Settings, progress: Progress): Promise<CollectOptions> => {
  const fromEnvironment = process.env.AWS_ENDPOINT_URL
  const endpoint = settings.endpointUrl ?? (fromEnvironment && httpUrl(fromEnvironment))
  const cluster = await clusterAccess(settings.kubeconfig, settings.context)
  return {
    credentials: await credentialsOf(settings),
    ...(endpoint && { endpoint }),
    ...(settings.region && { regions: settings.region }),
    homeRegion: await homeRegion(settings),
    sealKey: await sealKey(settings.sealKeyFile),
    now: new Date(),
    ...(settings.manifests && { manifests: await readManifests(settings.manifests) }),
    ...(cluster && { cluster }),
    resolver: dnsResolver(settings.dnsServer ? { server: settings.dnsServer } : {}),
    findPlaintext: settings.findPlaintext,
    onProgress: reporting(progress),
    tool: `originproof ${await version()}`,
  }
}
