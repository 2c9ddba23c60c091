/** The exposure of an API: every name, every stage, every route that leads to what the origin's own stage calls. */
import type { Api, ApiRoute, Origin } from '#topology/model.ts'
import type { Exposure, Obligation, Reason, Vantage, Witness } from '../exposure.ts'
import type { Spaces } from '../network/space.ts'
import { distinctReasons, notModelled, unreadReasons } from '../uncertainty.ts'
import { restsOnTrail } from './deployment.ts'
import { closing, type Door, doorsOf } from './doors.ts'
import { type Gate, gateOf } from './gate.ts'
import { type Example, exampleFor, isAnyMethod } from './paths.ts'
import { admits } from './policy.ts'
import { type ApiTarget, ownStages, type RelationTo, relationTo } from './target.ts'
import { webAclBlocks, webAclDoubts } from './web-acl.ts'
import { type Passing, witnessOf } from './witness.ts'

/** `now`: milliseconds since 1970. */
export interface When {
  readonly spaces: Spaces
  readonly now: number
}

/** The inside of a private API is anybody's VPC endpoint. */
export const apiExposure = (target: ApiTarget, origin: Origin, vantage: Vantage, when: When): Exposure => {
  const { api } = target
  if (!api.stages.known) return unknown(unreadReasons(api.stages.gaps, `The stages of ${api.ref.name}`))
  if (ownStages(target)?.length === 0)
    return unknown([notModelled(`${api.ref.name} has no stage that the requests of the origin lead to.`)])
  const asked = { relation: relationTo(target), origin, vantage, assumes: 'other-callers' }
  return routesExposure(api, asked, when)
}

/** `origin`: whose headers nobody else knows. `assumes`: by the name of the assumption. */
export interface Asked {
  readonly relation: RelationTo
  readonly origin: Pick<Origin, 'headers'>
  readonly vantage: Vantage
  readonly assumes: string
}

/** Of the routes that lead to what `relation` says. */
export const routesExposure = (api: Api, asked: Asked, { spaces, now }: When): Exposure => {
  if (!api.stages.known) return unknown(unreadReasons(api.stages.gaps, `The stages of ${api.ref.name}`))
  const { doors, obligations, reasons } = doorsOf(api, api.stages.value, asked.vantage)
  const search: Search = {
    ...{ ...asked, api, spaces, now },
    obligations: [...obligations],
    reasons: [...reasons],
    login: null,
    logins: 0,
  }
  for (const door of doors) {
    const open = tryDoor(search, door)
    if (open !== null) return { verdict: 'open', witness: open, certificate: null, reasons: [] }
  }
  return search.reasons.length > 0 ? unknown(search.reasons) : accounted(search)
}

interface Search extends Asked, When {
  readonly api: Api
  readonly obligations: Obligation[]
  readonly reasons: Reason[]
  /** A request that meets a login. */
  login: Witness | null
  logins: number
}

const unknown = (reasons: readonly Reason[]): Exposure => ({
  verdict: 'unknown',
  witness: null,
  certificate: null,
  reasons: distinctReasons(reasons),
})

const accounted = ({ api, obligations, login, logins, assumes }: Search): Exposure => {
  const reliesOn = [
    assumes,
    ...(obligations.some(o => o.kind === 'MTLS') ? ['trust-store'] : []),
    ...(restsOnTrail(api) ? ['changes-told-late'] : []),
  ]
  return {
    verdict: logins > 0 ? 'authenticated' : 'closed',
    witness: login,
    certificate: { obligations, reliesOn },
    reasons: [],
  }
}

