/** An inspection as lines for people. */
import type { Inspection } from './inspect.ts'

const forms = { url: 'signed URL', cookies: 'signed cookies' } as const
const levels = { refused: 'refused', risk: 'risk', note: 'note' } as const

/** One fact a line, then the notes, the gravest first. */
export const describeInspection = (inspection: Inspection): readonly string[] => {
  const { form, policy, resource, starts, expires, sourceIp, keyId, hash, notes } = inspection
  // A custom policy without an end was not read, so that neither its start nor its addresses are known.
  const unread = policy === 'custom' && expires === null
  const rows: readonly (readonly [string, string])[] = [
    ['what', `${forms[form]}, ${policy === null ? 'no policy' : `${policy} policy`}`],
    ['resource', resource ?? (policy === 'custom' ? 'not told' : 'the URL it is used for')],
    ['valid from', starts ?? (unread ? 'not told' : 'no start')],
    ['valid until', expires ?? 'not told'],
    ['address', sourceIp ?? (unread ? 'not told' : 'any')],
    ['key id', keyId ?? 'none that can be shown'],
    ['hash', hash ?? 'not known'],
  ]
  const order = Object.keys(levels)
  const sorted = notes.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
  return [
    ...rows.map(([name, value]) => `${name.padEnd(12)} ${value}`),
    ...(sorted.length > 0 ? [''] : []),
    ...sorted.map(({ level, text }) => `${levels[level].padEnd(12)} ${text}`),
  ]
}
