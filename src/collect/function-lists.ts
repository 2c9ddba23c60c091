/** Lists the functions of a region once, whoever asks. Their environments may hold secrets: no caller keeps them. */
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { listFunctions } from './operations/lambda.ts'
import { once, type Reader } from './reader.ts'

export type FunctionLists = (region: string) => Promise<{
  readonly items: readonly FunctionConfiguration[]
  readonly complete: boolean
}>

export const functionLists = ({ ask }: Reader): FunctionLists =>
  once(region => ask(listFunctions, { region, input: {} }))
