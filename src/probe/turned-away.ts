/** The verdict where every direct request was turned away: blocked, unless something was left unasked. */
import type { LinkExposure } from '#prove/exposure.ts'
import type { Link } from '#topology/model.ts'
import { doubtApplication } from './application-gate.ts'
import type { Doubt } from './control.ts'
import type { Entry } from './entry.ts'
import type { Exchange, ProbeVerdict } from './exchange.ts'
import type { Meaning } from './meaning.ts'
import { takesSeveralPaths } from './paths-plan.ts'
import { isDirect, type Read, say } from './verdict.ts'
import { askSame, sendableWitness, witnessRequest } from './witness-request.ts'

/** What was not asked although it might let somebody in; null where every door got an answer of some kind. */
export const notAsked = ({ doors, closedToUs, unseen }: Entry, direct: readonly Exchange[]): Doubt | null => {
  if (unseen !== null) return unseen
  const doubt = (reason: string): Doubt => ({ code: 'door-not-asked', reason })
  if (closedToUs.length > 0) return doubt(`The probe does not speak what ${closedToUs.join(', ')} expects.`)
  const missed = doors.find(
    d =>
      !direct.some(
        ({ request: { connect } }) =>
          connect.name === d.name && connect.port === d.port && connect.family === d.family,
      ),
  )
  return missed === undefined
    ? null
    : doubt(`Port ${missed.port} of ${missed.name} over IPv${missed.family} was not asked.`)
}

/** Whether the witness only works from certain addresses: then being turned away here says nothing against it. */
const needsItsSource = ({ link, internet }: LinkExposure, { loadBalancers }: Entry): boolean => {
  if (namesAddresses(link)) return true
  const passed = new Set(internet.witness?.route.filter(s => s.kind === 'rule').map(s => s.arn))
  const listeners = loadBalancers.flatMap(lb => (lb.listeners.known ? lb.listeners.value : []))
  const rules = listeners.flatMap(l => (l.rules.known ? l.rules.value : []))
  return rules.some(r => passed.has(r.ref.arn) && r.conditions.some(c => c.field === 'source-ip'))
}

const policyIn = (target: Link['target']) => {
  switch (target.kind) {
    case 'bucket':
      return target.bucket?.policy
    case 'function-url':
      return target.url.policy
    case 'api':
      return target.api.policy
    default:
      return undefined
  }
}

/** Whether a policy that decides speaks of the caller's address. */
const namesAddresses = ({ target }: Link): boolean => {
  const policy = policyIn(target)
  return policy?.known === true && /aws:sourceip/i.test(JSON.stringify(policy.value?.document ?? null))
}

/** Whether the proof's own request was among those sent. */
const witnessSent = ({ internet }: LinkExposure, entry: Entry, exchanges: readonly Exchange[]) => {
  const witness = sendableWitness(internet.witness)
  if (witness === null) return false
  const wanted = witnessRequest(witness, entry.doors)
  return exchanges.some(e => isDirect(e) && askSame(e.request, wanted))
}

const askedWitnessPath = ({ internet }: LinkExposure, exchanges: readonly Exchange[]): boolean =>
  exchanges.some(e => isDirect(e) && e.request.path === internet.witness?.path)

/** What all doors being shut means where the proof says that one is open. */
const againstOpen = (
  exposure: LinkExposure,
  entry: Entry,
  exchanges: readonly Exchange[],
  all: string,
): ProbeVerdict => {
  if (takesSeveralPaths(entry) && !askedWitnessPath(exposure, exchanges))
    return say(
      'inconclusive',
      {
        code: 'other-path',
        reason: `${all} The proof is about another path than those that the edge was seen to serve.`,
      },
      exchanges,
    )
  if (!witnessSent(exposure, entry, exchanges))
    return say(
      'inconclusive',
      { code: 'witness-not-sent', reason: `${all} The proven request is one that is never sent.` },
      exchanges,
    )
  if (needsItsSource(exposure, entry))
    return say(
      'inconclusive',
      { code: 'other-source', reason: `${all} The proven request needs another source address.` },
      exchanges,
    )
  const reason = `${all} The proof says open, so the snapshot is stale or the proof is wrong.`
  return say('blocked', { code: 'contradicts-model', reason }, exchanges)
}

/** What the application refuses it refuses by rules that are not in AWS; a proof that it is reached stands. */
const byApplication = (
  { internet }: LinkExposure,
  exchanges: readonly Exchange[],
  all: string,
): ProbeVerdict => {
  const reached = internet.verdict === 'open' ? ' It is reached all the same, as the proof says.' : ''
  const reason = `${all} Whether it always does is up to rules of its own, which are not in AWS.${reached}`
  return say('blocked', { code: 'app-gate', reason }, exchanges)
}

/** A direct exchange that was turned away. */
export type BlockedRead = Read & { meaning: Extract<Meaning, { kind: 'blocked' }> }

/** Each way of being turned away, most often first, with how often it came up where there are several. */
export const summary = (reads: readonly BlockedRead[]): string => {
  const ways = [...Map.groupBy(reads, r => r.meaning.text)].sort(([, a], [, b]) => b.length - a.length)
  return ways.map(([text, { length }]) => (ways.length === 1 ? text : `${text} (${length})`)).join('; ')
}

/** What being turned away does not speak of: the probe stands on the internet and guesses nothing. */
export const limits = ({ internet, tenant }: LinkExposure): string => {
  if (internet.verdict === 'guessable') return ' That says nothing about whoever guesses the value.'
  const tenantsIn = tenant.verdict === 'open' || tenant.verdict === 'guessable'
  return tenantsIn ? ' That is seen from the internet: other CloudFront customers come from elsewhere.' : ''
}

/** `blocked` where every door was asked and the proof does not say otherwise; else `inconclusive`. */
export const turnedAway = (
  exposure: LinkExposure,
  entry: Entry,
  exchanges: readonly Exchange[],
  reads: readonly BlockedRead[],
): ProbeVerdict => {
  const [first] = reads
  const doubt = notAsked(entry, exchanges.filter(isDirect)) ?? doubtApplication(entry, reads)
  if (doubt !== null || first === undefined)
    return say('inconclusive', doubt ?? { code: 'nothing-asked', reason: 'Nothing was asked directly.' }, [])
  const all = `All ${reads.length} direct requests (none with a secret) were turned away: ${summary(reads)}.${limits(exposure)}`
  const gate = reads.find(r => r.meaning.code === 'app-gate')
  if (gate !== undefined) return byApplication(exposure, exchanges, all)
  return exposure.internet.verdict === 'open'
    ? againstOpen(exposure, entry, exchanges, all)
    : say('blocked', { code: first.meaning.code, reason: all }, exchanges)
}
