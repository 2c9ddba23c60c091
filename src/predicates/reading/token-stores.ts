/**
 * Where the value of an origin header comes from: the secrets, parameters and functions that people tied to its
 * distribution by name, tag or environment, and what the authorizer of its API names. What may as well belong to another value is no tie.
 */
import { normalName } from '#base/domain-name.ts'
import type { Gap } from '#base/gap.ts'
import type { Link, NamingFunction, StoredParameter, StoredSecret, TokenLife } from '#topology/model.ts'
import { comparingFunctions } from './token-authorizers.ts'
import { type Sent, sealedOf } from './tokens.ts'

interface Tied {
  readonly how: string
  /** ARN of the function that compares with what is in it for the authorizer of the API. */
  readonly comparedBy: string | null
}

export type Store = Tied &
  (
    | { readonly kind: 'secret'; readonly secret: StoredSecret }
    | { readonly kind: 'parameter'; readonly parameter: StoredParameter }
  )

export interface Origins {
  readonly stores: readonly Store[]
  /** Functions that name the distribution and, where they name any, the header. */
  readonly functions: readonly NamingFunction[]
  /** Why there may be more. */
  readonly gaps: readonly Gap[]
}

export const storeRef = (store: Store) => (store.kind === 'secret' ? store.secret.ref : store.parameter.ref)

/** A value that is the only one that the distribution sends needs no header name to be told from others. */
const isOnlyValue = ({ distribution }: Link, sent: Sent): boolean =>
  distribution.origins
    .flatMap(origin => sealedOf(origin))
    .every(({ value }) => value.sealed === sent.value.sealed)

const namesHeader = ({ headers }: NamingFunction, sent: Sent, isOnly: boolean): boolean =>
  headers.length > 0 ? headers.includes(sent.header) : isOnly

/** A function that names an origin may merely call it, unless it is known to rotate a secret. */
const namesOrigin = (one: NamingFunction, { distribution, origin }: Link, life: TokenLife): boolean =>
  one.distributions.includes(distribution.id) ||
  (one.origins.includes(normalName(origin.domainName)) &&
    life.secrets.items.some(s => s.rotationFunctionArn === one.functionArn))

const standsAlone = (text: string, id: string): boolean =>
  text.split(/[^A-Za-z0-9.-]+/).includes(id) || text.split(/[^A-Za-z0-9]+/).includes(id)

/** A function that uses the value, and how it is tied to the distribution. */
interface User extends Tied {
  readonly naming: NamingFunction
}

/** Those that name this store and no other. */
const usersOf = (arn: string, users: readonly User[]): readonly User[] =>
  users.filter(({ naming: { secrets, parameters } }) => {
    const [store, ...more] = [...secrets, ...parameters]
    return store === arn && more.length === 0
  })

const comparedBy = (users: readonly User[]): string | null =>
  users.find(one => one.comparedBy !== null)?.comparedBy ?? null

const secretTie = (
  secret: StoredSecret,
  { distribution }: Link,
  functions: readonly NamingFunction[],
  users: readonly User[],
  isOnly: boolean,
): readonly Store[] => {
  const texts = [secret.ref.name, ...Object.entries(secret.tags).flat()]
  const rotating = functions.find(f => f.functionArn === secret.rotationFunctionArn)
  const own = usersOf(secret.ref.arn, users)
  const how = rotating
    ? `its rotation function ${rotating.ref.name} names ${distribution.id}`
    : (own[0]?.how ??
      (isOnly && texts.some(text => standsAlone(text, distribution.id))
        ? `its name or a tag says ${distribution.id}`
        : null))
  return how === null ? [] : [{ kind: 'secret', secret, how, comparedBy: comparedBy(own) }]
}

const parameterTie = (
  parameter: StoredParameter,
  { distribution }: Link,
  users: readonly User[],
  isOnly: boolean,
): readonly Store[] => {
  const own = usersOf(parameter.ref.arn, users)
  const how =
    own[0]?.how ??
    (isOnly && standsAlone(parameter.ref.name, distribution.id) ? `its name says ${distribution.id}` : null)
  return how === null ? [] : [{ kind: 'parameter', parameter, how, comparedBy: comparedBy(own) }]
}

export const originsOfToken = (link: Link, sent: Sent, life: TokenLife): Origins => {
  const isOnly = isOnlyValue(link, sent)
  const functions = life.functions.items.filter(
    f => namesOrigin(f, link, life) && namesHeader(f, sent, isOnly),
  )
  const comparing = comparingFunctions(link, sent, life, isOnly)
  const users = [
    ...functions.map(naming => ({
      naming,
      how: `function ${naming.ref.name} names it and ${link.distribution.id}`,
      comparedBy: null,
    })),
    ...comparing.functions.map(({ naming, authorizer }) => ({
      naming,
      how: `function ${naming.ref.name} of authorizer ${authorizer.name} names it`,
      comparedBy: naming.functionArn,
    })),
  ]
  return {
    functions,
    stores: [
      ...life.secrets.items.flatMap(s => secretTie(s, link, functions, users, isOnly)),
      ...life.parameters.items.flatMap(p => parameterTie(p, link, users, isOnly)),
    ],
    gaps: [...life.secrets.gaps, ...life.parameters.gaps, ...life.functions.gaps, ...comparing.gaps],
  }
}
