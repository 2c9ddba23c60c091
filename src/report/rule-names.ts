/** The few rules that reports know by name: those that give a link its verdict, and the one about the edge's web ACL. */
import type { Vantage } from './terms.ts'

const verdictRules: ReadonlyMap<string, Vantage> = new Map([
  ['origin-closed-to-internet', 'internet'],
  ['origin-closed-to-tenants', 'tenant'],
  ['origin-refuses-direct-requests', 'internet'],
])

/** The vantage whose verdict the rule reports; null for every other rule. */
export const vantageOfRule = (rule: string): Vantage | null => verdictRules.get(rule) ?? null

export const edgeFirewallRule = 'distribution-waf-attached'
