/** The whole pipeline on one page: collect, understand, prove, probe, judge. */
import { type CollectOptions, collect, collectClusters } from '#collect/collect.ts'
import type { ScanResult } from '#findings/result.ts'
import { checkProofs, type ProofCheck } from '#judge/check-proof.ts'
import { judge } from '#judge/judge.ts'
import { classifyLink } from '#probe/classify.ts'
import { type EchoFinder, sentSecrets } from '#probe/echo.ts'
import { type Scope, safeScope } from '#probe/entry.ts'
import type { Exchange, ProbeRequest } from '#probe/exchange.ts'
import { ownedEndpoints } from '#probe/owned.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor } from '#probe/policy.ts'
import { type Clock, type Progress, sendProbes } from '#probe/send.ts'
import { createTransport, type TransportOptions } from '#probe/transport.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import { fixesOf } from '#prove/fix/fix.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Rulebook } from '#rulebook/rule.ts'
import { arrangeSnapshot } from '#snapshot/arrange.ts'
import { callCounts } from '#snapshot/calls.ts'
import { sealedFinder } from '#snapshot/find-sealed.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { sealedName } from '#snapshot/sealed.ts'
import { type Remember, withSightings } from '#snapshot/sightings.ts'
import { buildTopology } from '#topology/build.ts'
import { unserved } from '#topology/kubernetes/unserved.ts'
import { valuesAtPlaces } from '#topology/life/values.ts'
import type { Topology } from '#topology/model.ts'

export { type CollectEvent, type CollectOptions, collect } from '#collect/collect.ts'
export { rbacManifest } from '#collect/kubernetes/rbac.ts'
export type { ClusterAccess, ManifestFile } from '#collect/kubernetes/read.ts'
export { operations, plaintextOperations, policyDocument } from '#collect/operations.ts'
export { dnsResolver } from '#collect/resolve-name.ts'
export type { ScanResult } from '#findings/result.ts'
export type { ProbeRequest } from '#probe/exchange.ts'

export interface JudgeOptions {
  readonly rulebook: Rulebook
  readonly profile: string
  readonly toolVersion: string
  /** Repo-relative name of the snapshot file, as reports will cite it. */
  readonly snapshotName: string
  /** Hosts outside AWS that the user answers for: that nothing decides about them leaves a scan complete. */
  readonly acceptedHosts?: readonly string[]
}

export interface ProbeOptions {
  readonly mode: 'safe' | 'all'
  /** Names of hosts outside AWS that are the account's own by the user's word. */
  readonly ownedHosts?: readonly string[]
  /** Random words of the plan are derived from it. */
  readonly seed: string
  readonly allow: readonly string[]
  readonly transport: TransportOptions
  /** The system's unless given. */
  readonly clock?: Clock
  readonly onProgress?: (progress: Progress) => void
}

export interface ScanOptions {
  readonly collect: CollectOptions
  /** What earlier scans saw of the values; nothing is remembered without one. */
  readonly remember?: Remember | null
  /** Null sends nothing. */
  readonly probe: ProbeOptions | null
  readonly judge: JudgeOptions
  readonly onStage?: (stage: string) => void
}

export interface Scan {
  readonly snapshot: Snapshot
  readonly result: ScanResult
}

interface Understanding {
  readonly topology: Topology
  readonly exposures: readonly LinkExposure[]
}

const understand = (snapshot: Snapshot): Understanding => {
  const topology = buildTopology(snapshot)
  return { topology, exposures: proveLinks(topology) }
}

/** What of the options decides what is asked. */
type PlanOptions = Pick<ProbeOptions, 'mode' | 'ownedHosts' | 'seed'>

const scopeOf = ({ mode, ownedHosts = [] }: PlanOptions): Scope => ({ mode, ownedHosts })

const plan = ({ exposures }: Understanding, options: PlanOptions) =>
  planProbes({ exposures, options: { ...scopeOf(options), seed: options.seed } })

const systemClock: Clock = { now: Date.now, sleep: ms => new Promise(done => setTimeout(done, ms)) }

/** Knows the values by their fingerprints alone, of which only the key makes more. */
const echoFinder = (topology: Topology, sealKey: Uint8Array): EchoFinder => {
  const byLink = new Map(
    [...sentSecrets(topology)].map(([link, sent]) => {
      const find = sealedFinder(
        sent.map(s => s.value),
        sealKey,
      )
      return [link, { sent, find }] as const
    }),
  )
  return ({ link }, text) => {
    const { sent = [], find } = byLink.get(link) ?? {}
    const found = find === undefined ? [] : find(text)
    const named = found?.flatMap(({ folded, form }) =>
      sent
        .filter(s => s.value.folded === folded)
        .map(({ header, value }) => ({ header, value: sealedName(value), form })),
    )
    return named ?? null
  }
}

