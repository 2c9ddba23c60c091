/** What an integration adds to the requests that it passes on: the names, never the values, which may be secrets. */

const parameter = /^(?:(?:overwrite|append):|integration\.request\.)(header|querystring)\.(.+)$/i

const keysOf = (uri: string | undefined): readonly string[] =>
  uri !== undefined && URL.canParse(uri) ? [...new URL(uri).searchParams.keys()] : []

/** `header.x-auth-token` and `querystring.key`, in lower case; of the request parameters and the URI of an integration. */
export const writtenNames = (
  parameters: Readonly<Record<string, unknown>> | undefined,
  uri: string | undefined,
): readonly string[] => {
  const named = Object.keys(parameters ?? {}).flatMap(key => {
    const [, place, name] = parameter.exec(key) ?? []
    return place === undefined ? [] : [`${place}.${name}`]
  })
  const names = [...named, ...keysOf(uri).map(key => `querystring.${key}`)].map(n => n.toLowerCase())
  return [...new Set(names)].toSorted()
}
