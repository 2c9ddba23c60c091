/** The Lambda function in the URI by which API Gateway invokes it. */

const invoked = /\/functions\/(arn:[^/]+)\/invocations$/

/** ARN, of an authorizer or integration; null where it invokes none, or only the variables of a stage tell which. */
export const invokedFunction = (uri: string | undefined): string | null => {
  const arn = invoked.exec(uri ?? '')?.[1]
  return arn === undefined || arn.includes('${') ? null : arn
}
