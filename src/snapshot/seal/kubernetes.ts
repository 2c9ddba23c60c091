/** Where secrets stand in objects of a cluster: annotations, settings of controllers, matchers of routes, arguments. */
import { sealRule } from '../traefik/seal-rule.ts'
import { annotation } from './kubernetes/annotations.ts'
import { httpRoute, middleware } from './kubernetes/routes.ts'
import { commandLine } from './kubernetes/texts.ts'
import { each, type Fields, type Inner, isFields, type Place, rewritten, type Visit } from './places.ts'

/** Rewrites one field of an object. */
type Rule = (value: unknown, visit: Visit, inner: Inner) => unknown

/** The values of a map of texts, each by the name it stands under. */
const named: Rule = (value, visit, inner) =>
  isFields(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, v]) => [String(inner(key)), annotation(key, v, visit, inner)]),
      )
    : inner(value)

const metadata: Rule = (value, visit, inner) =>
  isFields(value) ? rewritten(value, inner, { annotations: v => named(v, visit, inner) }) : inner(value)

/** The value at a path of fields, each list on the way item by item, by `rule`. */
const at =
  (rule: Rule, ...path: readonly string[]): Rule =>
  (value, visit, inner) => {
    const [key, ...rest] = path
    return each(value, v => {
      if (key === undefined) return rule(v, visit, inner)
      return isFields(v) ? rewritten(v, inner, { [key]: w => at(rule, ...rest)(w, visit, inner) }) : inner(v)
    })
  }

const workload = at(
  (container, visit, inner) =>
    isFields(container)
      ? rewritten(container, inner, {
          command: v => each(v, a => commandLine(a, visit, inner)),
          args: v => each(v, a => commandLine(a, visit, inner)),
        })
      : inner(container),
  'template',
  'spec',
  'containers',
)

/** What a router of Traefik asks of a request. */
const rule: Rule = (value, visit, inner) => {
  if (typeof value !== 'string') return inner(value)
  const { text, values, length } = sealRule(value, ({ raw, dialect, header }) =>
    visit({ raw, dialect, header }),
  )
  return { text: inner(text, 'text'), values, length }
}

const byKind: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  ConfigMap: { data: named },
  Deployment: { spec: workload },
  DaemonSet: { spec: workload },
  IngressRoute: { spec: at(rule, 'routes', 'match') },
  IngressRouteTCP: { spec: at(rule, 'routes', 'match') },
  HTTPRoute: { spec: httpRoute },
  GRPCRoute: { spec: httpRoute },
  TLSRoute: { spec: httpRoute },
  TCPRoute: { spec: httpRoute },
  Middleware: { spec: middleware },
}

const isObject = (fields: Fields): fields is Fields & { readonly kind: string } =>
  typeof fields.apiVersion === 'string' && typeof fields.kind === 'string' && isFields(fields.metadata)

/** An object of a cluster, whatever record it stands in. */
export const kubernetesObject: Place = (fields, visit, inner) => {
  if (!isObject(fields)) return null
  const own = Object.hasOwn(byKind, fields.kind) ? (byKind[fields.kind] ?? {}) : {}
  return rewritten(fields, inner, {
    metadata: v => metadata(v, visit, inner),
    ...Object.fromEntries(
      Object.entries(own).map(([key, rule]) => [key, (v: unknown) => rule(v, visit, inner)]),
    ),
  })
}