/** Null where no request is known to get in; everything else is noted in the search. */
const tryDoor = (search: Search, door: Door): Witness | null => {
  const { stage, ref } = door
  const blocked = webAclBlocks(stage)
  if (blocked !== null) {
    const at = { listener: stage.ref.arn }
    search.obligations.push(
      ...closing('WAF_BLOCKS', ref.arn, at, [blocked.line, stage.ref.line], blocked.text),
    )
    return null
  }
  if (!stage.routes.known) {
    search.reasons.push(...unreadReasons(stage.routes.gaps, `The routes of stage ${stage.name}`))
    return null
  }
  const routes = stage.routes.value
  if (routes.length === 0 && !stage.autoDeploy) {
    search.reasons.push(notModelled(`What stage ${stage.name} was deployed with is not known.`))
    return null
  }
  for (const route of [...routes.filter(isSafe), ...routes.filter(r => !isSafe(r))]) {
    const open = tryRoute(search, door, routes, route)
    if (open !== null) return open
  }
  return null
}

/** What a probe may ask. */
const isSafe = (route: ApiRoute): boolean => isAnyMethod(route) || route.method === 'GET'

const tryRoute = (
  search: Search,
  door: Door,
  routes: readonly ApiRoute[],
  route: ApiRoute,
): Witness | null => {
  const { api, obligations, reasons } = search
  const relation = search.relation(door.stage, route)
  const at = { listener: door.stage.ref.arn, rule: route.ref.arn }
  const close = (kind: Obligation['kind'], text: string, ...lines: readonly number[]): null => {
    obligations.push(...closing(kind, door.ref.arn, at, [...new Set([route.ref.line, ...lines])], text))
    return null
  }
  if (relation.kind === 'none')
    return close('NON_FORWARD', `${route.ref.name} is answered by API Gateway itself.`)
  if (relation.kind === 'different')
    return close('DIFFERENT_BACKEND', `${route.ref.name} calls what the origin does not serve.`)
  const gate = gateOf(api, door.stage, routes, route, search)
  if (gate.kind === 'closed') return close('NON_FORWARD', gate.text, ...gate.lines)
  if (gate.kind === 'unknown') {
    reasons.push(...gate.reasons)
    return null
  }
  const example = exampleFor(api, routes, route, door)
  const tried = example === null ? null : attempt(search, door, route, example, gate)
  if (gate.kind === 'login') {
    search.logins++
    if (door.doubts.length === 0 && tried?.doubts.length === 0) search.login ??= tried.witness
    return close('AUTH', gate.text, ...gate.lines)
  }
  const doubts = [
    ...door.doubts,
    ...(relation.kind === 'maybe' ? relation.reasons : []),
    ...(tried?.doubts ?? [unfound(route)]),
  ]
  if (tried !== null && doubts.length === 0) return tried.witness
  reasons.push(...doubts)
  return null
}

const unfound = ({ ref }: ApiRoute): Reason =>
  notModelled(`No request was found that surely takes ${ref.name} and that nothing else turns away.`)

interface Tried {
  readonly witness: Witness
  /** Why policy or web ACL may turn it away. */
  readonly doubts: readonly Reason[]
}

const attempt = (
  search: Search,
  door: Door,
  route: ApiRoute,
  example: Example,
  gate: Extract<Gate, { kind: 'open' | 'login' }>,
): Tried => {
  const { api, vantage, spaces } = search
  const passing =
    gate.kind === 'open'
      ? passed(route, gate)
      : { choice: {}, asks: { text: gate.text, line: route.ref.line } }
  const witness = witnessOf(api, door, route, example, { vantage, spaces, ...passing })
  const { source, headers } = witness
  const signed = route.authorization === 'iam'
  const call = { method: example.method, own: example.own, source, headers }
  const isAdmitted = (signed && gate.kind === 'login') || admits(api, door.stage, call, { ...search, signed })
  return {
    witness,
    doubts: [...(isAdmitted ? [] : [unfound(route)]), ...webAclDoubts(door.stage, witness)],
  }
}

const passed = (
  { ref }: ApiRoute,
  { choice, line }: Extract<Gate, { kind: 'open' }>,
): Pick<Passing, 'choice' | 'asks'> => {
  const text =
    line === null
      ? `${ref.name} asks nothing of its callers`
      : `the resource policy lets strangers call ${ref.name}`
  return { choice, asks: { text, line: line ?? ref.line } }
}
