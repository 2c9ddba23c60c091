/** The words reports use for verdicts, vantages, obligations, gaps and times. */
import type { ScanResult } from '#findings/result.ts'
import type { Exposure, ObligationKind, Reason, Vantage, Verdict } from './terms.ts'
import { label } from './visible-text.ts'

type Gap = ScanResult['coverage']['gaps'][number]

export const verdictWords: Readonly<Record<Verdict, string>> = {
  open: 'open',
  guessable: 'guessable',
  unknown: 'unknown',
  authenticated: 'login only',
  closed: 'closed',
}

export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  open: 'a request without any secret reaches the backend around CloudFront',
  guessable: 'only a weak, wildcard or public value stands in the way',
  unknown: 'it could not be decided, so nothing is claimed',
  authenticated: 'the way around ends at a login',
  closed: 'proved: every entry point, listener and rule is accounted for',
}

export const vantageWords: Readonly<Record<Vantage, string>> = {
  internet: 'any internet host',
  tenant: 'another CloudFront customer',
  inside: 'a host inside the network',
}

/** In the order in which they explain a lock: the first one present is what holds it. */
const lockWords: readonly (readonly [ObligationKind, string])[] = [
  ['SECRET_REQUIRED', 'secret header'],
  ['WAF_BLOCKS', 'web ACL'],
  ['CLUSTER_REFUSES', 'ingress controller'],
  ['MTLS', 'client certificate'],
  ['AUTH', 'authentication'],
  ['NET_UNREACHABLE', 'network'],
  ['NON_FORWARD', 'no forwarding rule'],
  ['SHADOWED_BY', 'earlier rule'],
  ['DIFFERENT_BACKEND', 'other backend'],
]

const obligationLabels: Readonly<Record<ObligationKind, string>> = {
  NET_UNREACHABLE: 'no network path',
  SHADOWED_BY: 'shadowed by an earlier rule',
  NON_FORWARD: 'does not forward',
  SECRET_REQUIRED: 'secret required',
  WAF_BLOCKS: 'web ACL blocks',
  AUTH: 'authentication required',
  MTLS: 'client certificate required',
  DIFFERENT_BACKEND: 'other backend',
  CLUSTER_REFUSES: 'ingress controller refuses',
}

export const obligationLabel = (kind: ObligationKind): string => obligationLabels[kind]

/** Obligations that only fill the ground between locks; named where there is no lock to name. */
const fillers: ReadonlySet<ObligationKind> = new Set(['NON_FORWARD', 'SHADOWED_BY', 'DIFFERENT_BACKEND'])

/** What holds a closed exposure shut, strongest first: `secret header, network`. Empty where nothing is proved. */
export const locksOf = (exposure: Exposure): readonly string[] => {
  const kinds = new Set(exposure.certificate?.obligations.map(o => o.kind))
  const present = lockWords.filter(([kind]) => kinds.has(kind))
  const locks = present.filter(([kind]) => !fillers.has(kind))
  return (locks.length > 0 ? locks : present).map(([, word]) => word)
}

/** `elasticloadbalancing:DescribeRules denied on <target>`, with account and region where known. */
export const gapSubject = (gap: Gap): string =>
  label(
    [gap.service, gap.operation].filter(Boolean).join(':') + (gap.target === '*' ? '' : ` ${gap.target}`),
    200,
  )

export const reasonText = (reason: Reason): string => {
  if (reason.kind === 'gap') return label(reason.gap.message || gapSubject(reason.gap), 500)
  if (reason.kind !== 'uncertain') return label(reason.message, 500)
  const settle = reason.experiment === undefined ? '' : ` To settle it: ${reason.experiment}`
  return label(`${reason.id}: ${reason.message}${settle}`, 500)
}

/** `2026-09-01 12:00 UTC` from an ISO time; anything else is shown as it came. */
export const timeText = (iso: string): string =>
  label(iso, 40).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1 $2 UTC')

/** `1 link`, `2 links`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** What a complete scan may say for itself: everything was read, which is not the same as decided. */
/** Said in the place of a verdict where a cluster was judged without an account. */
export const clusterAlone =
  'No AWS account was read: the manifests alone are judged, as those of a cluster behind CloudFront'

export const isClusterAlone = ({ accounts }: ScanResult): boolean => accounts.length === 0

export const completeText = ({ summary }: ScanResult): string => {
  const { unknown } = summary.links
  const rest = unknown === 0 ? '' : ` ${capital(count(unknown, 'link'))} could not be decided all the same.`
  return `Everything that was needed was read.${rest}`
}

/** What keeps a scan from being complete, each as a clause. */
export const shortages = (result: ScanResult): readonly string[] => {
  const { gaps, faults } = result.coverage
  return [
    ...(gaps.length > 0 ? [`${count(gaps.length, 'thing')} could not be read`] : []),
    ...(result.summary.links.unknown > 0
      ? [`${count(result.summary.links.unknown, 'link has', 'links have')} no verdict`]
      : []),
    ...(result.summary.unknown > 0
      ? [`${count(result.summary.unknown, 'rule verdict is', 'rule verdicts are')} missing`]
      : []),
    ...(faults.length > 0 ? [`${count(faults.length, 'rule')} failed`] : []),
  ]
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
