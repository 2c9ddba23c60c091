/** Which request paths a location takes, as nginx chooses among the locations that the controller renders. */
import type { Machine } from '../../language/machine.ts'
import { findWord } from '../../language/search.ts'
import { plainPaths } from '../../language/universe.ts'
import { patternMachine } from '../nginx/pattern.ts'
import type { Aim } from '../nginx/strangers.ts'
import type { Location, Server } from './servers.ts'

/** One `location` block of the rendered configuration. */
interface Block {
  readonly location: Location
  readonly kind: 'exact' | 'prefix' | 'regex'
  readonly path: string
}

const isRegex = ({ ingress, path }: Location): boolean => {
  if (ingress === null) return false
  const target = ingress.annotations['rewrite-target'] ?? ''
  return ingress.annotations['use-regex'] === 'true' || (target !== '' && target !== path)
}

/** One location with expressions, or a rewrite, makes expressions of all locations of the host. */
const blocksOf = (server: Server): readonly Block[] => {
  const regex = server.locations.some(isRegex)
  const exact = new Set(server.locations.filter(l => l.pathType === 'Exact').map(l => l.path))
  return server.locations.flatMap((location): readonly Block[] => {
    const { path, pathType } = location
    const slashed = path.endsWith('/') ? path : `${path}/`
    const bare = pathType === 'Prefix' && path !== '/' && !isRegex(location)
    if (!bare) return [{ location, path, kind: regex ? 'regex' : pathType === 'Exact' ? 'exact' : 'prefix' }]
    const inside: Block = { location, path: slashed, kind: regex ? 'regex' : 'prefix' }
    return exact.has(path) ? [inside] : [inside, { location, path, kind: regex ? 'regex' : 'exact' }]
  })
}

const escaped = (path: string): string => path.replace(/[.*+?()[\]{}|^$/\\]/g, '\\$&')

const machineOf = ({ kind, path }: Block): Machine | null => {
  if (kind === 'regex') return patternMachine(`^${path}`, true)
  return patternMachine(kind === 'exact' ? `^${escaped(path)}$` : `^${escaped(path)}`, false)
}

/** Whether `a` takes a request before `b` does, where both would. */
const outranks = (a: Block, b: Block): boolean => {
  if (a.kind === 'exact' || b.kind === 'exact') return a.kind === 'exact' && b.kind !== 'exact'
  // Expressions stand in the order of the paths as written; of plain prefixes the longest wins.
  const [mine, theirs] = a.kind === 'regex' ? [a.location.path, b.location.path] : [a.path, b.path]
  return mine.length === theirs.length ? mine > theirs : mine.length > theirs.length
}

/** Null where no path that the location takes could be worked out; `unreachable` where others take every path of it. */
export const pathAims = (
  server: Server,
  location: Location,
): readonly Aim['path'][] | 'unreachable' | null => {
  const blocks = blocksOf(server)
  const own = blocks.filter(b => b.location === location)
  const aims: Aim['path'][] = []
  let decided = true
  for (const block of own) {
    const machine = machineOf(block)
    const others = blocks.filter(b => b.location !== location && outranks(b, block)).map(machineOf)
    const none = others.filter(m => m !== null)
    if (machine === null || none.length < others.length) {
      decided = false
      continue
    }
    const budget = { left: 200_000 }
    const word = findWord(plainPaths, [machine], none, budget)
    if (word === null && budget.left <= 0) decided = false
    if (word !== null) aims.push({ all: [machine], none, prefer: [...likely(block.path), word] })
  }
  if (aims.length > 0) return aims
  return decided ? 'unreachable' : null
}

const likely = (path: string): readonly string[] => [path, `${path}index.html`, `${path}x`]
