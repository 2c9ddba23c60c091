/**
 * Reads an account: everything that decides whether its origins can be reached around CloudFront.
 *
 * The least number of calls for that, where ⌈n/p⌉ is the pages of a list (one for an empty one):
 *
 *     account    1 GetCallerIdentity + 1 DescribeRegions (unless regions are given)
 *     CloudFront ⌈distributions/100⌉ + distributions (full configuration)
 *                + ⌈VPC origins/100⌉ + 2 × VPC origins in use, + ⌈access controls/100⌉, each where an origin names one
 *                + viewer-request functions + continuous deployment policies + ⌈tenants/100⌉ where any distribution has some
 *                + ⌈key groups/100⌉ + ⌈public keys/100⌉ where there is a distribution, + ⌈encryption profiles/100⌉ where
 *                a key is in no group
 *     names      ⌈zones/100⌉ + Σ ⌈records/300⌉ over the zones that origin names lie in, where any name must be followed
 *     addresses  per region: ⌈v4/200⌉ + ⌈v6/200⌉ to find owners, + ⌈v4 without owner/200⌉
 *     regions    per region that a name or VPC origin leads to: ⌈load balancers/400⌉, + ⌈classic ones/400⌉ where a name
 *                of their form is no newer one's
 *     depth      per such region: ⌈target groups/400⌉ + target groups that may share targets (see targets.ts)
 *                + per load balancer 2 (attributes, listeners), per listener 1 (rules) + 1 if secure (certificates),
 *                each page of 400 counted; + ⌈(load balancers + their target groups)/20⌉ tags
 *                + ⌈security groups/200⌉ + ⌈subnets/200⌉ + ⌈network ACLs: subnets/200⌉ + ⌈VPCs/200⌉
 *                + ⌈prefix lists/100⌉ + Σ ⌈entries/100⌉ over CloudFront's lists and those that rules name
 *     hosts      per such region: ⌈instances that are origins or targets/200⌉ + per VPC ⌈target addresses/200⌉ of each
 *                family, + ⌈instances found by that/200⌉; ⌈classic load balancers/400⌉ where any instance is read
 *     other ways per such region: 1 block of public access (+ ⌈exclusions⌉ where there is one) + 2 lists of VPC links
 *                (+ REST APIs and their list where there is a link to a load balancer that is read; those of HTTP APIs
 *                too where one is of version 2; + the APIs that lead through it, read as origins that are APIs are)
 *                + ⌈endpoint services/1000⌉ + those in
 *                front of a load balancer that is read, + target groups of network load balancers; where there is any
 *                such region: 3 lists of accelerators and what they share + accelerators + their listeners
 *     functions  per region with a function URL as origin: ⌈functions/50⌉, + 1 per function until the URLs are found, + 1
 *                (policy) for each function found and each alias of it that has a URL
 *     APIs       per region with an API as origin: ⌈custom domain names/500⌉ + those (their mappings) + ⌈REST APIs/500⌉
 *                + ⌈HTTP APIs/500⌉, + per REST API that is an origin 3 (stages, resources, authorizers) and per HTTP API 4
 *                (stages, routes, integrations, authorizers), + the deployments that their stages serve, + 1 (export) for each stage of
 *                a REST API, + ⌈usage plans/500⌉ per region where one of them asks for a key; other regions' lists
 *                of custom domain names where an origin is a CloudFront name; per region of an API the events of CloudTrail
 *                that change one
 *     tokens     where a distribution sends a header: 5 event names of CloudTrail, + 6 per region with a load balancer (each
 *                ⌈events/50⌉, at most 20); per region ⌈secrets/100⌉ + ⌈parameters/50⌉ + ⌈functions/50⌉, + 1 per secret that
 *                belongs to a distribution or is named by an authorizer's function; where a function names a distribution,
 *                + ⌈rules/100⌉ + rules with a schedule + ⌈schedules/100⌉ + those that run it + ⌈functions/250⌉
 *     S3         where an origin is a bucket or access point: ⌈buckets/1000⌉ + 1 for each bucket of somebody else, 6 for
 *                each of the account's and for each that it is replicated to, + 2 (account), + per region of these
 *                ⌈access points/1000⌉, + 1 for each access point that leads to one, + 2 where it has a policy
 *     plain text with `findPlaintext` only, per region: ⌈function versions/50⌉ + ⌈plain parameters/50⌉ + ⌈plain
 *                parameters/10⌉ + ⌈stacks/100⌉ + 2 × stacks + ⌈instances/1000⌉ + instances + ⌈launch templates/200⌉ +
 *                ⌈task definitions/100⌉ + task definitions
 *     WAF        per region the lesser of B and 1 + W + K (see web-acl-associations.ts); each edge web ACL, rule group,
 *                IP set and pattern set once
 *     ACM        each certificate once
 *     Kubernetes see kubernetes/cluster.ts
 *
 * Retries come on top; nothing is asked twice.
 */
