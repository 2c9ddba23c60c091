/** Which Host values a server takes: its name, its aliases, or every name that no other server has. */
import type { Machine } from '../../language/machine.ts'
import { patternMachine } from '../nginx/pattern.ts'
import type { Aim } from '../nginx/strangers.ts'
import { defaultHost, type Server } from './servers.ts'

const escaped = (host: string): string => host.toLowerCase().replace(/[.*+?()[\]{}|^$/\\]/g, '\\$&')

/** Null for a name that is an expression this version cannot read. */
const machineOf = (name: string): Machine | null => {
  if (name.startsWith('~')) return patternMachine(name.slice(1), name.startsWith('~*'))
  if (name.startsWith('*.')) return patternMachine(`^.+${escaped(name.slice(1))}$`, true)
  return patternMachine(`^${escaped(name)}$`, true)
}

const rank = (name: string): number =>
  name === defaultHost ? 3 : name.startsWith('~') ? 2 : name.startsWith('*.') ? 1 : 0

/** Exact names come first, then wildcards (the longest), then expressions, then the default server. */
const outranks = (a: string, b: string): boolean =>
  rank(a) !== rank(b) ? rank(a) < rank(b) : rank(a) === 1 && a.length > b.length

const example = (name: string): readonly string[] => {
  if (name === defaultHost) return ['unnamed.invalid']
  return name.startsWith('*.')
    ? [`x${name.slice(1).toLowerCase()}`]
    : name.startsWith('~')
      ? []
      : [name.toLowerCase()]
}

/** Null where it could not be worked out. */
export const hostAim = (name: string, servers: readonly Server[]): Aim['host'] | null => {
  const own = name === defaultHost ? [] : [machineOf(name)]
  const names = servers.flatMap(s => [s.host, ...s.aliases]).filter(n => n !== defaultHost)
  const none = names.filter(n => n !== name && outranks(n, name)).map(machineOf)
  const all = own.filter(m => m !== null)
  const others = none.filter(m => m !== null)
  if (all.length < own.length || others.length < none.length) return null
  return { all, none: others, prefer: example(name) }
}
