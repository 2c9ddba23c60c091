/** What manifests leave open although they can be read: templates that nobody rendered, and objects that stand twice. */
import type { ResourceRecord } from '#snapshot/record.ts'
import { isFields } from './fields.ts'

/** An action of Go's templates, as Helm's charts are made of: `{{ .Values.host }}`, `{{- include "x" . }}`, `{{ end }}`. */
const template = /\{\{-?\s*(?:[.$(]|(?:end|else)\b|[A-Za-z]\w*\s+[.$"'`(])/

const holdsTemplate = (value: unknown): boolean => {
  if (typeof value === 'string') return template.test(value)
  if (Array.isArray(value)) return value.some(holdsTemplate)
  return isFields(value) && Object.entries(value).some(([key, v]) => template.test(key) || holdsTemplate(v))
}

/** Whether what is kept of an object depends on values that are filled in later. */
export const isUnrendered = ({ config }: ResourceRecord): boolean => holdsTemplate(config)

/** An object as it was read. */
export interface Twin<T> {
  /** Of one group, kind, namespace and name. */
  readonly key: string
  readonly object: unknown
  readonly found: T
}

/** Of objects that stand more than once and say different things: each later one, with the first. */
export const contradictions = <T>(all: readonly Twin<T>[]): readonly (readonly [T, T])[] => {
  const firsts = new Map<string, Twin<T>>()
  return all.flatMap(one => {
    const first = firsts.get(one.key)
    if (first === undefined) firsts.set(one.key, one)
    return first === undefined || JSON.stringify(first.object) === JSON.stringify(one.object)
      ? []
      : [[first.found, one.found] as const]
  })
}
