/** What the exchanges of a link say together: confirmed, blocked, or inconclusive with the reason. */
import type { LinkExposure } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import { type Doubt, doubtControl, doubtPage, responseIn } from './control.ts'
import { echoesIn } from './echo.ts'
import { controlPath, objectPaths } from './edge-path.ts'
import { type Entry, type Scope, safeScope } from './entry.ts'
import type { Exchange, ProbeVerdict } from './exchange.ts'
import type { Meaning } from './meaning.ts'
import { doubtObject, doubtObjectPage, doubtPath, ofOnePath } from './one-path.ts'
import { takesSeveralPaths } from './paths-plan.ts'
import { probeableLink } from './probeable.ts'
import { byComparison, meaningOf, type Setting } from './read-answer.ts'
import { signatureVerdict } from './signed-verdict.ts'
import { turnedAway } from './turned-away.ts'
import { isDirect, type Read, say, where } from './verdict.ts'

const settingOf = (
  exposure: LinkExposure,
  entry: Entry,
  exchanges: readonly Exchange[],
  recognisable: boolean,
): Setting => ({
  exposure,
  entry,
  recognisable,
  page: responseIn(exchanges, 'P'),
  pagePath: exchanges.find(e => e.request.role === 'P')?.request.path ?? null,
  missingAtEdge: responseIn(exchanges, 'N1-edge'),
  missingDirect: responseIn(exchanges, 'N1-direct'),
  otherHost: responseIn(exchanges, 'N2'),
})

/** Whether the proof says that this very request cannot get in. */
const contradicted = ({ internet }: LinkExposure, { request }: Exchange): boolean =>
  internet.verdict === 'closed' ||
  internet.verdict === 'authenticated' ||
  (internet.verdict === 'guessable' && request.headers.length === 0)

const confirmed = (
  exposure: LinkExposure,
  exchanges: readonly Exchange[],
  pages: readonly (Read & { meaning: Extract<Meaning, { kind: 'page' }> })[],
): ProbeVerdict | null => {
  const best = pages.toSorted((a, b) => b.meaning.signs.length - a.meaning.signs.length)[0]
  if (best === undefined) return null
  const signs = best.meaning.signs.join(', ')
  const seen = `Asked directly (${where(best.exchange)}), the origin shows the page of the edge: same ${signs}.`
  const controls = exchanges.filter(e => !isDirect(e) || e.request.role === 'N1-direct')
  const carriers = exchanges.filter(e => controls.includes(e) || pages.some(p => p.exchange === e))
  return contradicted(exposure, best.exchange)
    ? say(
        'confirmed',
        {
          code: 'contradicts-model',
          reason: `${seen} The proof says ${exposure.internet.verdict}, so the snapshot is stale or the proof is wrong.`,
        },
        carriers,
      )
    : say('confirmed', { code: 'same-page', reason: seen }, carriers)
}

/** The first open question, the witness's own before the rest. */
const openQuestion = (reads: readonly Read[], page: Doubt | null): { doubt: Doubt; about: Exchange[] } => {
  const asked = reads.toSorted(
    (a, b) => Number(b.exchange.request.role === 'W') - Number(a.exchange.request.role === 'W'),
  )
  for (const { exchange, meaning } of asked)
    if (meaning.kind === 'open-question') {
      const answer = {
        code: meaning.code,
        reason: `${meaning.text.replace(/\.$/, '')} (${where(exchange)}).`,
      }
      // Where the edge shows no page of its own, that is why this answer could not be recognised.
      return { doubt: page !== null && byComparison.has(meaning.code) ? page : answer, about: [exchange] }
    }
  return { doubt: page ?? { code: 'nothing-asked', reason: 'Nothing was asked directly.' }, about: [] }
}

/** Doubts about a refusal that only services have that choose by path before they look who asks. */
const doubtService = (link: Link, { kind }: Entry, exchanges: readonly Exchange[]): Doubt | null => {
  if (kind === 'bucket') return doubtObject(link, exchanges)
  return kind === 'api' ? doubtPath(link, exchanges) : null
}

const pageDoubt = ({ kind }: Entry, exchanges: readonly Exchange[]): Doubt | null =>
  kind === 'bucket' ? doubtObjectPage(exchanges) : doubtPage(exchanges)

