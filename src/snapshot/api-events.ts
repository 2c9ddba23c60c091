/** The events of CloudTrail that change what an API of API Gateway asks of callers, beyond what a deployment tells of itself. */

/** Calls that may change the resource policy, or whether the default endpoint is off: no deployment tells of either. */
export const apiSettingEvents: readonly string[] = ['PutRestApi', 'ReimportApi', 'UpdateApi', 'UpdateRestApi']

/**
 * Names of calls of both generations of API Gateway. A deployment tells whom its methods ask; which authorizer decides and at
 * what it looks, and what is called, only where AWS exports it.
 */
export const apiEvents: readonly string[] = [
  ...apiSettingEvents,
  'CreateRoute',
  'DeleteAuthorizer',
  'DeleteIntegration',
  'DeleteMethod',
  'DeleteResource',
  'DeleteRoute',
  'PutIntegration',
  'PutMethod',
  'UpdateAuthorizer',
  'UpdateIntegration',
  'UpdateMethod',
  'UpdateResource',
  'UpdateRoute',
]
