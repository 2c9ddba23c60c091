/** The names that an API answers to, and what closes one as a whole or keeps it from being certain. */
import type { Api, ApiDomain, ApiStage, Ref } from '#topology/model.ts'
import type { Obligation, ObligationKind, Reason, Vantage } from '../exposure.ts'
import { notModelled, uncertain, unreadReasons } from '../uncertainty.ts'
import { doubted, settingsDeployment, unproven } from './deployment.ts'
import { stageNamed } from './target.ts'

/** One stage of the API by one name. */
export interface Door {
  readonly ref: Ref
  /** What a client connects to. */
  readonly connect: string
  /** Host and TLS name. */
  readonly host: string
  readonly stage: ApiStage
  /** In front of the route's path: empty, or with a slash in front. */
  readonly prefix: string
  /** Prefixes beside it that lead elsewhere. */
  readonly others: readonly string[]
  /** Why what is open here need not be. */
  readonly doubts: readonly Reason[]
}

export interface Doors {
  readonly doors: readonly Door[]
  readonly obligations: readonly Obligation[]
  /** Why there may be further doors. */
  readonly reasons: readonly Reason[]
}

/** For both address families. */
export const closing = (
  kind: ObligationKind,
  entryPoint: string,
  at: { readonly listener?: string; readonly rule?: string },
  lines: readonly number[],
  text: string,
): readonly Obligation[] =>
  ([4, 6] as const).map(family => ({
    ...{ kind, entryPoint, family, lines, text },
    ...{ listener: at.listener ?? null, rule: at.rule ?? null },
  }))

/** `stages`: those of the API, which were read. */
export const doorsOf = (api: Api, stages: readonly ApiStage[], vantage: Vantage): Doors => {
  const own = defaultDoors(api, stages, vantage)
  const domains = api.domains.known ? api.domains.value.map(d => domainDoors(api, stages, d, vantage)) : []
  const unread = api.domains.known
    ? []
    : unreadReasons(api.domains.gaps, `The domain names of ${api.ref.name}`)
  const all = [own, ...domains]
  return {
    doors: all.flatMap(d => d.doors),
    obligations: all.flatMap(d => d.obligations),
    reasons: [...all.flatMap(d => d.reasons), ...unread],
  }
}

const shut = (obligations: readonly Obligation[]): Doors => ({ doors: [], obligations, reasons: [] })

const unknownType = notModelled('The endpoint type is not one that this version knows.')

const defaultDoors = (api: Api, stages: readonly ApiStage[], vantage: Vantage): Doors => {
  const { ref, host, endpointType } = api
  if (endpointType === 'PRIVATE' && vantage !== 'inside')
    return shut(closing('NET_UNREACHABLE', ref.arn, {}, [ref.line], privately(ref)))
  const doubts = endpointType === 'unrecognised' ? [unknownType] : []
  const made = stages.map((stage): Doors => {
    const deployment = settingsDeployment(api, stage)
    const off = api.defaultEndpointDisabled ? unproven(deployment) : doubted(deployment)
    if (api.defaultEndpointDisabled && off.length === 0)
      return shut(
        closing(
          'NON_FORWARD',
          ref.arn,
          { listener: stage.ref.arn },
          [ref.line, stage.ref.line],
          isOff(ref, stage),
        ),
      )
    const prefix = stage.name === '$default' ? '' : `/${stage.name}`
    const others = prefix === '' ? stages.flatMap(s => (s === stage ? [] : [`/${s.name}`])) : []
    const door = { ref, connect: host, host, stage, prefix, others, doubts: [...doubts, ...off] }
    return { doors: [door], obligations: [], reasons: [] }
  })
  return { doors: made.flatMap(m => m.doors), obligations: made.flatMap(m => m.obligations), reasons: [] }
}

const privately = ({ name }: Ref): string => `${name} is private: it answers through VPC endpoints only.`

const isOff = ({ name }: Ref, stage: ApiStage): string =>
  `The default endpoint of ${name} is off, and was when stage ${stage.name} was deployed.`

const domainDoors = (api: Api, stages: readonly ApiStage[], domain: ApiDomain, vantage: Vantage): Doors => {
  const { ref, name, targets, endpointType, mutualTls, mappings, routingRules } = domain
  if (endpointType === 'PRIVATE' && vantage !== 'inside')
    return shut(closing('NET_UNREACHABLE', ref.arn, {}, [ref.line], privately(ref)))
  const isStrict = domain.endpointAccessMode === 'STRICT'
  if (mutualTls && isStrict)
    return shut(
      closing(
        'MTLS',
        ref.arn,
        {},
        [ref.line],
        `${name} asks for a client certificate, on connections to that name only.`,
      ),
    )
  const doubts = [
    ...(endpointType === 'unrecognised' ? [unknownType] : []),
    ...(endpointType === 'PRIVATE'
      ? [notModelled(`The policy of the private name ${name} was not read.`)]
      : []),
    ...(mutualTls ? [uncertain('U-25')] : []),
    ...(routingRules
      ? [notModelled(`Routing rules of ${name} choose the stage: they are not followed.`)]
      : []),
  ]
  const door = { ref, connect: targets[0] ?? name, host: name, doubts }
  const at = routingRules
    ? stages.map(stage => ({ stage, path: '' }))
    : mappings.flatMap(m => {
        const stage = stageNamed(api, m.stage)
        return stage === undefined ? [] : [{ stage, path: m.path }]
      })
  const doors = at.map(({ stage, path }): Door => {
    const others = mappings.flatMap(m => (m.path === path ? [] : [`/${m.path}`]))
    return { ...door, stage, prefix: path === '' ? '' : `/${path}`, others }
  })
  return { doors, obligations: [], reasons: [] }
}
