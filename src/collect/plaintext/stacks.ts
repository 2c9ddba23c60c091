/** Looks through CloudFormation stacks: parameters, outputs, templates. */
import { describeStack, getTemplate, listStacks } from '../operations/plaintext.ts'
import { distinct } from '../reader.ts'
import type { Look } from './look.ts'

export async function lookInStacks(look: Look): Promise<void> {
  const { reader, region } = look
  const { items } = await reader.ask(listStacks, { region, input: {} })
  const there = items.filter(one => one.StackStatus !== 'DELETE_COMPLETE')
  await Promise.all(
    distinct(there.map(one => one.StackId)).map(arn =>
      Promise.all([lookInStack(look, arn), lookInTemplate(look, arn)]),
    ),
  )
}

/** A value that the template declares `NoEcho` comes as asterisks, which no secret is. */
const lookInStack = async ({ reader, region, at }: Look, resource: string): Promise<void> => {
  const { items } = await reader.ask(describeStack, {
    region,
    input: { StackName: resource },
    about: resource,
  })
  for (const { Parameters = [], Outputs = [] } of items) {
    for (const { ParameterKey: key = '', ParameterValue, ResolvedValue } of Parameters) {
      at(describeStack, { kind: 'stack-parameter', resource, key }, ParameterValue)
      at(describeStack, { kind: 'stack-parameter', resource, key: `${key} (resolved)` }, ResolvedValue)
    }
    for (const { OutputKey: key = '', OutputValue } of Outputs)
      at(describeStack, { kind: 'stack-output', resource, key }, OutputValue)
  }
}

const lookInTemplate = async ({ reader, region, at }: Look, resource: string): Promise<void> => {
  const { items } = await reader.ask(getTemplate, { region, input: { StackName: resource }, about: resource })
  for (const body of items) at(getTemplate, { kind: 'stack-template', resource, key: '' }, body)
}
