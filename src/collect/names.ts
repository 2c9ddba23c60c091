/** Resolves the names that the account's own records do not explain, and notes each answer or why there is none. */
import pLimit from 'p-limit'
import { types } from '#snapshot/resource-types.ts'
import { globalRegion, type Reader } from './reader.ts'
import type { NameAnswer, NameResolver } from './resolve-name.ts'

/** Names asked at once. */
const concurrency = 16

/** The answers by name; a name that could not be resolved is missing. */
export async function resolveNames(
  reader: Reader,
  resolver: NameResolver | undefined,
  names: readonly string[],
): Promise<ReadonlyMap<string, NameAnswer>> {
  const limit = pLimit(concurrency)
  const answers = new Map<string, NameAnswer>()
  await Promise.all(
    names.map(name =>
      limit(async () => {
        const answer = await resolver?.resolve(name).catch(() => failed)
        if (note(reader, name, answer) && answer) answers.set(name, answer)
      }),
    ),
  )
  return answers
}

const failed: NameAnswer = { outcome: 'failed', canonicalNames: [], addresses: [] }

const note = ({ journal, account }: Reader, name: string, answer: NameAnswer | undefined): boolean => {
  if (answer === undefined || answer.outcome === 'failed') {
    journal.gaps.push({
      code: 'unresolved',
      service: 'dns',
      operation: 'Resolve',
      target: name,
      account,
      region: '',
      action: '',
      message: answer
        ? `The DNS servers gave no usable answer for ${name}: check that this machine can resolve it, or name a server with --dns-server.`
        : `${name} was not resolved because DNS was not to be asked.`,
    })
    return false
  }
  journal.resources.push({
    record: 'resource',
    type: types.dnsAnswer,
    arn: name,
    account,
    region: globalRegion,
    source: { kind: 'dns' },
    config: {
      Name: name,
      Outcome: answer.outcome,
      CanonicalNames: answer.canonicalNames,
      Addresses: answer.addresses,
    },
  })
  return true
}
