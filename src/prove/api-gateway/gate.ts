/** What a route asks of strangers: nothing, a login, or more than they have. */
import { askingRoute, authorizersIn, isDeploymentKnown } from '#topology/api-deployed.ts'
import type { Api, ApiRoute, ApiStage, Authorizer, Origin } from '#topology/model.ts'
import { isSealed } from '#topology/sealed.ts'
import type { Reason } from '../exposure.ts'
import { distinctReasons, notModelled, unreadReasons } from '../uncertainty.ts'
import { isStrong } from '../value.ts'
import { doubted, routesDeployment, settingsDeployment, unproven } from './deployment.ts'
import { type Answer, type Asker, policyAnswer } from './policy.ts'

export type Gate =
  | {
      readonly kind: 'open'
      readonly choice: Readonly<Record<string, readonly string[]>>
      readonly line: number | null
    }
  | { readonly kind: 'login'; readonly text: string; readonly lines: readonly number[] }
  | { readonly kind: 'closed'; readonly text: string; readonly lines: readonly number[] }
  | { readonly kind: 'unknown'; readonly reasons: readonly Reason[] }

export type Question = Omit<Asker, 'signed'> & {
  /** Of the distribution, for the headers that it sends. */
  readonly origin: Pick<Origin, 'headers'>
}

/** `routes`: all of the stage. */
export const gateOf = (
  api: Api,
  stage: ApiStage,
  routes: readonly ApiRoute[],
  route: ApiRoute,
  question: Question,
): Gate => {
  if (isDeploymentKnown(api, stage, route))
    return gateAt(api, stage, askingRoute(api, routes, route) ?? unasked(route), question)
  return unknown(
    notModelled(`How ${route.ref.name} was deployed to stage ${stage.name} is not known.`),
    ...unproven(routesDeployment(api, stage)),
  )
}

/** Without `$connect` everybody connects. */
const unasked = (route: ApiRoute): ApiRoute => ({
  ...route,
  authorization: 'none',
  authorizerId: null,
  apiKeyRequired: false,
})

const gateAt = (api: Api, stage: ApiStage, route: ApiRoute, question: Question): Gate => {
  switch (route.authorization) {
    case 'none':
      return unauthorized(api, stage, route, question)
    case 'iam':
      return withKey(api, route, question, signedOnly(api, stage, route, question))
    case 'cognito':
    case 'jwt':
      return login(route, `${route.ref.name} asks for a token (${route.authorization}).`)
    case 'lambda':
      return byDeployedLambda(api, stage, route, question)
    case 'unrecognised':
      return unknown(
        notModelled(`The authorization of ${route.ref.name} is not one that this version knows.`),
      )
  }
}

const unknown = (...reasons: readonly Reason[]): Gate => ({ kind: 'unknown', reasons })

const login = ({ ref }: ApiRoute, text: string, ...lines: readonly number[]): Gate => ({
  kind: 'login',
  text,
  lines: [ref.line, ...lines],
})

/** Without authorization a policy, where there is one, must allow the call. */
const unauthorized = (api: Api, stage: ApiStage, route: ApiRoute, question: Question): Gate => {
  const deployment = settingsDeployment(api, stage)
  const answer = policyAnswer(api, stage, route, { ...question, signed: false })
  if (answer.kind === 'deny' && unproven(deployment).length === 0)
    return { kind: 'closed', text: answer.text, lines: [...answer.lines, route.ref.line, stage.ref.line] }
  const stale = [...doubted(deployment), ...doubted(routesDeployment(api, stage))]
  const doubts = answer.kind === 'deny' ? unproven(deployment) : distinctReasons(stale)
  return withKey(api, route, question, opening(answer, doubts))
}

const opening = (answer: Answer, doubts: readonly Reason[]): Gate => {
  if (answer.kind === 'unknown') return answer
  if (doubts.length > 0 || answer.kind === 'deny') return unknown(...doubts)
  return answer.kind === 'none'
    ? { kind: 'open', choice: {}, line: null }
    : { kind: 'open', choice: answer.choice, line: answer.line }
}

