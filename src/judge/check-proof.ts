/** Holds a result against the snapshot it speaks of: certificates are checked again, witnesses replayed. */
import type { ExposureResult, LinkResult, ScanResult } from '#findings/result.ts'
import { checkCertificate } from '#prove/check.ts'
import type { Vantage, Witness } from '#prove/exposure.ts'
import { replayWitness } from '#prove/replay.ts'
import type { Link, Topology } from '#topology/model.ts'

export interface ProofProblem {
  /** Link id. */
  readonly link: string
  readonly vantage: Vantage | null
  /** One sentence. */
  readonly text: string
}

export interface ProofCheck {
  readonly certificates: number
  readonly witnesses: number
  readonly problems: readonly ProofProblem[]
}

const vantages = ['internet', 'tenant', 'inside'] as const

const certificateProblems = (
  topology: Topology,
  link: Link,
  vantage: Vantage,
  { verdict, certificate }: ExposureResult,
): readonly string[] =>
  certificate === null
    ? [`The verdict is ${verdict}, and no certificate says why.`]
    : checkCertificate(topology, link, vantage, certificate)

const witnessProblems = (
  topology: Topology,
  link: Link,
  vantage: Vantage,
  { verdict, witness }: ExposureResult,
): readonly string[] => {
  if (witness === null) return [`The verdict is ${verdict}, and no request shows it.`]
  if (witness.vantage !== vantage) return [`The request is one of the vantage ${witness.vantage}.`]
  if (witness.route.length === 0) return ['The request does not say what it passes.']
  const policyAlone = ['bucket', 'function-url', 'api'].includes(link.target.kind)
  const guessed = guesses(witness, policyAlone)
  // A cluster may ask for a header that is no secret, or believe one about the client's address.
  const known = inCluster(witness) && !holdsMark(witness)
  if (guessed && verdict === 'open' && !known)
    return ['The verdict is open, and the request holds a value to guess.']
  if (!guessed && verdict === 'guessable' && vantage === 'internet')
    return ['The verdict is guessable, and the request holds nothing to guess.']
  const replay = replayWitness(topology, link, witness)
  return replay.end === 'backend' ? [] : [`The request does not reach the backend: ${endOf(replay)}.`]
}

/**
 * Whoever comes from the internet to a load balancer sends headers and parameters of their own only to meet a gate. What
 * CloudFront adds, and what a policy asks of everyone, is no guess unless it is sealed.
 */
const guesses = ({ vantage, headers, path }: Witness, policyAlone: boolean): boolean =>
  vantage === 'internet' && !policyAlone
    ? headers.length > 0 || path.includes('?')
    : holdsMark({ headers, path })

const inCluster = ({ route }: Witness): boolean => route.some(step => step.kind === 'cluster')

/** A value that is sealed, or a password, stands for what must be guessed. */
const holdsMark = ({ headers, path }: Pick<Witness, 'headers' | 'path'>): boolean =>
  /\$\{(?:sealed:|password\})/.test(`${path} ${headers.map(([, value]) => value).join(' ')}`)

const endOf = (replay: ReturnType<typeof replayWitness>): string =>
  replay.end === 'stopped' ? replay.why : 'it ends at a login'

interface Checked {
  readonly kind: 'certificate' | 'witness'
  readonly problems: readonly ProofProblem[]
}

const checkLink = (topology: Topology, link: Link, { id, exposure }: LinkResult): readonly Checked[] =>
  vantages.flatMap((vantage): readonly Checked[] => {
    const shown = exposure[vantage]
    if (shown === null || shown.verdict === 'unknown') return []
    const reachable = shown.verdict === 'open' || shown.verdict === 'guessable'
    const found = (reachable ? witnessProblems : certificateProblems)(topology, link, vantage, shown)
    return [
      {
        kind: reachable ? 'witness' : 'certificate',
        problems: found.map(text => ({ link: id, vantage, text })),
      },
    ]
  })

const stray = (link: string, text: string): ProofProblem => ({ link, vantage: null, text })

/** An unknown verdict claims nothing and is not checked; a link that either side does not know is a problem. */
export const checkProofs = (topology: Topology, { links }: Pick<ScanResult, 'links'>): ProofCheck => {
  const known = new Map(topology.links.map(link => [link.id, link]))
  const judged = new Set(links.map(link => link.id))
  const checked = links.flatMap(result => {
    const link = known.get(result.id)
    return link ? checkLink(topology, link, result) : []
  })
  return {
    certificates: checked.filter(c => c.kind === 'certificate').length,
    witnesses: checked.filter(c => c.kind === 'witness').length,
    problems: [
      ...links.filter(l => !known.has(l.id)).map(l => stray(l.id, 'The snapshot does not hold this link.')),
      ...topology.links
        .filter(l => !judged.has(l.id))
        .map(l => stray(l.id, 'The result does not speak of this link.')),
      ...checked.flatMap(c => c.problems),
    ],
  }
}
