/** Values that CloudFront adds to requests and a page gives back: looked for by fingerprint, and never kept. */
import type { Topology } from '#topology/model.ts'
import type { Echo, Exchange, ProbeRequest, ProbeResponse } from './exchange.ts'
import { isDirect } from './verdict.ts'

/** Names those of the values a request carries behind the edge that stand in a text, in whatever form; null where the text is too long to tell. */
export type EchoFinder = (request: ProbeRequest, text: string) => readonly Omit<Echo, 'where'>[] | null

/** Below this many bits a value stands in many pages by chance. */
const tellingBits = 32

type Sealed = Exclude<Topology['links'][number]['origin']['headers'][number]['value'], string>

/** Sealed values that are sent to the origin of each link, by its id. */
export const sentSecrets = ({
  links,
}: Topology): ReadonlyMap<string, readonly { readonly header: string; readonly value: Sealed }[]> =>
  new Map(
    links.map(({ id, origin }) => [
      id,
      origin.headers.flatMap(({ name, value }) =>
        typeof value !== 'string' && value.public !== true && value.exactBits >= tellingBits
          ? [{ header: name, value }]
          : [],
      ),
    ]),
  )

const masked = '[masked]'

/** What was found in an answer, if it could be looked through; the parts of it that are kept and may hold a value are masked. */
export const withEchoes = (
  response: ProbeResponse,
  headers: readonly (readonly [name: string, value: string])[],
  body: Uint8Array,
  find: (text: string) => ReturnType<EchoFinder>,
): ProbeResponse => {
  const inBody = find(Buffer.from(body).toString('utf8'))
  const inHeaders = find(headers.map(([name, value]) => `${name}: ${value}`).join('\n'))
  // Nothing of it is kept that was not looked at.
  if (inBody === null || inHeaders === null) return { ...response, headers: [], title: null }
  const echoes: readonly Echo[] = [
    ...inBody.map(echo => ({ ...echo, where: 'body' as const })),
    ...inHeaders.map(echo => ({ ...echo, where: 'headers' as const })),
  ]
  if (echoes.length === 0) return { ...response, echoes }
  // Judged by the header as it came: what is kept of it may be a digest of the value already.
  const telling = new Set(
    headers.filter(([, value]) => find(value)?.length !== 0).map(([name]) => name.toLowerCase()),
  )
  return {
    ...response,
    echoes,
    headers: response.headers.map(([name, value]) => [name, telling.has(name) ? masked : value] as const),
    title: response.title !== null && inBody.length > 0 ? masked : response.title,
  }
}

/** The exchanges that bring a value back; null where none does and not every answer of the edge was looked through. */
export const echoesIn = (
  exchanges: readonly Exchange[],
): readonly (Echo & { readonly exchange: string })[] | null => {
  const answers = exchanges.flatMap(e =>
    e.outcome.kind === 'response' && !isDirect(e)
      ? [{ id: e.id, echoes: e.outcome.response.echoes ?? null }]
      : [],
  )
  const found = answers.flatMap(({ id, echoes }) => (echoes ?? []).map(echo => ({ ...echo, exchange: id })))
  const whole = answers.length > 0 && answers.every(a => a.echoes !== null)
  return found.length > 0 || whole ? found : null
}
