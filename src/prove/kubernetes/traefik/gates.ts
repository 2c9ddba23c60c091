/** What the middlewares of a Traefik router ask of a request. */
import type { Known } from '#base/known.ts'
import type { BasicAuthSecret } from '#topology/model/kubernetes.ts'
import type { Middleware, ObjectName } from '#topology/model/traefik.ts'
import type { Gate } from '../routes/route.ts'

export interface Surroundings {
  readonly middlewares: readonly Middleware[]
  readonly authSecrets: Known<readonly BasicAuthSecret[]>
}

/** In their order: behind one that writes an `Authorization` header, nothing is known to stop anybody. */
export const gatesOf = (names: readonly ObjectName[], around: Surroundings): readonly Gate[] => {
  const gates = names.flatMap(name => gatesOfOne(name, around, []))
  const writes = gates.indexOf(writing)
  if (writes < 0) return gates
  const behind = gates.slice(writes).filter(g => g !== writing)
  return [...gates.slice(0, writes), ...(behind.length > 0 ? [writing] : [])]
}

const writing: Gate = {
  kind: 'unread',
  text: 'a middleware writes an Authorization header into every request, and what is asked for behind it was not followed',
}

const gatesOfOne = (
  name: ObjectName,
  around: Surroundings,
  through: readonly Middleware[],
): readonly Gate[] => {
  if (name.doubt !== undefined) return [{ kind: 'unread', text: name.doubt }]
  const full = `${name.namespace}/${name.name}`
  const found = around.middlewares.find(m => m.name === name.name && m.namespace === name.namespace)
  if (found === undefined)
    return [
      { kind: 'unread', text: `middleware ${full} was not found, and without it the router is left out` },
    ]
  const twin = around.middlewares.find(
    m => m !== found && m.name === name.name && m.namespace === name.namespace,
  )
  if (twin !== undefined && JSON.stringify(twin.does) !== JSON.stringify(found.does))
    return [{ kind: 'unread', text: `middleware ${full} stands twice, and says different things` }]
  if (through.includes(found)) return [{ kind: 'unread', text: `middleware ${full} names itself` }]
  const { does } = found
  switch (does.kind) {
    case 'harmless':
      return []
    case 'authorization':
      return [writing]
    case 'chain':
      return does.of.flatMap(next => gatesOfOne(next, around, [...through, found]))
    case 'basic-auth':
      return [passwordGate(full, does.secret, around)]
    case 'login':
      return [{ kind: 'login', text: `middleware ${full} asks for a login` }]
    case 'addresses':
      return [
        does.of.kind === 'connection'
          ? { kind: 'addresses', cidrs: does.cidrs, text: `middleware ${full}` }
          : { kind: 'unread', text: `middleware ${full} takes the address from a header` },
      ]
    case 'unread':
      return [{ kind: 'unread', text: `middleware ${full} (${does.name}) is beyond this version` }]
  }
}

const passwordGate = (full: string, secret: string, { authSecrets }: Surroundings): Gate => {
  if (!authSecrets.known)
    return { kind: 'unread', text: `the Secret ${secret} of middleware ${full} was not read` }
  const found = authSecrets.value.find(s => s.name === secret)
  if (found?.state !== 'usable')
    return {
      kind: 'unread',
      text: `middleware ${full} has no usable Secret ${secret}, and without it the router is left out`,
    }
  return { kind: 'password', bits: found.bits ?? null, text: `middleware ${full}` }
}
