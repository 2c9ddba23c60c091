/** What is kept of an object: what decides who is let in. Everything else, and all of most Secrets, stays where it is. */
import { containersOf } from './controllers.ts'
import { type Fields, fieldsAt, isFields, listAt, type Named, only, textAt } from './fields.ts'
import { type PasswordForm, passwordFile } from './password-files.ts'

/** Line of the file on which the text at a path of keys begins, where each line of the text is one of the file. */
export type LineOf = (...path: readonly string[]) => number | undefined

/** Annotations of controllers; those of tools around them (kubectl's copy of the whole object first of all) are none. */
const keptAnnotation = (name: string): boolean =>
  name === 'kubernetes.io/ingress.class' ||
  /^(?:[a-z0-9-]+\.)*(?:ingress\.kubernetes\.io|ingressclass\.kubernetes\.io|service\.beta\.kubernetes\.io|k8s\.aws|traefik\.io|networking\.k8s\.io)\//.test(
    name,
  ) ||
  /\/(?:[a-z]+-snippet|auth-[a-z-]+|satisfy|(?:white|allow|deny)list-source-range|server-alias)$/.test(name)

/** nginx configuration, with its place in the file. */
const snippet = (text: unknown, line: number | undefined): unknown =>
  typeof text === 'string' && line !== undefined ? { text, fileLine: line } : text

const withLines = (texts: Fields, lineOf: (key: string) => number | undefined): Fields =>
  Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      key.endsWith('-snippet') ? snippet(value, lineOf(key)) : value,
    ]),
  )

const metadataOf = (object: Fields, { namespace, name }: Named, lineOf: LineOf): Fields => {
  const metadata = fieldsAt(object, 'metadata')
  const annotations = Object.fromEntries(
    Object.entries(fieldsAt(metadata, 'annotations')).filter(([key]) => keptAnnotation(key)),
  )
  return {
    name,
    ...(namespace === '-' ? {} : { namespace }),
    ...only(metadata, ['labels', 'creationTimestamp']),
    annotations: withLines(annotations, key => lineOf('metadata', 'annotations', key)),
  }
}

/** Environment, volumes and all other containers' business may hold anything; where files are put is kept. */
const workloadSpec = (workload: Fields): Fields => {
  const template = fieldsAt(workload, 'spec', 'template')
  const container = (one: Fields): Fields => {
    const places = listAt(one, 'volumeMounts').filter(isFields)
    return {
      ...only(one, ['name', 'image', 'ports', 'command', 'args']),
      ...(places.length === 0 ? {} : { volumeMounts: places.map(mount => only(mount, ['mountPath'])) }),
    }
  }
  return {
    ...only(fieldsAt(workload, 'spec'), ['replicas']),
    template: {
      metadata: only(fieldsAt(template, 'metadata'), ['labels']),
      spec: {
        ...only(fieldsAt(template, 'spec'), ['hostNetwork']),
        containers: containersOf(workload).map(container),
      },
    },
  }
}

/** What a plugin is configured with is its own business, and may hold its keys. */
const middlewareSpec = (middleware: Fields): Fields => {
  const { plugin, ...spec } = fieldsAt(middleware, 'spec')
  return isFields(plugin)
    ? { ...spec, plugin: Object.fromEntries(Object.keys(plugin).map(name => [name, {}])) }
    : spec
}

/** The keys of a Secret, and, in clear for the door alone, the files that its users take from it. */
const secretFields = (secret: Fields, forms: readonly PasswordForm[]): Fields => ({
  type: textAt(secret, 'type') || 'Opaque',
  keys: [...new Set([fieldsAt(secret, 'data'), fieldsAt(secret, 'stringData')].flatMap(Object.keys))].sort(),
  basicAuth: forms.map(form => ({ form, file: passwordFile(secret, form) })),
})

/** `config` of the record. `forms` are the ways in which a Secret is used, none for other kinds. */
export const keptOf = (
  object: Fields,
  named: Named,
  lineOf: LineOf,
  forms: readonly PasswordForm[] = [],
): Fields => {
  const { apiVersion, kind } = named
  const head = { apiVersion, kind, metadata: metadataOf(object, named, lineOf) }
  switch (kind) {
    case 'Namespace':
      return head
    case 'ConfigMap':
      return { ...head, data: withLines(fieldsAt(object, 'data'), key => lineOf('data', key)) }
    case 'Secret':
      return { ...head, ...secretFields(object, forms) }
    case 'Deployment':
    case 'DaemonSet':
      return { ...head, spec: workloadSpec(object) }
    case 'Middleware':
      return { ...head, spec: middlewareSpec(object) }
    default:
      return { ...head, ...only(object, ['spec', 'status']) }
  }
}
