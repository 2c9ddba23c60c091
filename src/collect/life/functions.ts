/**
 * Which names of the estate stand in the environment of each function: that is how a rotation function says what it
 * rotates, and the function of an authorizer what it compares with. The environment may hold secrets and never leaves this
 * file.
 */
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { SecretListEntry } from '@aws-sdk/client-secrets-manager'
import type { ParameterMetadata } from '@aws-sdk/client-ssm'
import { distinct } from '../reader.ts'
import { type EdgeNames, type Mentioned, mentionedIn } from './names.ts'

export interface NamedBy extends Mentioned {
  readonly functionArn: string
  /** ARNs. */
  readonly secrets: readonly string[]
  /** ARNs. */
  readonly parameters: readonly string[]
}

/** ARNs of Secrets Manager end with six characters that a program may leave out. */
const secretNames = ({ ARN = '', Name = '' }: SecretListEntry): readonly string[] =>
  distinct([Name, ARN, ARN.replace(/-[A-Za-z0-9]{6}$/, '')])

const parameterNames = ({ ARN, Name }: ParameterMetadata): readonly string[] => distinct([Name, ARN])

const textsOf = ({ Environment }: FunctionConfiguration): readonly string[] =>
  Object.entries(Environment?.Variables ?? {}).flatMap(([name, value]) => [name, String(value)])

interface Stores {
  readonly secrets: readonly SecretListEntry[]
  readonly parameters: readonly ParameterMetadata[]
}

export const namesEdge = ({ distributions, origins }: NamedBy): boolean =>
  distributions.length + origins.length > 0

/**
 * The functions that name a distribution or one of its origins, with the stores of their region that they name too; and the
 * functions of authorizers that name a store.
 */
export const namingFunctions = (
  functions: readonly FunctionConfiguration[],
  names: EdgeNames,
  stores: Stores,
  authorizers: ReadonlySet<string>,
): readonly NamedBy[] =>
  functions.flatMap(one => {
    const found = namedBy(one, names, stores)
    const compares = authorizers.has(found.functionArn) && found.secrets.length + found.parameters.length > 0
    return namesEdge(found) || compares ? [found] : []
  })

const namedBy = (one: FunctionConfiguration, names: EdgeNames, stores: Stores): NamedBy => {
  const texts = textsOf(one)
  const values = new Set(texts)
  return {
    functionArn: one.FunctionArn ?? '',
    ...mentionedIn(texts, names),
    secrets: distinct(stores.secrets.filter(s => secretNames(s).some(n => values.has(n))).map(s => s.ARN)),
    parameters: distinct(
      stores.parameters.filter(p => parameterNames(p).some(n => values.has(n))).map(p => p.ARN),
    ),
  }
}
