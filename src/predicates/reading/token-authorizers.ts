/** The functions that compare the value of an origin header for an API: those of its authorizers which look at the header. */
import type { Gap } from '#base/gap.ts'
import { authorizersIn } from '#topology/api-deployed.ts'
import type { Api, Authorizer, Link, NamingFunction, TokenLife } from '#topology/model.ts'
import { headerIn } from './api.ts'
import type { Sent } from './tokens.ts'

interface Comparing {
  readonly functions: readonly { readonly authorizer: Authorizer; readonly naming: NamingFunction }[]
  /** Why there may be more. */
  readonly gaps: readonly Gap[]
}

const authorizersOf = (api: Api): Pick<Comparing, 'gaps'> & { readonly items: readonly Authorizer[] } => {
  if (!api.stages.known) return { items: [], gaps: api.stages.gaps }
  const found = api.stages.value.map(stage => authorizersIn(api, stage))
  return {
    items: found.flatMap(one => (one.known ? one.value : [])),
    gaps: found.flatMap(one => (one.known ? [] : one.gaps)),
  }
}

/** What a function says of the header goes before what API Gateway asks for; of a lone value neither has to be said. */
const looksAt = (
  { identitySources }: Authorizer,
  { headers }: NamingFunction,
  sent: Sent,
  isOnly: boolean,
) => {
  const asked = headers.length > 0 ? headers : identitySources.flatMap(source => headerIn(source) ?? [])
  return asked.length > 0 ? asked.includes(sent.header) : isOnly
}

/** `isOnly`: the distribution sends no other value. */
export const comparingFunctions = (
  { target, origin }: Link,
  sent: Sent,
  life: TokenLife,
  isOnly: boolean,
): Comparing => {
  if (target.kind === 'unknown')
    return { functions: [], gaps: origin.kind.startsWith('api-') ? target.gaps : [] }
  if (target.kind !== 'api') return { functions: [], gaps: [] }
  const { items, gaps } = authorizersOf(target.api)
  const functions = items.flatMap(authorizer => {
    const naming = life.functions.items.find(f => f.functionArn === authorizer.functionArn)
    return naming && looksAt(authorizer, naming, sent, isOnly) ? [{ authorizer, naming }] : []
  })
  return { functions, gaps }
}
