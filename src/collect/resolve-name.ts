/** Name resolution over DNS, bounded in time, with the chain of canonical names. */
import { Resolver } from 'node:dns/promises'
import { normalName } from '#base/domain-name.ts'

export interface NameAnswer {
  readonly outcome: 'answer' | 'no-such-name' | 'no-data' | 'failed'
  /** The chain behind the name, nearest first. */
  readonly canonicalNames: readonly string[]
  /** IPv4 and IPv6, sorted. */
  readonly addresses: readonly string[]
}

/** Never rejects: what cannot be resolved is `failed`. */
export interface NameResolver {
  resolve(name: string): Promise<NameAnswer>
}

export interface ResolverOptions {
  /** `address:port` of the DNS server; the system's own servers unless given. */
  readonly server?: string
  /** For one query to one server. Default 2 seconds. */
  readonly timeoutMs?: number
  /** Default 2. */
  readonly attempts?: number
}

/** Longer chains are not followed. */
const longestChain = 16

/** Throws a RangeError where `server` is no address. */
export function dnsResolver({ server, timeoutMs = 2_000, attempts = 2 }: ResolverOptions = {}): NameResolver {
  const resolver = new Resolver({ timeout: timeoutMs, tries: attempts })
  if (server !== undefined) resolver.setServers([server])
  return {
    async resolve(name) {
      const canonicalNames = await chainOf(resolver, normalName(name))
      if (canonicalNames === undefined) return failed
      const last = canonicalNames.at(-1) ?? name
      const answers = await Promise.all([
        ask(() => resolver.resolve4(last)),
        ask(() => resolver.resolve6(last)),
      ])
      const addresses = answers.flatMap(({ values }) => values).sort()
      return { outcome: outcomeOf(answers, addresses), canonicalNames, addresses }
    },
  }
}

const failed: NameAnswer = { outcome: 'failed', canonicalNames: [], addresses: [] }

interface Asked {
  readonly outcome: NameAnswer['outcome']
  readonly values: readonly string[]
}

/** The error codes are those of c-ares: https://nodejs.org/api/dns.html#error-codes */
const outcomes: Readonly<Record<string, NameAnswer['outcome']>> = {
  ENOTFOUND: 'no-such-name',
  ENODATA: 'no-data',
}

const ask = async (query: () => Promise<string[]>): Promise<Asked> => {
  try {
    return { outcome: 'answer', values: await query() }
  } catch (thrown) {
    return { outcome: outcomes[(thrown as NodeJS.ErrnoException).code ?? ''] ?? 'failed', values: [] }
  }
}

/** Half an answer is a failure: an unread IPv6 address may be the way in. */
const outcomeOf = (answers: readonly Asked[], addresses: readonly string[]): NameAnswer['outcome'] => {
  if (answers.some(({ outcome }) => outcome === 'failed')) return 'failed'
  if (addresses.length > 0) return 'answer'
  return answers.some(({ outcome }) => outcome === 'no-such-name') ? 'no-such-name' : 'no-data'
}

/** Undefined where the chain could not be followed to its end. */
const chainOf = async (resolver: Resolver, name: string): Promise<readonly string[] | undefined> => {
  const chain: string[] = []
  for (let current = name; chain.length <= longestChain; ) {
    const { outcome, values } = await ask(() => resolver.resolveCname(current))
    if (outcome === 'failed') return undefined
    const [next] = values
    if (next === undefined) return chain
    current = normalName(next)
    if (chain.includes(current) || current === name) return undefined
    chain.push(current)
  }
  return undefined
}
