/** Lets Secrets Manager rotate what the distributions of a world send: a secret and a function for each of them. */
import { types } from '#snapshot/resource-types.ts'
import type { World, WorldResource } from '../world.ts'
import {
  buildFunctionNames,
  buildRuns,
  buildSchedule,
  buildSecret,
  type Run,
  type SecretSpec,
} from './token-life.ts'

export interface RotationSpec {
  /** When the value in use was stored; the distributions were changed five minutes later. */
  readonly rotated: string
  readonly nextRotation: string
  /** Another change of the distributions than that of the rotation. */
  readonly changed?: string
  readonly secret?: Partial<SecretSpec>
  readonly runs?: readonly Run[]
  /** Ids of the distributions; all that send a header unless given. */
  readonly only?: readonly string[]
}

const minutesAfter = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString()

const sends = ({ config }: WorldResource): boolean =>
  JSON.stringify(config.Origins ?? '').includes('"HeaderName"')

const behind = (
  distribution: WorldResource,
  region: string,
  spec: RotationSpec,
): readonly WorldResource[] => {
  const id = String(distribution.config.Id)
  const at = { account: distribution.account, region }
  const name = `rotate-${id}`
  return [
    buildFunctionNames(at, name, { CFDISTROID: id }),
    buildRuns(at, name, spec.runs ?? [{ at: spec.rotated, invocations: 4, errors: 0 }]),
    ...buildSecret(at, {
      name: `${id}-token`,
      created: '2025-01-10T08:00:00.000Z',
      lastRotated: spec.rotated,
      nextRotation: spec.nextRotation,
      current: spec.rotated,
      rotatedBy: name,
      ...spec.secret,
    }),
  ]
}

/** The world, rotating in that region; a schedule beside it cleans up after the first of the functions. */
export const withRotation = (world: World, region: string, spec: RotationSpec): World => {
  const LastModifiedTime = spec.changed ?? minutesAfter(spec.rotated, 5)
  const senders = world.resources.filter(
    r => r.type === types.distribution && sends(r) && (spec.only?.includes(String(r.config.Id)) ?? true),
  )
  const [first] = senders
  const at = { account: world.account, region }
  const cleaning = { expression: 'rate(7 days)', functions: [`rotate-${String(first?.config.Id)}`] }
  return {
    ...world,
    resources: [
      ...world.resources.map(r =>
        senders.includes(r) ? { ...r, config: { ...r.config, LastModifiedTime } } : r,
      ),
      ...senders.flatMap(r => behind(r, region, spec)),
      ...(first ? buildSchedule(at, `clean-up-${String(first.config.Id)}`, cleaning) : []),
    ],
  }
}
