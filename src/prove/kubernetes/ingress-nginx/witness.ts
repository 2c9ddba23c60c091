/** The request that gets into a location, written out. */
import { isSealed, sealedName, type Value } from '#topology/sealed.ts'
import { accepts } from '../../language/machine.ts'
import type { Aim } from '../nginx/strangers.ts'

/** A request that gets in. A value that must not be shown is written `${sealed:xxxxxxxx}`. */
export interface IngressWitness {
  readonly method: string
  readonly host: string
  /** With query. */
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Address that the request must come from, or pretend to in `X-Forwarded-For`; null where any will do. */
  readonly address: string | null
}

const shown = (value: Value): string => (isSealed(value) ? `\${${sealedName(value)}}` : value)

const firstFit = ({ prefer, all, none }: Aim['path']): string =>
  prefer.find(w => all.every(m => accepts(m, w)) && !none.some(m => accepts(m, w))) ?? prefer[0] ?? '/'

/** `values` are what the way asks of each variable; an empty one is not sent. */
export const witnessOf = (
  values: ReadonlyMap<string, Value>,
  address: string | null,
  aim: Aim,
): IngressWitness => {
  const written = [...values].filter(([, v]) => v !== '')
  const value = (name: string): string | undefined => {
    const own = written.find(([n]) => n === name)
    return own === undefined ? undefined : shown(own[1])
  }
  const named = (prefix: string): readonly (readonly [string, string])[] =>
    written.flatMap(([name, v]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), shown(v)] as const] : [],
    )
  const query = named('arg_').map(([name, v]) => `${name}=${v}`)
  const path = value('uri') ?? firstFit(aim.path)
  return {
    method: value('request_method') ?? 'GET',
    host: value('host') ?? firstFit(aim.host),
    path: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers: named('http_').map(([name, v]) => [name.replaceAll('_', '-'), v]),
    address,
  }
}
