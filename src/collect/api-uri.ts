/** What is kept of the URI that an integration calls: where it leads, without what may be a secret. */

/** A text that only the variables of a stage complete. */
const variable = /\$\{stageVariables\.[^}]*\}?/

/**
 * Of a URL scheme, host and port: a webhook's path is as secret as its query. Of an ARN all that stands before parameters.
 * Where a stage variable is part of it, that it is.
 */
export const integrationUri = (uri: string | undefined): string | undefined => {
  if (uri === undefined || uri === '') return undefined
  if (variable.test(uri)) return variable.exec(uri)?.[0]
  if (/^arn:/.test(uri)) return uri.split(/[?&#]/)[0]
  return URL.canParse(uri) ? new URL(uri).origin : undefined
}
