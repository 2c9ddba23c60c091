/**
 * Which names of the estate stand in the environment of each function: that is how a rotation function says what it
 * rotates. The environment may hold secrets and never leaves this file.
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

/** The functions that name a distribution or one of its origins, with the stores of their region that they name too. */
export const namingFunctions = (
  functions: readonly FunctionConfiguration[],
  names: EdgeNames,
  stores: Stores,
): readonly NamedBy[] =>
  functions.flatMap(one => {
    const texts = textsOf(one)
    const mentioned = mentionedIn(texts, names)
    if (mentioned.distributions.length + mentioned.origins.length === 0) return []
    const values = new Set(texts)
    return [
      {
        functionArn: one.FunctionArn ?? '',
        ...mentioned,
        secrets: distinct(
          stores.secrets.filter(s => secretNames(s).some(n => values.has(n))).map(s => s.ARN),
        ),
        parameters: distinct(
          stores.parameters.filter(p => parameterNames(p).some(n => values.has(n))).map(p => p.ARN),
        ),
      },
    ]
  })
