/** Pieces of nginx configuration as the door left them: text with marks, and the sealed values behind the marks. */
import { isSealed } from '#snapshot/sealed.ts'
import { asObject, type Config, integerAt, listAt, valueAt } from '../config.ts'
import type { Snippet } from '../model/kubernetes.ts'

/** Undefined for anything else. */
const snippetOf = (raw: unknown): Snippet | undefined => {
  const text = valueAt(raw, 'text')
  const values = listAt(raw, 'values')
  const problems = listAt(raw, 'problems')
  if (typeof text !== 'string' || values === undefined || problems === undefined) return undefined
  const line = integerAt(raw, 'fileLine')
  return {
    text,
    values: values.map(v => (isSealed(v) || typeof v === 'string' ? v : '')),
    problems: problems.map(problemOf),
    ...(line === undefined ? {} : { fileLine: line }),
  }
}

const problemOf = (raw: unknown): Snippet['problems'][number] => {
  const text = valueAt(raw, 'text')
  return {
    kind: valueAt(raw, 'kind') === 'quotes' ? 'quotes' : 'syntax',
    line: integerAt(raw, 'line') ?? 1,
    text: typeof text === 'string' ? text : 'it is not well-formed',
  }
}

/** Snippets by name, of the entries whose names begin with the prefix; the prefix is taken off. */
export const snippetsIn = (object: Config, prefix: string): Readonly<Record<string, Snippet>> =>
  Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => {
      const snippet = key.startsWith(prefix) ? snippetOf(value) : undefined
      return snippet === undefined ? [] : [[key.slice(prefix.length), snippet]]
    }),
  )

/** Entries that are neither text nor snippet: what they say is not known. */
export const unreadable = (object: Config): readonly string[] =>
  Object.entries(object).flatMap(([key, value]) =>
    typeof value === 'string' || (asObject(value) !== undefined && snippetOf(value)) ? [] : [key],
  )
