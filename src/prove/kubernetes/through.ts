/** Writes a request that passes the load balancer's rule and the controller alike, tried out before anyone believes it. */
import { addressFamily } from '#base/ip-set.ts'
import type { Witness } from '../exposure.ts'
import type { IngressWitness } from './ingress-nginx/witness.ts'
import type { Way } from './way.ts'

/** `outer` passes the load balancer, each of `ways` the controller; `reaches` plays a request again. */
export const bothThrough = (
  outer: Witness,
  ways: readonly Way[],
  reaches: (witness: Witness) => boolean,
): { readonly witness: Witness; readonly guessed: boolean } | null => {
  for (const way of ways) {
    const found = candidates(outer, way.witness)
      .map(c => withStep(c, way))
      .find(reaches)
    if (found !== undefined) return { witness: found, guessed: way.guessable }
  }
  return null
}

/** Host and path of the one or of the other; headers of both. */
const candidates = (outer: Witness, inner: IngressWitness): readonly Witness[] => {
  const hosts = [...new Set([inner.host, outer.host])]
  const paths = [...new Set([inner.path, outer.path])]
  const methods = [...new Set([inner.method, outer.method])]
  return methods.flatMap(method =>
    hosts.flatMap(host =>
      paths.flatMap(path =>
        sources(outer, inner).map(from => joined(outer, inner, { method, host, path, ...from })),
      ),
    ),
  )
}

/** An address that the controller asks for is one that any stranger pretends to have, or else somebody's own. */
const sources = (
  outer: Witness,
  { address }: IngressWitness,
): readonly { readonly source: string; readonly forwarded: string | null }[] => {
  const plain = { source: outer.source, forwarded: null }
  if (address === null) return [plain]
  const own = addressFamily(address) === outer.family ? [{ source: address, forwarded: null }] : []
  return [{ source: outer.source, forwarded: address }, ...own]
}

interface Choice {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly source: string
  readonly forwarded: string | null
}

const joined = (outer: Witness, inner: IngressWitness, choice: Choice): Witness => {
  const { method, host, path, source, forwarded } = choice
  const named = new Set(inner.headers.map(([name]) => name.toLowerCase()))
  return {
    ...outer,
    source,
    method,
    host,
    path,
    sni: outer.sni === null || addressFamily(host) !== null ? null : host,
    headers: [
      ...outer.headers.filter(([name]) => !named.has(name.toLowerCase())),
      ...inner.headers,
      ...(forwarded === null ? [] : [['X-Forwarded-For', forwarded] as const]),
    ],
  }
}

const withStep = (witness: Witness, { step }: Way): Witness =>
  step === null ? witness : { ...witness, route: [...witness.route, step] }
