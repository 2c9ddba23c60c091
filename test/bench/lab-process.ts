/** Child process: serves a world as AWS until its parent lets go, and tells how often it was asked. */
import { type AwsHandler, serveAws } from '#lab/aws/endpoint.ts'
import { operationName } from '#lab/aws/policy.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import { taskOf } from './child.ts'
import { type CallsByPlace, limited } from './limits.ts'
import { type WorldName, worldNamed } from './worlds.ts'

export interface LabTask {
  readonly world: WorldName
  readonly latencyMs: number
  readonly limited: boolean
}

export interface LabReady {
  readonly url: string
}

export interface LabCounts {
  /** Every request that arrived, refused ones included. */
  readonly asked: number
  readonly refused: number
  readonly answered: CallsByPlace
  /** Seconds of processor time that the laboratory itself used. */
  readonly cpu: number
}

const counting = (handle: AwsHandler, answered: Map<string, number>): AwsHandler => {
  return async call => {
    const given = await handle(call)
    const place = `${operationName(call)} ${call.region}`
    if ('output' in given) answered.set(place, (answered.get(place) ?? 0) + 1)
    return given
  }
}

const task = taskOf<LabTask>()
const answered = new Map<string, number>()
let asked = 0
const handle = worldHandler(worldNamed(task.world))
const lab = await serveAws(counting(task.limited ? limited(handle) : handle, answered), {
  latencyMs: task.latencyMs,
  onCall: () => {
    asked += 1
  },
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  const all = [...answered.values()].reduce((a, b) => a + b, 0)
  const counts: LabCounts = {
    asked,
    refused: asked - all,
    answered: Object.fromEntries(answered),
    cpu: (user + system) / 1e6,
  }
  process.send?.(counts)
})
const ready: LabReady = { url: lab.url }
process.send?.(ready)
