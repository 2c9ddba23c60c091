/** The pieces that verdicts are put together from. */
import type { Doubt } from './control.ts'
import type { Exchange, ProbeRole, ProbeVerdict } from './exchange.ts'
import type { Meaning } from './meaning.ts'

/** A direct exchange and what it means. */
export interface Read {
  readonly exchange: Exchange
  readonly meaning: Meaning
}

/** A verdict carried by these exchanges. */
export const say = (
  verdict: ProbeVerdict['verdict'],
  { code, reason }: Doubt,
  exchanges: readonly Exchange[],
): ProbeVerdict => ({ verdict, code, reason, exchanges: exchanges.map(e => e.id) })

const throughEdge: ReadonlySet<ProbeRole> = new Set(['P', 'N1-edge', 'S-edge', 'S-twin'])

/** Whether the request went around the edge. */
export const isDirect = ({ request }: Pick<Exchange, 'request'>): boolean => !throughEdge.has(request.role)

/** The door and the claims of a request, for people. */
export const where = ({ request: { connect, present } }: Exchange): string =>
  `${present.sni === null ? 'http' : 'https'} port ${connect.port}, IPv${connect.family}, Host ${present.host}`