/**
 * Whether a refusal needs no page of the edge beside it: what refuses here is known by its answer, whatever the path. That
 * the edge wants a signature then says enough of why there is no page.
 */
const speaksForItself = (entry: Entry, { code }: Doubt): boolean =>
  code === 'control-signed' && !takesSeveralPaths(entry)

const withReason = (verdict: ProbeVerdict, { reason }: Doubt): ProbeVerdict => ({
  ...verdict,
  reason: `${verdict.reason} ${reason}`,
})

const judged = (exposure: LinkExposure, entry: Entry, exchanges: readonly Exchange[]): ProbeVerdict => {
  const noPage = pageDoubt(entry, exchanges)
  const setting = settingOf(exposure, entry, exchanges, noPage === null)
  const reads = exchanges
    .filter(isDirect)
    .map((exchange): Read => ({ exchange, meaning: meaningOf(setting, exchange) }))
  const pages = reads.flatMap(r => (r.meaning.kind === 'page' ? [{ ...r, meaning: r.meaning }] : []))
  const found = confirmed(exposure, exchanges, pages)
  if (found !== null) return found
  const noControl = doubtService(exposure.link, entry, exchanges) ?? doubtControl(exchanges)
  if (noControl !== null && !speaksForItself(entry, noControl))
    return say(
      'inconclusive',
      noControl,
      exchanges.filter(e => e.request.role === 'P'),
    )
  const away = reads.flatMap(r => (r.meaning.kind === 'blocked' ? [{ ...r, meaning: r.meaning }] : []))
  if (reads.length > 0 && away.length === reads.length) {
    const verdict = turnedAway(exposure, entry, exchanges, away)
    return noControl === null ? verdict : withReason(verdict, noControl)
  }
  const { doubt, about } = openQuestion(reads, noPage)
  return say('inconclusive', doubt, about)
}

/** As it is, with what the paths that need a signature answered. */
const withSignature = (
  verdict: ProbeVerdict,
  exposure: LinkExposure,
  entry: Entry,
  exchanges: readonly Exchange[],
): ProbeVerdict => {
  const setting = settingOf(exposure, entry, exchanges, pageDoubt(entry, exchanges) === null)
  const direct = exchanges
    .filter(e => e.request.role === 'S-direct')
    .map((exchange): Read => ({ exchange, meaning: meaningOf(setting, exchange) }))
  const signature = signatureVerdict({ exposure, entry, exchanges, direct, origin: verdict })
  return signature === null ? verdict : { ...verdict, signature }
}

const withEchoesOf = (verdict: ProbeVerdict, exchanges: readonly Exchange[]): ProbeVerdict => {
  const echoes = echoesIn(exchanges)
  return echoes === null ? verdict : { ...verdict, echoes }
}

/**
 * The verdict for a link from the exchanges (those of other links are left out).
 *
 * `confirmed` where any direct request shows the page of the edge on two independent signs; `blocked` where the edge
 * answers and every door of the origin turned every direct request away in a way the configuration explains;
 * `inconclusive` otherwise. A verdict that the proof excludes has the code `contradicts-model`.
 */
export const classifyLink = (
  link: Link,
  exposure: LinkExposure,
  exchanges: readonly Exchange[],
  scope: Scope = safeScope,
): ProbeVerdict => {
  const probeable = probeableLink(link, scope)
  if (!probeable.probeable) return say('not-probed', probeable, [])
  const own = exchanges.filter(e => e.request.link === link.id)
  const { entry } = probeable
  if (own.length > 0)
    return withEchoesOf(
      withSignature(
        judged(exposure, entry, takesSeveralPaths(entry) ? ofOnePath(link, entry, own) : own),
        exposure,
        entry,
        own,
      ),
      own,
    )
  return isServed(link, entry)
    ? say('not-probed', { code: 'no-requests', reason: 'No request was sent for this link.' }, [])
    : say(
        'not-probed',
        { code: 'no-edge-path', reason: 'No path of the distribution is served by this origin first.' },
        [],
      )
}

const isServed = (link: Link, { kind }: Entry): boolean =>
  kind === 'bucket' ? objectPaths(link, null).length > 0 : controlPath(link, null) !== null