const probe = (
  understanding: Understanding,
  options: ProbeOptions,
  sealKey: Uint8Array,
): Promise<readonly Exchange[]> =>
  sendProbes(
    plan(understanding, options),
    {
      policy: policyFor(understanding.topology.links, {
        allow: options.allow,
        owned: ownedEndpoints(understanding.topology),
        scope: scopeOf(options),
        ...(options.transport.limits && { limits: options.transport.limits }),
      }),
      transport: createTransport({
        ...options.transport,
        echoes: echoFinder(understanding.topology, sealKey),
      }),
      clock: options.clock ?? systemClock,
    },
    options.onProgress,
  )

const conclude = (
  snapshot: Snapshot,
  { topology, exposures }: Understanding,
  exchanges: readonly Exchange[],
  scope: Scope,
  options: JudgeOptions,
): ScanResult => {
  const byLink = Map.groupBy(exchanges, e => e.request.link)
  const probes = new Map(
    exposures.map(e => [e.link.id, classifyLink(e.link, e, byLink.get(e.link.id) ?? [], scope)]),
  )
  const coverage = { gaps: snapshot.gaps, calls: callCounts(snapshot) }
  const fixes = fixesOf(topology, exposures)
  return judge({ ...options, topology, exposures, fixes, exchanges, probes, coverage })
}

/** Reads the account, and adds what is remembered of the values that were found. */
export const observe = async ({
  collect: how,
  remember,
}: Pick<ScanOptions, 'collect' | 'remember'>): Promise<Snapshot> => {
  const snapshot = await collect(how)
  if (!remember) return snapshot
  return withSightings(snapshot, await remember(valuesAtPlaces(buildTopology(snapshot)), snapshot.head))
}

/**
 * Judges a snapshot as it stands, with what an earlier probe of it was answered: pure, nothing is read or sent. What was
 * asked for is not doubted: every link that has exchanges was one that might be asked.
 */
export const judgeSnapshot = (
  snapshot: Snapshot,
  options: JudgeOptions,
  exchanges: readonly Exchange[] = [],
): ScanResult => {
  const understanding = understand(snapshot)
  const asked = new Set(exchanges.map(e => e.request.link))
  const ownedHosts = understanding.exposures.flatMap(({ link }) =>
    asked.has(link.id) ? [link.origin.domainName] : [],
  )
  const scope: Scope = { mode: exchanges.length > 0 ? 'all' : 'safe', ownedHosts }
  return conclude(snapshot, understanding, exchanges, scope, options)
}

/** The clusters alone, for a check of manifests before they are applied: reads no account, sends nothing. */
export const observeClusters = async (options: Parameters<typeof collectClusters>[0]): Promise<Snapshot> => {
  const snapshot = await collectClusters(options)
  const { head, resources, reads, gaps } = snapshot
  return arrangeSnapshot(head, resources, reads, [
    ...gaps,
    ...unserved(snapshot, buildTopology(snapshot).clusters),
  ])
}

/** Whether every verdict of a result still follows from the snapshot, by code that shares nothing with the prover's search. */
export const checkResult = (snapshot: Snapshot, result: ScanResult): ProofCheck =>
  checkProofs(buildTopology(snapshot), result)

/** What a probe of the account would send, and what it would not ask for. */
export interface ScanPlan {
  readonly requests: readonly ProbeRequest[]
  /** Links that nothing is asked of, with the reason as a sentence. */
  readonly unasked: readonly { readonly link: string; readonly reason: string }[]
}

/** Plans a probe of the account without sending anything. */
export const planScan = async (
  options: Pick<ScanOptions, 'collect'> & { readonly probe: PlanOptions },
): Promise<ScanPlan> => {
  const understanding = understand(await collect(options.collect))
  const requests = plan(understanding, options.probe)
  const asked = new Set(requests.map(r => r.link))
  const scope = scopeOf(options.probe)
  const unasked = understanding.exposures
    .filter(({ link }) => !asked.has(link.id))
    .map(exposure => ({ link: exposure.link.id, ...classifyLink(exposure.link, exposure, [], scope) }))
    .map(({ link, reason }) => ({ link, reason }))
  return { requests, unasked }
}

export const scan = async (options: ScanOptions): Promise<Scan> => {
  const stage = options.onStage ?? (() => {})
  const snapshot = await observe(options)
  stage('Proving every link')
  const understanding = understand(snapshot)
  if (options.probe) stage('Probing from outside')
  const exchanges = options.probe ? await probe(understanding, options.probe, options.collect.sealKey) : []
  stage('Judging')
  const scope = options.probe ? scopeOf(options.probe) : safeScope
  return { snapshot, result: conclude(snapshot, understanding, exchanges, scope, options.judge) }
}
