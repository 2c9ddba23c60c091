/** What a comparison of edge controls says to a predicate. */
import type { Gap } from '#base/gap.ts'
import type { Reason } from '#prove/exposure.ts'
import type { Difference, Sister } from '#prove/sister.ts'
import type { Ref } from '#topology/model.ts'
import { type Answer, cite, type Evidence, type EvidenceNames, no, unseen, yes } from '../asking/answer.ts'

interface Compared {
  readonly ref: Pick<Ref, 'arn' | 'line'>
  /** As a sentence names it. */
  readonly name: string
  /** For commands about it. */
  readonly names?: EvidenceNames
}

/** Violated by what is surely missing; undecided where something cannot be compared. `own` is what it is compared with. */
export const comparedAnswer = (
  { ref, name, names }: Compared,
  differences: readonly Difference[],
  gaps: readonly Gap[],
  own: Pick<Ref, 'arn' | 'line'>,
): Answer => {
  const said = (which: readonly Difference[]): readonly Evidence[] =>
    which.map(d => cite(ref, `${name} ${d.text}`, names))
  const weaker = differences.filter(d => d.weaker === true)
  if (weaker.length > 0) return no(...said(weaker), cite(own, 'the distribution itself has that control'))
  const open = differences.filter(d => d.weaker === 'unknown')
  return open.length + gaps.length > 0
    ? unseen(gaps, ...said(open))
    : yes(cite(ref, `${name} asks as much of viewers`))
}

const kindWords: Readonly<Record<Sister['kind'], string>> = {
  distribution: 'distribution',
  staging: 'staging distribution',
  tenant: 'tenant',
  'other-account': 'distribution',
}

/** `distribution E2 (www.example.com)`. */
export const nameOfSister = ({ kind, name, domains }: Sister): string => {
  const [domain] = domains
  return `${kindWords[kind]} ${name}${domain === undefined ? '' : ` (${domains.at(-1)})`}`
}

/** Reasons as gaps where they are gaps, else as evidence. */
export const undecided = (reasons: readonly Reason[], own: Pick<Ref, 'arn' | 'line'>): Answer =>
  unseen(
    reasons.flatMap(r => (r.kind === 'gap' ? [r.gap] : [])),
    ...reasons.flatMap(r => (r.kind === 'gap' ? [] : [cite(own, r.message)])),
  )
