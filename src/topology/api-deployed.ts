/** What is known of how a stage of an API was deployed. */
import { type Known, known } from '#base/known.ts'
import type { Api, ApiRoute, ApiStage, Authorizer } from './model.ts'

/** Those that decide at a stage: the deployed ones where AWS exports them, else the configured ones. */
export const authorizersIn = (
  { authorizers }: Api,
  { deployedAuthorizers }: ApiStage,
): Known<readonly Authorizer[]> => (deployedAuthorizers === null ? authorizers : known(deployedAuthorizers))

/** Whether what a route asks of its callers is what was deployed. */
export const isDeploymentKnown = (
  { deployedAuthorizers }: ApiStage,
  { deployedAsConfigured }: ApiRoute,
): boolean => deployedAuthorizers !== null || deployedAsConfigured !== null
