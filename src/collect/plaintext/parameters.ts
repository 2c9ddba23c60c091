/** Looks through the parameters of Systems Manager that are not encrypted; the others are never asked for. */
import { describePlainParameters, getPlainParameters } from '../operations/plaintext.ts'
import { batches, distinct } from '../reader.ts'
import type { Look } from './look.ts'

const plainTypes: readonly unknown[] = ['String', 'StringList']

/** As many as one call takes. */
const atOnce = 10

export async function lookInParameters({ reader, region, at }: Look): Promise<void> {
  const { ask, journal, partition, account } = reader
  const { items } = await ask(describePlainParameters, {
    region,
    input: {},
    about: describePlainParameters.target,
  })
  // The service filters by type; that is not left to the service alone.
  const plain = items.filter(one => plainTypes.includes(one.Type))
  const arns = new Map(plain.map(one => [one.Name, one.ARN]))
  const arnOf = (name: string): string =>
    arns.get(name) ?? `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`
  const look = async (names: readonly string[]): Promise<void> => {
    const answer = await ask(getPlainParameters, {
      region,
      input: { Names: [...names] },
      about: { targets: names, of: one => [one.Name] },
    })
    const read = answer.items.filter(one => plainTypes.includes(one.Type))
    for (const { Name: name = '', Value } of read)
      at(getPlainParameters, { kind: 'ssm-parameter', resource: arnOf(name), key: '' }, Value)
    const missing = answer.complete ? names.filter(name => !read.some(one => one.Name === name)) : []
    for (const name of missing) {
      const message = `The parameter ${name} was not given, or is of another type by now: scan again.`
      journal.miss(getPlainParameters, { code: 'not-found', region, target: name, message })
    }
  }
  await Promise.all(batches(distinct(plain.map(one => one.Name)), atOnce).map(look))
}
