/** The events of CloudTrail that change what an API of API Gateway asks of callers, beyond what a deployment tells of itself. */

/**
 * Names of calls of both generations of API Gateway. A deployment tells whom its methods ask; not its resource policy, whether
 * the default endpoint is off, which authorizer decides and at what it looks, and what is called.
 */
export const apiEvents: readonly string[] = [
  'CreateRoute',
  'DeleteMethod',
  'DeleteRoute',
  'PutIntegration',
  'PutMethod',
  'PutRestApi',
  'ReimportApi',
  'UpdateApi',
  'UpdateAuthorizer',
  'UpdateIntegration',
  'UpdateMethod',
  'UpdateRestApi',
  'UpdateRoute',
]
