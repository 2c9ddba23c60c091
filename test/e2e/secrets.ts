/** The secrets of a world and every form in which one might leak. */

import type { World } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

interface Origins {
  readonly Items: readonly {
    readonly CustomHeaders: { readonly Items?: readonly { readonly HeaderValue: string }[] }
  }[]
}
interface Condition {
  readonly HttpHeaderConfig?: { readonly Values?: readonly string[] }
}

/** Values of origin headers and header conditions of at least `shortest` characters; `letmein` is a word, not a canary. */
export const secretsOf = (world: World, shortest = 12): readonly string[] => {
  const sent = world.resources
    .filter(r => r.type === types.distribution)
    .flatMap(r => (r.config.Origins as Origins).Items)
    .flatMap(o => (o.CustomHeaders.Items ?? []).map(h => h.HeaderValue))
  const accepted = world.resources
    .filter(r => r.type === types.rule)
    .flatMap(r => r.config.Conditions as readonly Condition[])
    .flatMap(c => c.HttpHeaderConfig?.Values ?? [])
  return [...new Set([...sent, ...accepted])].filter(v => v.length >= shortest)
}

/** Plain, base64 (padded and not, URL-safe), hex, URL-encoded, reversed. */
export const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret)
  return [
    secret,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    [...bytes].map(b => `%${b.toString(16)}`).join(''),
    [...secret].reverse().join(''),
  ]
}
