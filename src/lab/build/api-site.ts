/** Sites whose origin is an API of API Gateway, by its default endpoint. */
import { type ApiRouteSpec, buildHttpApi, buildRestApi } from './api.ts'
import { before, type OtherSite, shared } from './other-sites.ts'
import type { Part } from './site.ts'

const header = 'x-origin-verify'

/**
 * `locked`: an authorizer asks for the header that CloudFront sends; `iam`: for a signature, which nobody gives; else
 * nobody is asked for anything. REST APIs have the stage `prod`, HTTP APIs the one without a name.
 */
export const apiSite =
  (
    site: OtherSite & { readonly token?: string },
    kind: 'rest' | 'http',
    access: 'locked' | 'iam' | 'public',
  ) =>
  (zone: string): Part => {
    const { name, place, token } = site
    const source = kind === 'rest' ? `method.request.header.${header}` : `$request.header.${header}`
    const asks: Pick<ApiRouteSpec, 'authorization' | 'authorizer'> =
      access === 'locked'
        ? { authorization: 'CUSTOM', authorizer: 'gate' }
        : { authorization: access === 'iam' ? 'AWS_IAM' : 'NONE' }
    const authorizers =
      access === 'locked'
        ? [{ name: 'gate', type: 'REQUEST' as const, identitySources: [source], ttl: 0 }]
        : []
    const api =
      kind === 'rest'
        ? buildRestApi({
            ...{ name, place, authorizers, stages: [{ name: 'prod', deployed: '2026-11-02T09:00:00.000Z' }] },
            routes: [
              { method: 'ANY', path: '/', ...asks },
              { method: 'ANY', path: '/{proxy+}', ...asks },
            ],
          })
        : buildHttpApi({
            ...{ name, place, authorizers, stages: [{ name: '$default' }] },
            routes: [{ path: '$default', ...asks }],
          })
    return before(
      site,
      zone,
      {
        domainName: api.host,
        ...(kind === 'rest' && { path: '/prod' }),
        ...(token !== undefined && { headers: { [header]: token } }),
      },
      {
        resources: api.resources,
        dns: [{ name: api.host, type: 'A', value: shared('execute-api', place) }],
        records: [],
      },
    )
  }
