/** The parts of a scan result under their own names, as reports speak of them. */
import type { LinkResult, ScanResult } from '#findings/result.ts'

export type Exposure = LinkResult['exposure']['internet']
export type Verdict = Exposure['verdict']
export type Reason = Exposure['gaps'][number]
export type Witness = NonNullable<Exposure['witness']>
export type Vantage = Witness['vantage']
export type RouteStep = Witness['route'][number]

export type Obligation = NonNullable<Exposure['certificate']>['obligations'][number]
export type ObligationKind = Obligation['kind']
export type Exchange = ScanResult['exchanges'][number]

/** An exposure with the vantage it is for. */
export interface Sight {
  readonly vantage: Vantage
  readonly exposure: Exposure
}

/** The vantages a link was judged from, outermost first. */
export const sightsOf = (link: LinkResult): readonly Sight[] => [
  { vantage: 'internet', exposure: link.exposure.internet },
  { vantage: 'tenant', exposure: link.exposure.tenant },
  ...(link.exposure.inside ? [{ vantage: 'inside' as const, exposure: link.exposure.inside }] : []),
]

/** Worst first. Unknown stands before closed: it may hide anything. */
export const verdictOrder = ['open', 'guessable', 'unknown', 'authenticated', 'closed'] as const

/**
 * One word for the link: the worst of what a stranger can do.
 * `inside` is left out, because it presupposes a foothold; it is shown beside.
 */
export const linkVerdict = (link: LinkResult): Verdict =>
  verdictOrder.find(v => link.exposure.internet.verdict === v || link.exposure.tenant.verdict === v) ??
  'unknown'
