/** Rules of Traefik routers under the topology's name, for the stages that see the graph and not the snapshot. */
export { type Matcher, parseRule, type Rule } from '#snapshot/traefik/parse.ts'
export type { SealedRule } from '#snapshot/traefik/seal-rule.ts'
