/** The proof's own request as something the probe may send. */
import { sameName } from '#base/domain-name.ts'
import type { Witness } from '#prove/exposure.ts'
import type { Door } from './entry.ts'
import type { ProbeRequest } from './exchange.ts'
import { isSafePath } from './safe-path.ts'
import { hasSafeHeaders, isHost } from './safe-request.ts'

/** The witness where it can be sent as it is: from the internet, with no secret, breaking no rule. Otherwise null. */
export const sendableWitness = (witness: Witness | null): Witness | null =>
  witness !== null &&
  witness.vantage === 'internet' &&
  (witness.method === 'GET' || witness.method === 'HEAD') &&
  isHost(witness.host) &&
  (!witness.sni || isHost(witness.sni)) &&
  isSafePath(witness.path) &&
  hasSafeHeaders(witness.headers)
    ? witness
    : null

/** Of the link's doors by their own name; any other way in as it is, which the policy asks for proof of. */
const nameFor = (w: Witness, doors: readonly Door[]): string =>
  doors.find(d => sameName(d.name, w.connect))?.name ?? w.connect

/** The witness as a request at the way in that it names. */
export const witnessRequest = (w: Witness, doors: readonly Door[]): Omit<ProbeRequest, 'id' | 'link'> => ({
  recipe: 'R1',
  role: 'W',
  connect: { name: nameFor(w, doors), port: w.port, family: w.family },
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
