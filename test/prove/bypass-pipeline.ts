/** Takes a world through everything that needs no live origin: collected by the real SDK, understood, proven, judged. */
import { loadRules } from '#cli/rules.ts'
import { serveAws } from '#lab/aws/endpoint.ts'
import { serveDns } from '#lab/live/dns-server.ts'
import { plainTypes } from '#lab/plain-types.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import type { World } from '#lab/world.ts'
import type { Rulebook } from '#rulebook/rule.ts'
import { collect, dnsResolver, judgeSnapshot, type ScanResult } from '#scan.ts'
import type { Snapshot } from '#snapshot/record.ts'
import type { ManifestFile } from '../../fixtures/worlds/cluster/manifests.ts'

const collected = new Map<string, Promise<Snapshot>>()

/** The snapshot that a scan of the world would write; worlds with the same resources are collected once. */
export const snapshotOf = (world: World, manifests: readonly ManifestFile[] = []): Promise<Snapshot> => {
  const all = [...manifests, ...objectsOf(world)]
  const key = JSON.stringify([world.resources, world.dns, all])
  const made = collected.get(key) ?? collectWorld(world, all)
  collected.set(key, made)
  return made
}

/** Values are looked through where the world has some. */
const holdsValues = ({ resources }: World): boolean => {
  const clear: readonly string[] = Object.values(plainTypes)
  return resources.some(({ type }) => clear.includes(type))
}

/** JSON is YAML. */
const objectsOf = ({ kubernetes }: World): readonly ManifestFile[] =>
  kubernetes === undefined
    ? []
    : [{ path: 'cluster.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: kubernetes }) }]

const collectWorld = async (world: World, manifests: readonly ManifestFile[]): Promise<Snapshot> => {
  const [aws, dns] = await Promise.all([serveAws(worldHandler(world)), serveDns(world)])
  try {
    return await collect({
      credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'laboratory' }),
      endpoint: aws.url,
      homeRegion: 'us-east-1',
      sealKey: Buffer.alloc(32, 7),
      now: new Date('2026-11-20T12:00:00.000Z'),
      resolver: dnsResolver({ server: dns.address }),
      maxAttempts: 2,
      retryDelayMs: 1,
      tool: 'originproof',
      findPlaintext: holdsValues(world),
      manifests,
    })
  } finally {
    await Promise.all([aws.close(), dns.close()])
  }
}

let rules: Promise<Rulebook> | undefined

export const judged = async (snapshot: Snapshot): Promise<ScanResult> => {
  rules ??= loadRules(undefined)
  return judgeSnapshot(snapshot, {
    rulebook: await rules,
    profile: 'recommended',
    toolVersion: '0.1.0',
    snapshotName: 'snapshot.ndjson',
  })
}