/** Whoever has an AWS account signs with credentials of their own, which only a policy lets in. */
const signedOnly = (api: Api, stage: ApiStage, route: ApiRoute, question: Question): Gate => {
  const asked = login(route, `${route.ref.name} asks for a request signed with credentials of the account.`)
  if (question.vantage === 'internet' || api.kind !== 'rest') return asked
  const deployment = settingsDeployment(api, stage)
  const answer = policyAnswer(api, stage, route, { ...question, signed: true })
  if (answer.kind === 'unknown') return answer
  if (answer.kind === 'allow')
    return opening(answer, [...doubted(deployment), ...doubted(routesDeployment(api, stage))])
  const doubts = unproven(deployment)
  return doubts.length > 0 ? unknown(...doubts) : asked
}

/** Where AWS does not export a deployment, its authorizer is the one of now. */
const byDeployedLambda = (api: Api, stage: ApiStage, route: ApiRoute, question: Question): Gate => {
  const doubts = unproven(routesDeployment(api, stage))
  return doubts.length > 0
    ? unknown(...doubts)
    : withKey(api, route, question, byLambda(api, stage, route, question.origin))
}

/** Its code cannot be read: that it sees the secret which CloudFront sends is all that can be told. */
const byLambda = (api: Api, stage: ApiStage, route: ApiRoute, origin: Pick<Origin, 'headers'>): Gate => {
  const authorizers = authorizersIn(api, stage)
  if (!authorizers.known)
    return unknown(...unreadReasons(authorizers.gaps, `The authorizers of ${api.ref.name}`))
  const found = authorizers.value.find(a => a.id === route.authorizerId)
  if (found === undefined)
    return unknown(notModelled(`Which authorizer ${route.ref.name} was deployed with is not known.`))
  const header = secretSeen(found, origin)
  if (header !== null)
    return login(
      route,
      `${route.ref.name} asks authorizer ${found.name}, which is given the header ${header} that CloudFront sends.`,
      found.ref.line,
    )
  const kept = found.ttl > 0 ? ` Its decisions are kept for ${found.ttl} s for whoever looks alike.` : ''
  return unknown(
    notModelled(
      `What authorizer ${found.name} decides is in its code: no secret header that CloudFront sends is among its identity sources.${kept}`,
    ),
  )
}

/** Lower case; null where no identity source is a header that CloudFront sends with a value that nobody guesses. */
const secretSeen = (
  { identitySources, type }: Authorizer,
  { headers }: Pick<Origin, 'headers'>,
): string | null => {
  if (type !== 'lambda') return null
  const names = identitySources.flatMap(source => {
    const name = /^(?:(?:method|route)\.request|\$request)\.header\.(.+)$/i.exec(source.trim())?.[1]
    return name === undefined ? [] : [name.toLowerCase()]
  })
  const sent = headers.filter(h => isSealed(h.value) && isStrong(h.value)).map(h => h.name.toLowerCase())
  return names.find(n => sent.includes(n)) ?? null
}

/**
 * A key that callers must send keeps strangers out, but every consumer of a usage plan has one: it counts as a login,
 * never as closed. A key that the authorizer hands out asks nothing of the caller.
 */
const withKey = (api: Api, route: ApiRoute, { origin }: Question, without: Gate): Gate => {
  if (!route.apiKeyRequired || without.kind === 'login' || without.kind === 'closed') return without
  if (api.apiKeySource !== 'HEADER')
    return without.kind === 'open'
      ? unknown(
          notModelled(
            `${route.ref.name} asks for a key that no caller sends (${api.apiKeySource ?? 'of no known source'}).`,
          ),
        )
      : without
  const sent = origin.headers.find(h => h.name.toLowerCase() === 'x-api-key')
  if (sent !== undefined && !(isSealed(sent.value) && isStrong(sent.value)))
    return unknown(
      notModelled(`${route.ref.name} asks for an API key, and the one that CloudFront sends may be guessed.`),
    )
  return login(route, `${route.ref.name} asks for an API key, which every consumer of its usage plans has.`)
}
