/** Names, gaps and sealed values of the small topologies that proving is tested with. */
import { createHash } from 'node:crypto'
import type { Gap } from '#base/gap.ts'
import { foldCase, globTokens, matchesGlob } from '#base/glob.ts'
import { type Known, unobserved } from '#base/known.ts'
import { type Dialect, patternId, type Sealed, type Segment } from '#snapshot/sealed.ts'
import type { Ref } from '#topology/model.ts'

let line = 0
let made = 0
/** A number that nothing else in the test has. */
export const next = (): number => ++made
export const ref = (arn: string, name = arn): Ref => ({
  arn,
  type: 'AWS::Test::Resource',
  name,
  account: '111122223333',
  region: 'eu-west-1',
  line: ++line,
})

export const gap = (operation: string, target = '*'): Gap => ({
  code: 'denied',
  service: 'elastic-load-balancing-v2',
  operation,
  target,
  account: '111122223333',
  region: 'eu-west-1',
  action: `elasticloadbalancing:${operation}`,
  message: `${operation} was denied for ${target}.`,
})
export const missing = (operation: string): Known<never> => unobserved(gap(operation))

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

const structureOf = (text: string): readonly Segment[] | undefined => {
  const segments: Segment[] = []
  for (const token of globTokens(text)) {
    const last = segments.at(-1)
    if (token === '*' || token === '?') segments.push(token)
    else if (typeof last === 'number') segments[segments.length - 1] = last + 1
    else segments.push(1)
  }
  return segments.some(s => s === '*' || s === '?') ? segments : undefined
}

/** Five bits for every literal character: a stand-in for the estimators of the snapshot. */
export const seal = (text: string, dialect: Dialect = 'alb-glob', more: Partial<Sealed> = {}): Sealed => {
  const structure = dialect === 'alb-glob' ? structureOf(text) : undefined
  const literals = dialect === 'alb-glob' ? text.replace(/[*?]/g, '').length : text.length
  return {
    sealed: hash(text),
    folded: hash(foldCase(text)),
    dialect,
    length: text.length,
    alphabet: 'alphanumeric',
    bits: literals * 5,
    exactBits: literals * 5.9,
    meets: [],
    mayMeet: [],
    ...(structure && { structure }),
    ...more,
  }
}

/** A value that CloudFront sends, with the patterns of the gates that it meets. */
export const sent = (text: string, patterns: readonly (readonly [string, Sealed])[] = []): Sealed =>
  seal(text, 'value', {
    meets: patterns
      .filter(([p, s]) =>
        s.dialect === 'alb-glob' ? matchesGlob(p, text, { ignoreCase: true }) : p === text,
      )
      .map(([, s]) => patternId(s)),
  })

export const strong = 'Zk3v9QpX2rT7bN5mL8sW4yD6'
export const otherStrong = 'h8F2kQ0vJ5xW9cR3tB7nM1zE'
