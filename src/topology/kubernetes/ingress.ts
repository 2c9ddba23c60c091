/** Ingress objects and their classes. */
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { integerAt, isMissing, listAt, textAt, valueAt } from '../config.ts'
import { misread } from '../facts.ts'
import type { BackendService, Ingress, IngressClass, IngressPath, PathType } from '../model/kubernetes.ts'
import { annotationsOf, objectOf, textsIn } from './object.ts'
import { snippetsIn, unreadable } from './snippet.ts'

const nginxPrefix = 'nginx.ingress.kubernetes.io/'
const oldClass = 'kubernetes.io/ingress.class'
const pathTypes: readonly PathType[] = ['Exact', 'Prefix', 'ImplementationSpecific']

export interface BuiltIngress {
  readonly ingress: Ingress
  /** Host names of the load balancer that serves it, lower case. */
  readonly hostnames: readonly string[]
  readonly gaps: readonly Gap[]
}

const backendOf = (raw: unknown): BackendService | null => {
  const name = textAt(raw, 'service', 'name')
  if (name === undefined) return null
  const port = integerAt(raw, 'service', 'port', 'number') ?? textAt(raw, 'service', 'port', 'name') ?? ''
  return { name, port: String(port) }
}

const pathOf = (raw: unknown): IngressPath => ({
  path: textAt(raw, 'path') ?? '',
  pathType: pathTypes.find(t => t === textAt(raw, 'pathType')) ?? 'ImplementationSpecific',
  service: backendOf(valueAt(raw, 'backend')),
})

const pathsOf = (rule: unknown): readonly unknown[] => listAt(rule, 'http', 'paths') ?? []

const texts = (list: readonly unknown[] | undefined): readonly string[] =>
  (list ?? []).filter(item => typeof item === 'string')

export const hostnamesOf = ({ config }: LocatedResource): readonly string[] =>
  (listAt(config, 'status', 'loadBalancer', 'ingress') ?? []).flatMap(
    one => textAt(one, 'hostname')?.toLowerCase() ?? [],
  )

const gapsOf = (resource: LocatedResource): readonly Gap[] => {
  const { config } = resource
  const rules = listAt(config, 'spec', 'rules')
  const types = (rules ?? []).flatMap(pathsOf).map(p => textAt(p, 'pathType'))
  const odd = types.some(t => t !== undefined && !pathTypes.some(known => known === t))
  const own = Object.fromEntries(
    Object.entries(annotationsOf(resource)).filter(([key]) => key.startsWith(nginxPrefix)),
  )
  return [
    ...(isMissing(config, 'spec', 'rules') || rules ? [] : [misread(resource, 'its rules are not a list')]),
    ...(odd ? [misread(resource, 'a path has a type that is not known')] : []),
    ...unreadable(own).map(key => misread(resource, `the annotation ${key} cannot be read`)),
  ]
}

export const buildIngress = (resource: LocatedResource): BuiltIngress => {
  const { config } = resource
  const annotations = annotationsOf(resource)
  const plain = Object.entries(textsIn(annotations))
  const tls = listAt(config, 'spec', 'tls') ?? []
  const ingress: Ingress = {
    ...objectOf(resource),
    className: textAt(config, 'spec', 'ingressClassName') ?? textAt(annotations, oldClass) ?? null,
    createdAt: textAt(config, 'metadata', 'creationTimestamp') ?? null,
    rules: (listAt(config, 'spec', 'rules') ?? []).map(rule => ({
      host: textAt(rule, 'host') ?? '',
      paths: pathsOf(rule).map(pathOf),
    })),
    defaultBackend: backendOf(valueAt(config, 'spec', 'defaultBackend')),
    annotations: Object.fromEntries(
      plain.flatMap(([key, value]) =>
        key.startsWith(nginxPrefix) ? [[key.slice(nginxPrefix.length), value]] : [],
      ),
    ),
    snippets: snippetsIn(annotations, nginxPrefix),
    tlsHosts: tls.flatMap(one => texts(listAt(one, 'hosts'))),
  }
  return { ingress, hostnames: hostnamesOf(resource), gaps: gapsOf(resource) }
}

export const buildClass = (resource: LocatedResource): IngressClass => ({
  name: objectOf(resource).name,
  controller: textAt(resource.config, 'spec', 'controller') ?? '',
  isDefault: textAt(annotationsOf(resource), 'ingressclass.kubernetes.io/is-default-class') === 'true',
})
