/** Labels that rules have set on a request so far, each set for sure, perhaps, or not. */
import { or, type Truth } from '#base/truth.ts'

export interface Labels {
  readonly set: readonly Label[]
  /** AWS's and vendors' groups ran: any label of `awswaf:managed:` may be set. */
  readonly managed: boolean
  /** Something set labels that were not read. */
  readonly others: boolean
}

interface Label {
  readonly name: string
  /** The web ACL or rule group whose rule sets it: its name is the prefix that labels are written without. */
  readonly owner: string
  readonly truth: Truth
}

export const noLabels: Labels = { set: [], managed: false, others: false }

/** After a rule that matched (for sure or perhaps) and did not end the evaluation. `owner`: ARN of the web ACL or group. */
export const withLabels = (
  labels: Labels,
  added: readonly string[] | undefined,
  truth: Truth,
  owner: string,
): Labels => {
  if (truth === false) return labels
  if (added === undefined) return { ...labels, others: true }
  return added.length === 0
    ? labels
    : { ...labels, set: [...labels.set, ...added.map(name => ({ name, owner, truth }))] }
}

/**
 * Names are case-sensitive. A name without its prefix is one of the same web ACL or rule group; what a prefix written out
 * refers to is not followed, so that such a match is never certain.
 */
export const hasLabel = (labels: Labels, scope: unknown, key: string, owner: string): Truth => {
  const truth = or(...labels.set.map(label => meets(label, scope, key, owner)))
  if (truth === true) return true
  const unseen = labels.others || (labels.managed && key.includes(':'))
  return unseen ? 'unknown' : truth
}

const meets = (label: Label, scope: unknown, key: string, owner: string): Truth => {
  const own = label.owner === owner
  if (scope === 'NAMESPACE') {
    const space = key.endsWith(':') ? key : `${key}:`
    if (own && label.name.startsWith(space)) return label.truth
    return inNamespace(label.name, space) ? perhaps(label.truth) : false
  }
  if (own && label.name === key) return label.truth
  return sameLabel(label.name, key) ? perhaps(label.truth) : false
}

const perhaps = (truth: Truth): Truth => (truth === false ? false : 'unknown')

const sameLabel = (name: string, key: string): boolean =>
  name === key || name.endsWith(`:${key}`) || key.endsWith(`:${name}`)

const inNamespace = (name: string, space: string): boolean =>
  name.startsWith(space) ||
  name.includes(`:${space}`) ||
  `:${space}`.endsWith(`:${name.replace(/[^:]*$/, '')}`)
