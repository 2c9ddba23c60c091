/** Looks through the active task definitions of Amazon ECS: environment variables, commands and labels of containers. */
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describeTaskDefinition, listTaskDefinitions } from '../operations/plaintext.ts'
import { distinct } from '../reader.ts'
import type { Look } from './look.ts'

export async function lookInTasks(look: Look): Promise<void> {
  const { reader, region } = look
  const { items } = await reader.ask(listTaskDefinitions, { region, input: {} })
  await Promise.all(distinct(items).map(arn => lookInTask(look, arn)))
}

const lookInTask = async (look: Look, resource: string): Promise<void> => {
  const { reader, region } = look
  const input = { taskDefinition: resource }
  const { items } = await reader.ask(describeTaskDefinition, { region, input, about: resource })
  for (const container of items.flatMap(task => task.containerDefinitions ?? []))
    lookInContainer(look, resource, container)
}

const lookInContainer = ({ at }: Look, resource: string, container: ContainerDefinition): void => {
  const { name: own = '', environment = [], command = [], entryPoint = [], dockerLabels = {} } = container
  for (const { name, value } of environment)
    at(describeTaskDefinition, { kind: 'task-environment', resource, key: `${own}/${name}` }, value)
  for (const [i, text] of [...entryPoint, ...command].entries())
    at(describeTaskDefinition, { kind: 'task-command', resource, key: `${own}/${i + 1}` }, text)
  for (const [label, text] of Object.entries(dockerLabels))
    at(describeTaskDefinition, { kind: 'task-label', resource, key: `${own}/${label}` }, text)
}
