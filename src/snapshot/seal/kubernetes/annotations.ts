/** Annotations of ingresses and settings of controllers: configuration snippets, conditions, and plain texts. */
import { sealSnippet } from '../../nginx/snippet.ts'
import type { Inner, Visit } from '../places.ts'
import { conditions } from './conditions.ts'
import { isReference, withoutTokens } from './texts.ts'

interface PlacedText {
  readonly text: string
  /** Line of the file on which it begins. */
  readonly fileLine: number
}

const isPlaced = (value: unknown): value is PlacedText =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  'fileLine' in value &&
  !('values' in value)

/** nginx configuration becomes `{text, values, problems}`, with the line of the file where it has one. */
const snippet = (value: unknown, visit: Visit, inner: Inner): unknown => {
  const source = isPlaced(value) ? value.text : value
  if (typeof source !== 'string') return inner(value)
  const { text, values, problems } = sealSnippet(source, ({ raw, dialect, header }) =>
    visit({ raw, dialect, header }),
  )
  const place = isPlaced(value) ? { fileLine: value.fileLine } : {}
  return { text: inner(text, 'text'), values, problems, ...place }
}

/** `key` is the annotation's name, or that of the setting. What is sealed already stays as it is. */
export const annotation = (key: string, value: unknown, visit: Visit, inner: Inner): unknown => {
  if (key.endsWith('-snippet')) return snippet(value, visit, inner)
  if (typeof value !== 'string') return inner(value, key)
  if (/\/conditions\./.test(key)) return conditions(value, visit, inner)
  return inner(isReference(key) ? value : withoutTokens(value, visit), key)
}
