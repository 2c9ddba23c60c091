/** What collecting must know of an AWS operation to ask it, page through it, and name it in a policy. */
import type { ServiceName } from '../services.ts'

export interface OperationName {
  readonly service: ServiceName
  readonly name: string
  /** The IAM action, with its prefix, where it is not named as the operation. */
  readonly action?: string
}

export interface Operation<Input, Output, Item> extends OperationName {
  /** What the read and gap records of a call name as theirs; `*` for a list of the whole account and region. */
  readonly target: string
  /** What the policy allows the action on, where the action alone would allow more than this operation; else everything. */
  readonly resource?: string
  /** What is learned by it, for the reader of the policy. */
  readonly purpose: string
  /** Sent with every call: page sizes as large as the service allows. */
  readonly always?: Partial<Input>
  /** Where more pages would take too long: what follows these stays unread, and a gap says so. */
  readonly mostPages?: number
  /** The items of one answer; undefined where the answer is none of this operation. */
  readonly items: (output: Output) => readonly Item[] | undefined
  /** Names of errors by which the service says that there is none: an answer, and an empty one. */
  readonly none?: readonly string[]
  /** What to add to the input for the next page; undefined on the last. */
  readonly next?: (output: Output) => Partial<Input> | undefined
}

/** Defines operations of a service: `operationsOf('acm')<Input, Output>()({ ... })`. */
export const operationsOf =
  (service: ServiceName) =>
  <Input, Output>() =>
  <Item>(operation: Omit<Operation<Input, Output, Item>, 'service'>): Operation<Input, Output, Item> => ({
    service,
    ...operation,
  })

/** The items of an operation that describes one thing. */
export const one = <T>(item: T | undefined): readonly T[] | undefined =>
  item === undefined ? undefined : [item]

/** Paging as EC2 does it. */
export const byToken = (output: { readonly NextToken?: string | undefined }) =>
  output.NextToken ? { NextToken: output.NextToken } : undefined

/** Paging as Elastic Load Balancing and Lambda do it. */
export const byMarker = (output: { readonly NextMarker?: string | undefined }) =>
  output.NextMarker ? { Marker: output.NextMarker } : undefined
