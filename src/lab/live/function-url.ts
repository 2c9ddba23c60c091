/** Live Lambda function URLs: they ask for a signature, or run the function, as their policy says. */
import { randomUUID } from 'node:crypto'
import { types } from '#snapshot/resource-types.ts'
import type { World } from '../world.ts'
import { answer as pageOf } from './app.ts'
import { type Caller, lets } from './grants.ts'
import type { Resource } from './service.ts'

interface Url {
  readonly arn: string
  readonly host: string
  readonly authType: string
  readonly policy: unknown
}

const urlsOf = ({ resources }: World): readonly Url[] =>
  resources
    .filter(r => r.type === types.functionUrl)
    .map(({ arn, config }) => ({
      arn,
      host: new URL(String(config.FunctionUrl)).hostname,
      authType: String(config.AuthType),
      policy: resources.find(r => r.type === types.functionPolicy && r.arn === arn)?.config.Policy,
    }))

const mayInvoke = ({ arn, authType, policy }: Url, caller: Caller): boolean => {
  if (authType !== 'NONE' && caller.kind === 'stranger') return false
  const keys = { 'lambda:functionurlauthtype': authType, 'lambda:invokedviafunctionurl': 'true' }
  return ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].every(action =>
    lets(policy, { action, resource: arn, caller, keys }),
  )
}

const nameIn = (arn: string): string => arn.split(':')[6] ?? ''

const serve = (url: Url): Resource => ({
  host: url.host,
  scheme: 'https',
  answer: ({ method, url: path = '/' }, response, caller) => {
    const id = { 'x-amzn-requestid': randomUUID() }
    const allowed = mayInvoke(url, caller)
    const { status, headers, body } = allowed
      ? pageOf(nameIn(url.arn), path.split('?')[0] ?? '/')
      : {
          status: 403,
          headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
          body: '{"Message":"Forbidden"}',
        }
    response.writeHead(status, { ...headers, ...id, 'content-length': String(Buffer.byteLength(body)) })
    response.end(method === 'HEAD' ? undefined : body)
  },
})

export const functionUrlsIn = (world: World): readonly Resource[] => urlsOf(world).map(serve)
