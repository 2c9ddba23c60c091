/** The proof's own request as something the probe may send. */
import type { Witness } from '#prove/exposure.ts'
import type { ProbeRequest } from './exchange.ts'
import { isSafePath } from './safe-path.ts'
import { hasSafeHeaders } from './safe-request.ts'

/** The witness where it can be sent as it is: from the internet, with no secret, breaking no rule. Otherwise null. */
export const sendableWitness = (witness: Witness | null): Witness | null =>
  witness !== null &&
  witness.vantage === 'internet' &&
  (witness.method === 'GET' || witness.method === 'HEAD') &&
  isSafePath(witness.path) &&
  hasSafeHeaders(witness.headers)
    ? witness
    : null

/** The witness at `name`, which is the load balancer's own and so proven to be the account's. */
export const witnessRequest = (w: Witness, name: string): Omit<ProbeRequest, 'id' | 'link'> => ({
  recipe: 'R1',
  role: 'W',
  connect: { name, port: w.port, family: w.family },
  present: { host: w.host, sni: w.scheme === 'http' ? null : (w.sni ?? '') },
  method: w.method === 'HEAD' ? 'HEAD' : 'GET',
  path: w.path,
  headers: w.headers,
})

/** Whether two requests ask the same thing at the same door, whatever they are for. */
export const askSame = (
  a: Omit<ProbeRequest, 'id' | 'link'>,
  b: Omit<ProbeRequest, 'id' | 'link'>,
): boolean => askKey(a) === askKey(b)

/** What is asked and where, as text that is equal for equal requests. */
export const askKey = (r: Omit<ProbeRequest, 'id' | 'link'>): string =>
  JSON.stringify([
    [r.connect.name, r.connect.port, r.connect.family],
    [r.present.host, r.present.sni],
    [r.method, r.path, r.headers],
  ])