import type { DistributionSummary } from '@aws-sdk/client-cloudfront'
import { keyedFingerprint } from '#base/fingerprint.ts'
import { arrangeSnapshot } from '#snapshot/arrange.ts'
import { type Snapshot, snapshotFormat } from '#snapshot/record.ts'
import { seal } from '#snapshot/seal.ts'
import { gateEvents } from '#snapshot/trail-events.ts'
import { readAccelerators } from './accelerators.ts'
import { readApiAddresses } from './api-addresses.ts'
import { apiListsOf } from './api-lists.ts'
import { readApis } from './apis.ts'
import { type AskEvent, asker } from './ask.ts'
import { balancersOf } from './balancers.ts'
import { readBuckets } from './buckets.ts'
import { certificateReader } from './certificates.ts'
import { awsClients, type ClientOptions } from './clients.ts'
import {
  listedDistributions,
  originsOf,
  readDistributions,
  readOriginAccessControls,
  readVpcOrigins,
} from './cloudfront.ts'
import { readEdgeFunctions, readTenants } from './cloudfront-sisters.ts'
import { findByArns, findByNames, type Search } from './entry-points.ts'
import { type FunctionLists, functionLists } from './function-lists.ts'
import { readFunctionUrls } from './function-urls.ts'
import { identify } from './identity.ts'
import { type Journal, startJournal } from './journal.ts'
import { type ClusterAccess, type ManifestFile, readKubernetes } from './kubernetes/read.ts'
import { authorizerFunctions } from './life/authorizers.ts'
import { readTokenLife } from './life/life.ts'
import { edgeNames } from './life/names.ts'
import { readTrail } from './life/trail.ts'
import { getWebAcl } from './operations/wafv2.ts'
import { findPlaintext } from './plaintext/search.ts'
import { distinct, globalRegion, type Reader } from './reader.ts'
import { type Depth, readRegion } from './region.ts'
import { readRegions } from './regions.ts'
import type { NameResolver } from './resolve-name.ts'
import { readSigningKeys } from './signing-keys.ts'
import { type WebAcls, webAclReader } from './web-acls.ts'

export type CollectEvent = AskEvent | { readonly kind: 'stage'; readonly stage: string }

export interface CollectOptions extends ClientOptions {
  /** Regions to read; all enabled ones unless given. */
  readonly regions?: readonly string[]
  /** Where STS and the list of regions are asked. */
  readonly homeRegion: string
  /** Key of the sealed fingerprints. */
  readonly sealKey: Uint8Array
  readonly now: Date
  /** Follows names that the account's own records do not explain; without one they stay gaps. */
  readonly resolver?: NameResolver
  /** Requests under way at once, per service and region. Default 10. */
  readonly concurrency?: number
  /** Told of each request and stage; never of values. */
  readonly onProgress?: (event: CollectEvent) => void
  /** Look for the secrets in values that stand in clear elsewhere, which reads those values. */
  readonly findPlaintext?: boolean
  /** Manifests of the clusters behind the account's load balancers. */
  readonly manifests?: readonly ManifestFile[]
  /** A cluster behind them that is asked itself. */
  readonly cluster?: ClusterAccess
  /** Name and version of the program, for the head of the snapshot. */
  readonly tool?: string
}

/**
 * A whole account as a sealed snapshot. Whatever cannot be read becomes a gap in it; throws a UserFault only where the
 * credentials do not work at all.
 */
export async function collect(options: CollectOptions): Promise<Snapshot> {
  const journal = startJournal()
  const clients = awsClients(options)
  try {
    const { send } = clients
    const stage = (name: string): void => options.onProgress?.({ kind: 'stage', stage: name })
    stage('Identifying the account')
    const identity = await identify(send, journal, options.homeRegion, options.endpoint)
    const ask = asker({ send, journal, concurrency: options.concurrency ?? 10, onCall: options.onProgress })
    const reader: Reader = { ask, journal, ...identity }
    const [regions] = await Promise.all([readAll(reader, options, stage), readKubernetes(journal, options)])
    if (options.findPlaintext) {
      stage('Looking for tokens in clear')
      await findPlaintext(reader, regions, options.sealKey)
    }
    return sealed(journal, options, regions)
  } finally {
    await clients.close()
  }
}

/** The clusters behind an account alone, without the account: its records are none, and no credentials are used. */
export async function collectClusters(
  options: Pick<CollectOptions, 'manifests' | 'cluster' | 'sealKey' | 'now' | 'tool'>,
): Promise<Snapshot> {
  const journal = startJournal()
  await readKubernetes(journal, options)
  return sealed(journal, options, [])
}

