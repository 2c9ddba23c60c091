/** Runs a collection of a world through the real SDK, and tells what it did. */
import { type CollectEvent, type CollectOptions, collect } from '#collect/collect.ts'
import { type AwsCall, type AwsEndpointOptions, type AwsHandler, serveAws } from '#lab/aws/endpoint.ts'
import { type WorldHandlerOptions, worldHandler } from '#lab/serve-world/handler.ts'
import type { World } from '#lab/world.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { estate, estateDns } from './estate.ts'

export interface RunOptions {
  readonly world?: World
  readonly handler?: WorldHandlerOptions
  readonly wrap?: (handle: AwsHandler) => AwsHandler
  readonly endpoint?: AwsEndpointOptions
  readonly collect?: Partial<CollectOptions>
}

export interface Run {
  readonly snapshot: Snapshot
  /** The file. */
  readonly text: string
  readonly calls: readonly AwsCall[]
  readonly events: readonly CollectEvent[]
}

export const now = new Date('2026-06-01T12:00:00.000Z')
export const sealKey = Buffer.alloc(32, 7)

export async function run(options: RunOptions = {}): Promise<Run> {
  const calls: AwsCall[] = []
  const events: CollectEvent[] = []
  const world = options.world ?? estate
  const handle = worldHandler(world, options.handler)
  const aws = await serveAws(options.wrap?.(handle) ?? handle, {
    ...options.endpoint,
    onCall: call => calls.push(call),
  })
  try {
    const snapshot = await collect({
      credentials: async () => ({ accessKeyId: 'AKIALAB', secretAccessKey: 'lab' }),
      endpoint: aws.url,
      homeRegion: 'us-east-1',
      sealKey,
      now,
      resolver: estateDns(),
      maxAttempts: 2,
      retryDelayMs: 1,
      onProgress: event => events.push(event),
      ...options.collect,
    })
    return { snapshot, text: [...snapshotLines(snapshot)].join(''), calls, events }
  } finally {
    await aws.close()
  }
}

/** Each operation that was called, `service:Operation`, sorted. */
export const operationsOf = (calls: readonly AwsCall[]): readonly string[] =>
  [...new Set(calls.map(call => `${call.service}:${call.operation}`))].sort()
