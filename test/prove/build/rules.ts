/** Conditions, actions, rules and listeners, written as one would say them. */
import { type Known, known } from '#base/known.ts'
import type { Sealed } from '#snapshot/sealed.ts'
import type { Action, Condition, Listener, Rule, TargetGroup } from '#topology/model.ts'
import { next, ref, seal } from './values.ts'

export const header = (name: string, ...globs: readonly (string | Sealed)[]): Condition => ({
  field: 'http-header',
  name,
  globs,
  regexes: [],
})
export const token = (...texts: readonly string[]): Condition => header('X-Token', ...texts.map(t => seal(t)))
export const headerRegex = (name: string, ...regexes: readonly (string | Sealed)[]): Condition => ({
  field: 'http-header',
  name,
  globs: [],
  regexes,
})
export const host = (...globs: readonly string[]): Condition => ({ field: 'host-header', globs, regexes: [] })
export const path = (...globs: readonly string[]): Condition => ({
  field: 'path-pattern',
  globs,
  regexes: [],
})
export const pathRegex = (...regexes: readonly string[]): Condition => ({
  field: 'path-pattern',
  globs: [],
  regexes,
})
export const method = (...methods: readonly string[]): Condition => ({
  field: 'http-request-method',
  methods,
})
export const query = (...pairs: readonly (readonly [string | null, string | Sealed])[]): Condition => ({
  field: 'query-string',
  pairs: pairs.map(([key, value]) => ({ key, value })),
})
export const sourceIp = (...cidrs: readonly string[]): Condition => ({ field: 'source-ip', cidrs })

export const group = (
  name: string,
  targets: Known<readonly string[]> = known([`i-${name}:80`]),
): TargetGroup => ({
  ref: ref(`arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/1`, name),
  name,
  protocol: 'HTTP',
  port: 80,
  targetType: 'instance',
  targets,
  hosts: known([]),
  clientIpPreserved: known(true),
})
export const app = group('app')
export const forward = (...groups: readonly TargetGroup[]): Action => ({
  kind: 'forward',
  groups: (groups.length > 0 ? groups : [app]).map(g => ({ group: known(g), weight: 1 })),
})
export const weighted = (...groups: readonly (readonly [TargetGroup, number])[]): Action => ({
  kind: 'forward',
  groups: groups.map(([g, weight]) => ({ group: known(g), weight })),
})
export const fixed = (status = 403): Action => ({
  kind: 'fixed-response',
  status,
  contentType: 'text/plain',
  body: 'Forbidden',
})
export const redirect = (more: Partial<Extract<Action, { kind: 'redirect' }>> = {}): Action => ({
  kind: 'redirect',
  protocol: 'HTTPS',
  host: '#{host}',
  port: '443',
  path: '/#{path}',
  query: '#{query}',
  status: 301,
  ...more,
})
export const login = (
  onUnauthenticated: 'authenticate' | 'deny' | 'allow',
  provider: 'oidc' | 'cognito' | 'jwt' = 'oidc',
): Action => ({ kind: 'authenticate', with: provider, onUnauthenticated })

export const rule = (
  priority: number | 'default',
  conditions: readonly Condition[],
  ...actions: readonly Action[]
): Rule => ({
  ref: ref(`arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/x/${next()}`),
  priority,
  conditions,
  actions,
  transforms: false,
})
export const otherwise = (...actions: readonly Action[]): Rule => rule('default', [], ...actions)

export const listener = (rules: readonly Rule[], more: Partial<Listener> = {}): Listener => ({
  ref: ref(`arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/x/${next()}`, 'HTTPS:443'),
  port: 443,
  protocol: 'HTTPS',
  sslPolicy: null,
  certificates: known([]),
  mutualTls: 'off',
  rules: known(rules),
  ...more,
})
