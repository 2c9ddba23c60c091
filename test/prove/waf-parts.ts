import { splitTarget } from '#prove/alb/request.ts'
import { evaluateWebAcl } from '#prove/waf/evaluate.ts'
import { anyWafRequest, wafRequestOf } from '#prove/waf/request.ts'
import type { WebAcl } from '#topology/model.ts'
import type { Value } from '#topology/sealed.ts'
import { aclRule, notStatement, seal, secretHeader, strong } from './build.ts'

export interface Said {
  readonly target?: string
  readonly headers?: readonly (readonly [string, Value])[]
  readonly source?: string
}

export const decide = (acl: WebAcl, said: Said = {}): string => {
  const request = {
    source: said.source ?? '198.51.100.7',
    port: 443,
    tls: true,
    method: 'GET',
    host: 'www.example.com',
    ...splitTarget(said.target ?? '/'),
    headers: (said.headers ?? []).map(([name, value]) => ({ name, value })),
  }
  return evaluateWebAcl(acl, wafRequestOf(request)).decision
}

export const always = (acl: WebAcl): string => evaluateWebAcl(acl, anyWafRequest).decision

export const gate = (text = strong) => aclRule('gate', 'block', notStatement(secretHeader(text)))

export const right = [['X-Token', seal(strong, 'waf:EXACTLY')]] as const

export const wrong = [['X-Token', 'wrong']] as const