const readAll = async (
  reader: Reader,
  options: CollectOptions,
  stage: (name: string) => void,
): Promise<readonly string[]> => {
  stage('Listing distributions and regions')
  const [distributions, regions] = await Promise.all([
    listedDistributions(reader),
    readRegions(reader, options.regions, options.homeRegion),
  ])
  const certificate = certificateReader(reader)
  const webAcls = webAclReader(reader)
  const origins = originsOf(distributions)
  const functions = functionLists(reader)
  const names = edgeNames(distributions)
  stage(`Reading ${distributions.length} distributions`)
  const reading = readOrigins(
    { reader, certificate, webAcls, functions, now: options.now },
    regions,
    origins,
    options.resolver,
    stage,
  )
  const authorizers = () => reading.then(() => authorizerFunctions(reader.journal.resources))
  await Promise.all([
    reading.then(gated =>
      names.distributions.length > 0
        ? Promise.all(gated.map(region => readTrail(reader, region, gateEvents, options.now)))
        : undefined,
    ),
    readTokenLife({ reader, functions, names, authorizers, now: options.now }, regions),
    readDistributions(reader, distributions),
    readOriginAccessControls(reader, origins),
    readEdgeFunctions(reader, distributions),
    readTenants(reader, distributions),
    distributions.length > 0 ? readSigningKeys(reader) : undefined,
    Promise.all(viewerCertificates(distributions).map(certificate)),
    Promise.all(
      distinct(distributions.map(({ WebACLId }) => WebACLId)).map(id => readEdgeAcl(reader, webAcls, id)),
    ),
  ])
  return regions
}

/** The regions in which load balancers were read. */
const readOrigins = async (
  tools: Omit<Depth, 'balancers' | 'apis'> & { readonly functions: FunctionLists; readonly now: Date },
  regions: readonly string[],
  origins: ReturnType<typeof originsOf>,
  resolver: NameResolver | undefined,
  stage: (name: string) => void,
): Promise<readonly string[]> => {
  const { reader, webAcls, functions } = tools
  const balancers = balancersOf(reader, regions)
  const apis = apiListsOf(reader, tools.now)
  const search: Search = { reader, regions, balancers, resolver, found: new Map() }
  const names = origins
    .filter(one => !one.VpcOriginConfig?.VpcOriginId)
    .map(({ DomainName }) => DomainName)
    // Filled in by each tenant of a multi-tenant distribution.
    .filter(name => !name?.includes('{{'))
  const [apiRegions] = await Promise.all([
    findByNames(search, distinct(names)).then(ends =>
      readApis({ reader, lists: apis, webAcls }, regions, ends),
    ),
    readFunctionUrls(reader, functions, regions, distinct(names)),
    readBuckets(reader, regions, distinct(names)),
    readVpcOrigins(reader, origins).then(vpcOrigins =>
      findByArns(search, distinct(vpcOrigins.map(one => one.VpcOriginEndpointConfig?.Arn))),
    ),
  ])
  stage('Reading load balancers')
  await Promise.all([
    ...[...search.found].map(([region, behind]) => readRegion({ ...tools, balancers, apis }, region, behind)),
    readApiAddresses(reader, apis, apiRegions, new Set(search.found.keys())),
    search.found.size > 0 ? readAccelerators(reader, regions) : undefined,
  ])
  apis.note()
  return [...search.found.keys()]
}

const viewerCertificates = (distributions: readonly DistributionSummary[]): readonly string[] =>
  distinct(distributions.map(({ ViewerCertificate }) => ViewerCertificate?.ACMCertificateArn))

/** Web ACLs of the older AWS WAF Classic are ids, not ARNs, and are not read. */
const readEdgeAcl = async ({ journal }: Reader, webAcls: WebAcls, id: string): Promise<void> => {
  if (id.startsWith('arn:')) return webAcls.read(id)
  const message = `The web ACL ${id} is of AWS WAF Classic, which is not read: move it to AWS WAF to have it judged.`
  journal.miss(getWebAcl, { code: 'unrecognised', region: globalRegion, target: id, message })
}

/** Seals what was read; the same secrets leave the records of calls too, which name resources as their owners did. */
const sealed = (
  journal: Journal,
  options: Pick<CollectOptions, 'sealKey' | 'now' | 'tool'>,
  regions: readonly string[],
): Snapshot => {
  const { resources, scrub } = seal(journal.resources, options.sealKey)
  const head = {
    record: 'head',
    format: snapshotFormat,
    tool: options.tool ?? 'originproof',
    observedAt: options.now.toISOString(),
    accounts: journal.account === '' ? [] : [journal.account],
    regions,
    sealKey: keyedFingerprint(options.sealKey, 'seal key id'),
  } as const
  // As in the names of the resources themselves, so that the records still join.
  const { identity, text } = scrub
  const gaps = journal.gaps.map(gap => ({
    ...gap,
    target: identity(gap.target),
    message: text(gap.message),
  }))
  const reads = journal.reads.map(read => ({ ...read, target: identity(read.target) }))
  return arrangeSnapshot(head, resources, reads, gaps)
}
