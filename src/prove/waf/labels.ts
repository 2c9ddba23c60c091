/** Labels that rules have set on a request so far, each set for sure, perhaps, or not. */
import { or, type Truth } from '#base/truth.ts'

export interface Labels {
  readonly set: ReadonlyMap<string, Truth>
  /** AWS's and vendors' groups ran: any label of `awswaf:managed:` may be set. */
  readonly managed: boolean
  /** Something set labels that were not read. */
  readonly others: boolean
}

export const noLabels: Labels = { set: new Map(), managed: false, others: false }

/** After a rule that matched (for sure or perhaps) and did not end the evaluation. */
export const withLabels = (labels: Labels, added: readonly string[] | undefined, truth: Truth): Labels => {
  if (truth === false) return labels
  if (added === undefined) return { ...labels, others: true }
  if (added.length === 0) return labels
  const set = new Map(labels.set)
  for (const name of added) set.set(name, or(set.get(name) ?? false, truth))
  return { ...labels, set }
}

/** Names are case-sensitive; a name without its prefix is one of the same web ACL or rule group. */
export const hasLabel = (labels: Labels, scope: unknown, key: string): Truth => {
  const found = [...labels.set].filter(([name]) =>
    scope === 'NAMESPACE' ? inNamespace(name, key) : sameLabel(name, key),
  )
  const truth = or(...found.map(([, t]) => t))
  if (truth === true) return true
  const unseen = labels.others || (labels.managed && key.includes(':'))
  return unseen ? 'unknown' : truth
}

const sameLabel = (name: string, key: string): boolean =>
  name === key || name.endsWith(`:${key}`) || key.endsWith(`:${name}`)

const inNamespace = (name: string, key: string): boolean => {
  const space = key.endsWith(':') ? key : `${key}:`
  return (
    name.startsWith(space) ||
    name.includes(`:${space}`) ||
    `:${space}`.endsWith(`:${name.replace(/[^:]*$/, '')}`)
  )
}
