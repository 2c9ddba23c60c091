/** AWS STS of a world: every account that owns something can be entered by assuming a role of it. */
import { types } from '#snapshot/resource-types.ts'
import type { World } from '../world.ts'
import { type Operations, only, refuse } from './operation.ts'

/** The account is part of the temporary key, so that the lab needs no memory of sessions. */
const sessionKey = /^ASIA(\d{12})$/

/** The account that an access key belongs to: the world's own unless a role was assumed. */
export const accountOf = (world: World, accessKeyId: string): string =>
  sessionKey.exec(accessKeyId)?.[1] ?? world.account

export const sts: Operations = {
  GetCallerIdentity: ({ view, accessKeyId }) => {
    const own = view.list(types.account)[0]
    if (own) return only(own, 'Account', 'Arn', 'UserId')
    const name = sessionKey.test(accessKeyId) ? 'assumed-role/scanner/lab' : 'assumed-role/lab/lab'
    return {
      Account: view.account,
      Arn: `arn:aws:sts::${view.account}:${name}`,
      UserId: `AROA${view.account}:lab`,
    }
  },
  AssumeRole: ({ input, view }) => {
    const arn = String(input.RoleArn)
    const [, account = '', role = ''] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
    const exists = account === view.world.account || view.world.resources.some(r => r.account === account)
    if (!exists) refuse('AccessDenied', `Not authorized to perform: sts:AssumeRole on resource: ${arn}`)
    const session = String(input.RoleSessionName)
    return {
      Credentials: {
        AccessKeyId: `ASIA${account}`,
        SecretAccessKey: 'lab',
        SessionToken: 'lab',
        Expiration: new Date(Date.now() + 3_600_000),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROA${account}:${session}`,
        Arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
      },
    }
  },
}
