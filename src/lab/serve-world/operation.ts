/** The shape of one operation of the lab's AWS, and the ways it answers. */
import type { AwsCall } from '../aws/endpoint.ts'
import type { Config, View } from './view.ts'

type Input = AwsCall['input']
export type Output = Record<string, unknown>

export interface Request {
  readonly input: Input
  readonly view: View
  readonly accessKeyId: string
  /** The most items of any page. */
  readonly pageSize: number
}

/** Answers with the output in SDK shape; refuses by throwing what `refuse` makes. */
export type Operation = (request: Request) => Output
export type Operations = Readonly<Record<string, Operation>>

/** An error answer on its way to the caller. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export const refuse = (code: string, message: string): never => {
  throw new Refused(code, message)
}

/** The first of what was found, or the service's error for what does not exist. */
export const orRefuse = (found: readonly Config[], code: string, what: unknown): Config =>
  found[0] ?? refuse(code, `${String(what)} does not exist.`)

/** A list of texts; undefined for an absent or empty one, which AWS treats alike. */
export const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.length > 0 ? value.map(String) : undefined

/** All but the given fields. */
export const without = (config: Config, ...fields: readonly string[]): Output =>
  Object.fromEntries(Object.entries(config).filter(([key]) => !fields.includes(key)))

/** The given fields, where they are. */
export const only = (config: Config, ...fields: readonly string[]): Output =>
  Object.fromEntries(fields.flatMap(key => (config[key] === undefined ? [] : [[key, config[key]]])))
