/** What is known of how a stage of an API was deployed. */
import { type Known, known } from '#base/known.ts'
import type { Api, ApiRoute, ApiStage, Authorizer } from './model.ts'

/** Those that decide at a stage: the deployed ones where AWS exports them, else the configured ones. */
export const authorizersIn = (
  { authorizers }: Api,
  { deployedAuthorizers }: ApiStage,
): Known<readonly Authorizer[]> => (deployedAuthorizers === null ? authorizers : known(deployedAuthorizers))

/**
 * Whether what a route asks of its callers is what was deployed: AWS tells it of the deployment, or nothing of the API was
 * changed since.
 */
export const isDeploymentKnown = (
  { changed }: Api,
  { deployedAuthorizers, deployedAt }: ApiStage,
  { deployedAsConfigured }: ApiRoute,
): boolean =>
  deployedAuthorizers !== null ||
  deployedAsConfigured !== null ||
  (deployedAt !== null &&
    changed.known &&
    Date.parse(deployedAt) > Date.parse(changed.value.at ?? changed.value.since))

/**
 * The route whose authorization decides: a WebSocket API asks whoever connects, and nobody after that. Null where none is
 * asked, as `$connect` is not there.
 */
export const askingRoute = (api: Api, routes: readonly ApiRoute[], route: ApiRoute): ApiRoute | null =>
  api.kind === 'websocket' ? (routes.find(r => r.path === '$connect') ?? null) : route
