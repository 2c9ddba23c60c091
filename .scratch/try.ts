import { serveAws } from '#lab/aws/endpoint.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import { collect } from '#collect/collect.ts'
import { dnsOf } from './dns.ts'
import * as demo from '../fixtures/worlds/demo.ts'
const world = Object.values(demo).find((v: any) => v?.resources) as any
const counts = new Map<string, number>()
const aws = await serveAws(worldHandler(world, {}), { onCall: c => counts.set(`${c.service}:${c.operation}`, (counts.get(`${c.service}:${c.operation}`) ?? 0) + 1) })
const t = performance.now()
const snap = await collect({
  credentials: async () => ({ accessKeyId: 'AKIALAB', secretAccessKey: 'x' }),
  endpoint: aws.url, homeRegion: 'eu-west-1', sealKey: new Uint8Array(32), now: new Date(0),
  resolver: dnsOf(world), retryDelayMs: 1, maxAttempts: 2,
  onProgress: e => e.kind === 'stage' && console.log(e.stage),
})
console.log(Math.round(performance.now() - t), 'ms')
console.log(counts)
console.log(snap.gaps)
const by = new Map<string, number>()
for (const r of snap.resources) by.set(r.type, (by.get(r.type) ?? 0) + 1)
const wby = new Map<string, number>()
for (const r of world.resources) wby.set(r.type, (wby.get(r.type) ?? 0) + 1)
for (const [k, v] of wby) console.log(k, v, by.get(k))
for (const [k, v] of by) if (!wby.has(k)) console.log('+', k, v)
await aws.close()
