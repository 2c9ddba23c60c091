/** Lets Secrets Manager rotate what the distributions of a world send: a secret and a function for each of them. */
import { types } from '#snapshot/resource-types.ts'
import type { World, WorldResource } from '../world.ts'
import {
  buildFunctionNames,
  buildRuns,
  buildSchedule,
  buildSecret,
  buildTimer,
  buildTrailEvent,
  lambdaArn,
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

/** Values that the distribution sends, to find the gates that compare them. */
const valuesOf = ({ config }: WorldResource): readonly string[] =>
  [...JSON.stringify(config.Origins ?? '').matchAll(/"HeaderValue":"([^"]+)"/g)].map(
    ([, value = '']) => value,
  )

/** CloudTrail's record of a rotation: the distributions, and each gate that compares what they send. */
const record = (world: World, senders: readonly WorldResource[], spec: RotationSpec) => {
  const values = senders.flatMap(valuesOf)
  const comparing = (type: string) =>
    world.resources.filter(r => r.type === type && values.some(v => JSON.stringify(r.config).includes(v)))
  const change = (event: string, minutes: number) => (r: WorldResource) =>
    buildTrailEvent(
      { account: r.account, region: r.type === types.distribution ? 'us-east-1' : r.region },
      event,
      minutesAfter(spec.rotated, minutes),
      [r.arn],
    )
  return [
    ...comparing(types.rule).map(change('ModifyRule', 2)),
    ...comparing(types.webAcl).map(change('UpdateWebACL', 2)),
    ...senders.map(change('UpdateDistribution', 5)),
  ]
}

/** The world, rotating in that region; a rule and a schedule beside it run the first of the functions. */
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
      ...record(world, senders, spec),
      ...(first ? buildSchedule(at, `clean-up-${String(first.config.Id)}`, cleaning) : []),
      ...(first
        ? [
            buildTimer(at, `rehearse-${String(first.config.Id)}`, {
              expression: 'rate(7 days)',
              runs: lambdaArn(at, `rotate-${String(first.config.Id)}`),
            }),
          ]
        : []),
    ],
  }
}
